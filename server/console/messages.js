// The messages of the last 24 hours: the outcome for each recipient, and the invocations of functions.
import { html, useState } from './htm-preact.js';
import {
  Empty, Facts, Field, Form, Id, Json, Loaded, State, Table, timeText, useAction, useEscape, useLoaded,
} from './parts.js';
import { control, controlResponse, download } from './server.js';

const SHOWN_AT_FIRST = 100;
const MOST_LISTED = 1000;
const RECIPIENTS_IN_ROW = 3;
const CONTENT_SHOWN = 64 * 1024;
const VERSIONS = { delivered: 'Delivered content', original: 'Original content' };

const byRule = ({ rule, action }) => (rule ? `rule ${rule}: ${action}` : action);

export const Recipient = ({ of }) => html`<div><${State} of=${of.outcome} /> ${of.address}${' '}
  <small class="quiet">${[of.rule && byRule(of), of.bounceMessage].filter(Boolean).join('; ')}</small></div>`;

const recipientColumns = [
  ['Recipient', (one) => one.address],
  ['Outcome', (one) => html`<${State} of=${one.outcome} />`],
  ['Rule and action', byRule],
  ['Bounce message', (one) => one.bounceMessage],
  ['Entity', (one) => one.entityId && html`<${Id} of=${one.entityId} />`],
];

function Invocation({ of }) {
  return html`<section><h3>${of.rule}, attempt ${of.attempt}</h3>
    ${of.failure && html`<p class="failure">${of.failure}</p>`}
    <${Facts} of=${{
      Status: of.status ?? 'no response', Milliseconds: of.milliseconds.toFixed(1), Attempt: of.attempt,
      Synchronous: of.synchronous ? 'yes' : 'no', Started: timeText(of.startedAt), Function: of.function,
      'Invocation ID': of.invocationId,
    }} />
    <div class="sides">
      <section><h4>Event</h4><${Json} of=${of.event} /></section>
      <section><h4>Response</h4><${Json} of=${of.response ?? 'None'} /></section>
    </div></section>`;
}

// The content of a message; shows its beginning.
function Content({ path, id }) {
  const [shown, set] = useState({});
  const [busy, outcome, run] = useAction();
  const show = (version) => run(async () => {
    set({});
    const blob = await (await controlResponse('GET', `${path}?version=${version}`)).blob();
    set({ version, text: await blob.slice(0, CONTENT_SHOWN).text(), cut: blob.size > CONTENT_SHOWN });
  });
  const save = () => run(() => download(`${path}?version=${shown.version}`, `${id}-${shown.version}.eml`));
  return html`<div class="actions" role="group" aria-label="Content">
      ${Object.entries(VERSIONS).map(([version, title]) => html`<button key=${version} disabled=${busy}
        aria-pressed=${shown.version === version} onClick=${() => show(version)}>${title}</button>`)}
      ${shown.version && html`<button disabled=${busy} onClick=${save}>Download</button>`}
    </div>${outcome}
    ${shown.version && html`<div><${Json} of=${shown.text} />
      ${shown.cut && html`<p class="quiet">These are the first 64 KiB. The file has all.</p>`}</div>`}`;
}

function Message({ of, path }) {
  return html`<div class="detail">
    <${Table} caption="Recipients" rows=${of.recipients} columns=${recipientColumns} empty="No recipient." />
    <${Facts} of=${{
      'Message ID': of.messageId, 'Envelope sender': of.mailFrom || '<>', Retry: timeText(of.retryAt) }} />
    <${Content} path=${`${path}/${of.messageId}/content`} id=${of.messageId} />
    ${of.invocations.map((one, index) => html`<${Invocation} key=${index} of=${one} />`)}
    ${of.invocations.length === 0 && html`<p class="quiet">No function was invoked.</p>`}
  </div>`;
}

function Row({ message, open, toggle }) {
  const onButton = (event) => {
    event.stopPropagation();
    toggle();
  };
  const rest = message.recipients.length - RECIPIENTS_IN_ROW;
  return html`<tr class=${open ? 'open' : ''} onClick=${toggle}>
    <td class="time" data-title="Received">${timeText(message.receivedAt)}</td>
    <th scope="row"><button class="plain" aria-expanded=${open} onClick=${onButton}
      aria-label=${`${message.subject || 'No subject'}, message ${message.messageId}`}>
      ${message.subject || 'No subject'}</button></th>
    <td data-title="From">${message.mailFrom || '<>'}</td>
    <td data-title="Direction">${message.flowDirection}</td>
    <td data-title="Recipients">${message.recipients.slice(0, RECIPIENTS_IN_ROW).map((one, index) => html`
      <${Recipient} key=${index} of=${one} />`)}${rest > 0 && `and ${rest} more`}</td>
    <td data-title="Retry">${timeText(message.retryAt)}</td>
  </tr>`;
}

function MessageTable({ messages, path }) {
  const [opened, set] = useState(null);
  useEscape(opened && (() => set(null)));
  const rowsOf = (message) => {
    const id = message.messageId;
    const open = opened === id;
    return [
      html`<${Row} key=${id} message=${message} open=${open} toggle=${() => set(open ? null : id)} />`,
      open && html`<tr key="open" class="opened"><td colspan="6"><${Message} of=${message} path=${path} /></td></tr>`,
    ];
  };
  return html`<div class="scroll"><table class="requests messages list">
    <caption>Messages, newest first</caption>
    <thead><tr><th scope="col">Received</th><th scope="col">Subject</th>
      <th scope="col">From</th><th scope="col">Direction</th>
      <th scope="col">Recipients</th><th scope="col">Retry</th></tr></thead>
    <tbody>${messages.flatMap(rowsOf)}</tbody>
  </table></div>`;
}

// Reloads when `sent` changes.
export function Messages({ path, sent }) {
  const [limit, setLimit] = useState(SHOWN_AT_FIRST);
  const [recipient, filter] = useState('');
  const query = new URLSearchParams({ limit, ...(recipient && { recipient }) });
  const loaded = useLoaded(() => control('GET', `${path}?${query}`), [path, limit, recipient, sent]);
  return html`<section><h2>Messages</h2>
    <${Form} class="bar" role="search" onSubmit=${(fields) => filter(fields.recipient ?? '')}>
      <${Field} label="Only to" name="recipient" type="search" placeholder="every recipient" />
      <button>Filter</button><button type="button" onClick=${loaded.reload}>Refresh</button>
    <//>
    <${Loaded} of=${loaded}>${({ messages }) => html`
      ${messages.length > 0 ? html`<${MessageTable} messages=${messages} path=${path} />`
        : html`<${Empty}>${recipient ? 'No message matches this filter.' : 'None.'}<//>`}
      ${messages.length === limit && limit < MOST_LISTED && html`
        <button onClick=${() => setLimit(MOST_LISTED)}>Show older</button>`}`}<//></section>`;
}
