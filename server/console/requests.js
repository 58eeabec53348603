// The requests of programs to WorkMail, live.
import { html, useReducer, useRef, useState } from './htm-preact.js';
import { awsCommand, botoCall, isCopyable } from './commands.js';
import { isOwn, readAgain, useJournal } from './journal.js';
import { isObject, LinkedJson, Subjects, subjects } from './links.js';
import { Choice, CopyButton, Empty, Facts, Failure, Json, timeText, useEscape } from './parts.js';
import { control } from './server.js';

const SHOWN_AT_ONCE = 200;

const failed = (entry) => entry.status === 0 || entry.status >= 400;

const OUTCOMES = {
  all: ['every outcome', () => true],
  good: ['succeeded', (entry) => !failed(entry)],
  failed: ['failed', failed],
  retries: ['retries', (entry) => entry.attempt > 1],
  faults: ['injected faults', (entry) => entry.fault],
};

const texts = new WeakMap();

// All fields of a request in lower case, with its input and its response.
function textOf(entry) {
  if (!texts.has(entry)) texts.set(entry, JSON.stringify(Object.values(entry)).toLowerCase());
  return `${texts.get(entry)} ${subjects(entry).join(' ').toLowerCase()}`;
}

// Every word of the filter must appear in the request.
function matcher(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => words.length === 0 || words.every((word) => textOf(entry).includes(word));
}

// The error that a client received instead of a result.
function Outcome({ entry }) {
  const { response } = entry;
  const message = entry.error && isObject(response) ? response.Message ?? response.message : '';
  return html`${entry.error ?? (entry.status ? '' : 'no response')}
    ${entry.fault && html` <span class="badge fault" title=${`By the rule ${entry.fault}`}>injected</span>`}
    ${message && html`<div class="message" title=${message}>${message}</div>`}`;
}

