// What programs asked of WorkMail, live.
import { html, useState } from './htm-preact.js';
import { awsCommand, botoCall, isCopyable } from './commands.js';
import { isOwn, readAgain, useJournal } from './journal.js';
import { Choice, CopyButton, Empty, Facts, Failure, Json } from './parts.js';
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

// Every word of the filter has to be somewhere in what the row shows.
function matcher(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    const shown = [entry.operation, entry.error, entry.status, entry.account, entry.region, entry.accessKeyId,
      entry.fault, entry.userAgent].join(' ').toLowerCase();
    return words.every((word) => shown.includes(word));
  };
}

const timeOfDay = (at) => new Date(at).toLocaleTimeString('en-GB') + at.slice(19, 23);

function Detail({ entry }) {
  const endpoint = window.location.origin;
  const [as, show] = useState('');
  const texts = isCopyable(entry)
    ? { 'aws command': awsCommand(entry, endpoint), 'boto3 call': botoCall(entry, endpoint) } : {};
  return html`<div class="detail">
    <div class="sides">
      <section><h2>Request${entry.requestCut ? ' (cut)' : ''}</h2><${Json} of=${entry.request ?? 'No body'} /></section>
      <section><h2>Response${entry.responseCut ? ' (cut)' : ''}</h2>
        <${Json} of=${entry.response ?? (entry.status ? 'No body' : 'The connection ended without a response')} />
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
      Account: entry.account, Region: entry.region, 'Emulated time': entry.clock, 'Request ID': entry.requestId,
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
    <td class="time"><time datetime=${entry.at} title=${entry.at}>${timeOfDay(entry.at)}</time></td>
    <th scope="row"><button class="plain" aria-expanded=${open} onClick=${onButton}>${entry.operation}</button></th>
    <td><span class="status">${entry.status || '—'}</span></td>
    <td class="error">${entry.error ?? (entry.status ? '' : 'no response')}
      ${entry.fault && html` <span class="badge fault" title=${`By the rule ${entry.fault}`}>injected</span>`}</td>
    <td class="number wide">${entry.milliseconds.toFixed(entry.milliseconds < 10 ? 2 : 0)}</td>
    <td>${entry.attempt > 1 ? html`<span class="badge retry">retry ${entry.attempt - 1}</span>`
      : attempts > 1 && html`<span class="badge" title="The client retried">1 of ${attempts}</span>`}</td>
    <td class="wide">${entry.account}</td>
  </tr>`;
}

// Newest first.
export function RequestTable({ entries, caption }) {
  const [open, set] = useState(null);
  const [most, show] = useState(SHOWN_AT_ONCE);
  const attempts = new Map();
  for (const { invocation } of entries) if (invocation) attempts.set(invocation, (attempts.get(invocation) ?? 0) + 1);
  const shown = entries.slice(-most).reverse();
  const rowsOf = (entry) => [
    html`<${Row} key=${entry.id} entry=${entry} open=${open === entry.id} attempts=${attempts.get(entry.invocation)}
      toggle=${() => set(open === entry.id ? null : entry.id)} />`,
    open === entry.id && html`<tr key="open" class="opened"><td colspan="7"><${Detail} entry=${entry} /></td></tr>`,
  ];
  return html`<div><div class="scroll"><table class="requests">
      <caption>${caption}</caption>
      <thead><tr><th scope="col">Time</th><th scope="col">Operation</th><th scope="col">Status</th>
        <th scope="col">Error</th><th scope="col" class="number wide">ms</th><th scope="col">Attempt</th>
        <th scope="col" class="wide">Account</th></tr></thead>
      <tbody>${shown.flatMap(rowsOf)}</tbody>
    </table></div>
    ${entries.length > most && html`<button onClick=${() => show(most + SHOWN_AT_ONCE)}>
      Show ${Math.min(SHOWN_AT_ONCE, entries.length - most)} older</button>`}</div>`;
}

export function Requests() {
  const { entries, status, error } = useJournal();
  const [paused, pause] = useState(null);
  const [text, filter] = useState('');
  const [outcome, choose] = useState('all');
  const [own, showOwn] = useState(false);
  const known = (paused ?? entries).filter((entry) => own || !isOwn(entry));
  const wanted = matcher(text);
  const shown = known.filter((entry) => OUTCOMES[outcome][1](entry) && wanted(entry));
  const missed = paused ? entries.filter((entry) => own || !isOwn(entry)).length - known.length : 0;
  const clear = async () => {
    await control('DELETE', 'requests');
    readAgain();
    pause(null);
  };
  return html`<section><h1>Requests <small class=${`tail ${paused ? 'paused' : status}`} role="status">
      ${paused ? `paused${missed > 0 ? `, ${missed} new` : ''}` : status}</small></h1>
    <div class="bar" role="search">
      <label class="grow"><span>Filter</span><input type="search" value=${text}
        placeholder="operation, error, account…" onInput=${(event) => filter(event.target.value)} /></label>
      <${Choice} label="Outcome" value=${outcome} onChange=${(event) => choose(event.target.value)}
        options=${Object.entries(OUTCOMES).map(([name, [title]]) => [name, title])} />
      <button aria-pressed=${paused !== null} onClick=${() => pause(paused ? null : [...entries])}>
        ${paused ? 'Resume' : 'Pause'}</button>
      <button onClick=${clear}>Clear</button>
      <label class="check"><input type="checkbox" checked=${own} onChange=${() => showOwn(!own)} />
        <span>the console's own</span></label>
    </div>
    ${status === 'failed' && html`<${Failure} error=${error} />`}
    ${shown.length > 0 && html`<${RequestTable} entries=${shown} caption="Requests to WorkMail, newest first" />`}
    ${shown.length === 0 && status === 'live' && html`<${Empty}>${known.length > 0
      ? 'No request matches this filter.'
      : html`No client has called this server yet. <a href="#/setup">Setup</a> shows how to point one at this
          server; its calls appear here at once.`}<//>`}</section>`;
}