function Detail({ entry }) {
  const endpoint = window.location.origin;
  const organization = entry.request?.OrganizationId ?? entry.response?.OrganizationId;
  const [as, show] = useState('');
  const texts = isCopyable(entry)
    ? { 'aws command': awsCommand(entry, endpoint), 'boto3 call': botoCall(entry, endpoint) } : {};
  return html`<div class="detail">
    <div class="sides">
      <section><h2>Request${entry.requestCut ? ' (cut)' : ''}</h2>
        <${LinkedJson} of=${entry.request ?? 'No body'} organization=${organization} /></section>
      <section><h2>Response${entry.responseCut ? ' (cut)' : ''}</h2>
        <${LinkedJson} organization=${organization}
          of=${entry.response ?? (entry.status ? 'No body' : 'The connection ended without a response')} />
      </section>
    </div>
    <div class="actions">
      ${Object.entries(texts).map(([name, text]) => html`<${CopyButton} key=${name} text=${text}>Copy as ${name}<//>`)}
      ${isCopyable(entry)
        ? html`<button aria-expanded=${as !== ''} onClick=${() => show(as ? '' : 'aws command')}>
          ${as ? 'Hide the commands' : 'Show the commands'}</button>`
        : 'WorkMail has no operation of this name, so no command can repeat the request.'}
    </div>
    ${as && Object.entries(texts).map(([name, text]) => html`<${Json} key=${name} of=${text} />`)}
    <${Facts} of=${{
      Account: entry.account, Region: entry.region, 'Real time': timeText(entry.at),
      'Emulated time': timeText(entry.clock), 'Request ID': entry.requestId,
      'Access key': entry.accessKeyId, Invocation: entry.invocation, Attempt: entry.attempt, 'Fault rule': entry.fault,
      From: entry.sourceAddress, 'User agent': entry.userAgent,
    }} />
  </div>`;
}

function Row({ entry, open, toggle, attempts }) {
  const kind = [failed(entry) && 'failed', entry.fault && 'faulted', open && 'open'].filter(Boolean).join(' ');
  const onButton = (event) => {
    event.stopPropagation();
    toggle();
  };
  return html`<tr class=${kind} onClick=${toggle}>
    <td class="time"><time datetime=${entry.at} title=${timeText(entry.at)}>${entry.at.slice(11, 23)}</time></td>
    <td class="time"><time datetime=${entry.clock}>${timeText(entry.clock).slice(0, 19)}</time></td>
    <th scope="row"><button class="plain" aria-expanded=${open} onClick=${onButton}
      aria-label=${`${entry.operation}, request ${entry.id}`}>${entry.operation}</button></th>
    <td class="what"><${Subjects} of=${entry} /></td>
    <td><span class="status">${entry.status || '—'}</span></td>
    <td class="error"><${Outcome} entry=${entry} /></td>
    <td class="number">${entry.milliseconds.toFixed(entry.milliseconds < 10 ? 2 : 0)}<span class="unit"> ms</span></td>
    <td>${entry.attempt > 1 ? html`<span class="badge retry">retry ${entry.attempt - 1}</span>`
      : attempts > 1 && html`<span class="badge" title="The client retried">1 of ${attempts}</span>`}</td>
    <td class="account">${entry.account}</td>
  </tr>`;
}

const COLUMNS = ['Real time', 'Emulated time', 'Operation', 'What', 'Status', 'Error', 'ms', 'Attempt', 'Account'];

function countAttempts(entries) {
  const attempts = new Map();
  for (const { invocation } of entries) if (invocation) attempts.set(invocation, (attempts.get(invocation) ?? 0) + 1);
  return attempts;
}

// While `held`, new rows are not shown, so that no row moves: [number of `entries` to show, function that shows all].
function useHeld(entries, held) {
  const { entries: all } = useJournal();
  const newest = all.at(-1)?.id ?? 0;
  const last = useRef(0);
  const [, redraw] = useReducer((count) => count + 1, 0);
  if (!held) last.current = newest;
  const release = () => {
    last.current = newest;
    redraw();
  };
  const after = entries.findIndex(({ id }) => id > last.current);
  return [after < 0 ? entries.length : after, release];
}

// `entries` are some of the journal's, oldest first; the table has the newest first. Rows keep their place while the
// table is `paused`, while a row is open, and while the pointer is on them.
export function RequestTable({ entries, caption, paused, empty }) {
  const { entries: all } = useJournal();
  const [open, set] = useState(null);
  useEscape(open !== null && (() => set(null)));
  const [over, setOver] = useState(false);
  const [most, show] = useState(SHOWN_AT_ONCE);
  const [count, release] = useHeld(entries, paused || over || entries.some(({ id }) => id === open));
  const attempts = countAttempts(all);
  const shown = entries.slice(Math.max(0, count - most), count).reverse();
  const rowsOf = (entry) => [
    html`<${Row} key=${entry.id} entry=${entry} open=${open === entry.id} attempts=${attempts.get(entry.invocation)}
      toggle=${() => set(open === entry.id ? null : entry.id)} />`,
    open === entry.id && html`<tr key=${`${entry.id} open`} class="opened"><td colspan=${COLUMNS.length}>
      <${Detail} entry=${entry} /></td></tr>`,
  ];
  return html`<div onPointerEnter=${() => setOver(true)} onPointerLeave=${() => setOver(false)}>
    <p class="news quiet"><span>Newest first, times in UTC</span> <span role="status">${count < entries.length
      && html`<button onClick=${release}>${entries.length - count} new</button>`}</span></p>
    ${shown.length === 0 ? entries.length === 0 && empty : html`<div class="scroll"><table class="requests">
      <caption>${caption}</caption>
      <thead><tr>${COLUMNS.map((title) => html`
        <th scope="col" class=${title === 'ms' && 'number'}>${title}</th>`)}</tr></thead>
      <tbody>${shown.flatMap(rowsOf)}</tbody>
    </table></div>`}
    ${count > most && html`<button onClick=${() => show(most + SHOWN_AT_ONCE)}>
      Show ${Math.min(SHOWN_AT_ONCE, count - most)} older</button>`}</div>`;
}

export function Requests() {
  const { entries, status, error } = useJournal();
  const [paused, pause] = useState(false);
  const [text, filter] = useState('');
  const [outcome, choose] = useState('all');
  const [own, showOwn] = useState(false);
  const known = entries.filter((entry) => own || !isOwn(entry));
  const wanted = matcher(text);
  const shown = known.filter((entry) => OUTCOMES[outcome][1](entry) && wanted(entry));
  const clear = async () => {
    await control('DELETE', 'requests');
    readAgain();
    pause(false);
  };
  const empty = status === 'live' && html`<${Empty}>${shown.length < known.length ? 'No request matches this filter.'
    : html`No client has called this server yet. <a href="#/setup">Setup</a> shows how to point one at this server; its
        calls appear here at once.`}<//>`;
  return html`<section><h1>Requests <small class=${`tail ${paused ? 'paused' : status}`} role="status">
      ${paused ? 'paused' : status}</small></h1>
    <div class="bar" role="search">
      <label class="grow"><span>Filter</span><input type="search" value=${text}
        placeholder="operation, name, address, error, anything in a request or response…"
        onInput=${(event) => filter(event.target.value)} /></label>
      <${Choice} label="Outcome" value=${outcome} onChange=${(event) => choose(event.target.value)}
        options=${Object.entries(OUTCOMES).map(([name, [title]]) => [name, title])} />
      <button aria-pressed=${paused} onClick=${() => pause(!paused)}>${paused ? 'Resume' : 'Pause'}</button>
      <button onClick=${clear}>Clear</button>
      <label class="check"><input type="checkbox" checked=${own} onChange=${() => showOwn(!own)} />
        <span>the console's own</span></label>
    </div>
    ${status === 'failed' && html`<${Failure} error=${error} />`}
    <${RequestTable} entries=${shown} caption="Requests to WorkMail, newest first" paused=${paused} empty=${empty} />
  </section>`;
}
