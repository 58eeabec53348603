// What several views draw alike.
import { html, useCallback, useEffect, useLayoutEffect, useRef, useState } from './htm-preact.js';
import { control } from './server.js';

// Loads when the view appears and when one of `inputs` changes. A late answer to an earlier question is dropped.
export function useLoaded(load, inputs = []) {
  const [state, set] = useState({ loading: true });
  const [again, setAgain] = useState(0);
  useEffect(() => {
    let wanted = true;
    set((before) => ({ ...before, loading: true }));
    load().then(
      (value) => wanted && set({ value }),
      (error) => wanted && set({ error }),
    );
    return () => { wanted = false; };
  }, [...inputs, again]);
  return { ...state, reload: useCallback(() => setAgain((count) => count + 1), []) };
}

export function Failure({ error, retry }) {
  return html`<div class="failure" role="alert">
    <strong>${error.code || 'Error'}</strong> <span>${error.message}</span>
    ${retry && html`<button onClick=${retry}>Try again</button>`}
  </div>`;
}

// WorkMail's errors for something in a state in which it has nothing to show: no failure.
const STATE_ERRORS = ['EntityStateException', 'OrganizationStateException', 'UnsupportedOperationException'];

// Draws what useLoaded() has: the error, the wait, or `children(value)`.
export function Loaded({ of, children }) {
  if (STATE_ERRORS.includes(of.error?.code)) return html`<p class="quiet">${of.error.code}: ${of.error.message}</p>`;
  if (of.error) return html`<${Failure} error=${of.error} retry=${of.reload} />`;
  if (of.value === undefined) return html`<p class="quiet" role="status">Loading…</p>`;
  // One element, because this preact puts several roots in the wrong place when they take turns with one.
  return html`<div>${children(of.value)}</div>`;
}

// One card of the page, which loads and may fail alone.
export function Part({ title, load, children }) {
  const loaded = useLoaded(load);
  return html`<section class="card"><h2>${title}</h2>
    <${Loaded} of=${loaded}>${(value) => children(value, loaded.reload)}<//></section>`;
}

// A card with a table; `columns` may want to load it again, and so may `children`, which stand below it.
export function TablePart({ title, load, columns, empty = 'None.', keyOf, children }) {
  return html`<${Part} title=${title} load=${load}>${(rows, reload) => html`
    <${Table} caption=${title} rows=${rows} keyOf=${keyOf} empty=${empty}
      columns=${typeof columns === 'function' ? columns(reload) : columns} />${children?.(reload)}`}<//>`;
}

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

// A word of state, in a color that only repeats it.
export function State({ of }) {
  const kinds = {
    good: ['ENABLED', 'Active', 'VERIFIED', 'COMPLETED', 'ALLOW', 'DELIVERED', 'SENT', 'ROUTED'],
    bad: ['DELETED', 'Failed', 'Deleted', 'Impaired', 'FAILED', 'DENY', 'BOUNCED', 'NOT_FOUND', 'NO_MAILBOX'],
    waiting: ['PENDING', 'Requested', 'Creating', 'Validating', 'Deleting', 'RUNNING', 'JUNK', 'DROPPED'],
  };
  const kind = Object.keys(kinds).find((name) => kinds[name].includes(of)) ?? 'still';
  return html`<span class="state ${kind}">${of}</span>`;
}

export function CopyButton({ text, label, children }) {
  const [copied, set] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      set('Copied');
    } catch {
      set('Not allowed by the browser');
    }
    setTimeout(() => set(''), 1500);
  };
  return html`<button class="copy" aria-label=${label} onClick=${copy}><span aria-live="polite">${copied || children}</span></button>`;
}

// Asks once more before it does what cannot be undone.
export function ConfirmButton({ children, label, question, onConfirm }) {
  const [asking, set] = useState(false);
  const no = useRef();
  useLayoutEffect(() => asking && no.current.focus(), [asking]);
  if (!asking) return html`<button class="danger" aria-label=${label} onClick=${() => set(true)}>${children}</button>`;
  return html`<span class="actions confirm" role="group" aria-label=${question}>
    <span>${question}</span>
    <button class="danger" onClick=${() => { set(false); onConfirm(); }}>Yes</button>
    <button ref=${no} onClick=${() => set(false)}>No</button>
  </span>`;
}

// Runs actions one after the other and keeps the note of the last one: [busy, note, run].
export function useAction() {
  const [state, set] = useState({});
  const run = async (action) => {
    set({ busy: true });
    try {
      set({ note: await action() });
    } catch (error) {
      set({ error });
    }
  };
  const shown = state.error ? html`<${Failure} error=${state.error} />`
    : html`<p class="note" role="status">${state.note}</p>`;
  return [state.busy, shown, run];
}

// What users or AWS do outside the API, done by the control plane: [busy, note, simulate].
export function useSimulation(reload) {
  const [busy, note, run] = useAction();
  const simulate = (event) => run(async () => {
    const { token } = await control('POST', 'simulate', event);
    reload();
    return token && html`The token, shown this once: <code>${token}</code>`;
  });
  return [busy, note, simulate];
}

// A button for each of `events`, which are by title, that may happen to what is named `of`.
export function Simulations({ events, of, reload }) {
  const [busy, note, simulate] = useSimulation(reload);
  return html`<div class="actions">${Object.entries(events).map(([title, event]) => html`
    <button key=${title} disabled=${busy} aria-label=${`${title}: ${of}`} onClick=${() => simulate(event)}>
      ${title}</button>`)}</div>${note}`;
}

// JSON, or with `code` lines that are not broken.
export const Json = ({ of, code }) => html`<pre tabindex="0" class=${code ? 'code' : undefined}>${
  typeof of === 'string' ? of : JSON.stringify(of, null, 2)}</pre>`;

// Name and value pairs; values that are not there are left out.
export function Facts({ of }) {
  const shown = Object.entries(of).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return html`<dl>${shown.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

// The same for what the API answers, whose names describe the values.
export function Attributes({ of }) {
  const shown = Object.entries(of).map(([name, value]) => {
    if (name === 'State') return [name, html`<${State} of=${value} />`];
    if (name.endsWith('Date')) return [name, timeText(value)];
    return [name, typeof value === 'object' ? html`<${Json} of=${value} />` : String(value)];
  });
  return html`<${Facts} of=${Object.fromEntries(shown)} />`;
}

// `columns` are [title, cell of a row, class]; the first cell names the row for screen readers.
export function Table({ caption, columns, rows, keyOf, empty }) {
  if (rows.length === 0) return html`<${Empty}>${empty}<//>`;
  return html`<div class="scroll"><table>
    <caption>${caption}</caption>
    <thead><tr>${columns.map(([title, , kind]) => html`<th scope="col" class=${kind}>${title}</th>`)}</tr></thead>
    <tbody>${rows.map((row, index) => html`<tr key=${keyOf ? keyOf(row) : index}>
      ${columns.map(([, cell, kind], column) => (column === 0
        ? html`<th scope="row" class=${kind}>${cell(row)}</th>` : html`<td class=${kind}>${cell(row)}</td>`))}
    </tr>`)}</tbody>
  </table></div>`;
}

export function Field({ label, ...input }) {
  return html`<label><span>${label}</span><input autocomplete="off" spellcheck=${false} ...${input} /></label>`;
}

export function Area({ label, ...area }) {
  return html`<label class="area"><span>${label}</span><textarea spellcheck=${false} ...${area} /></label>`;
}

export function Choice({ label, options, ...select }) {
  const pairs = options.map((option) => (Array.isArray(option) ? option : [option, option]));
  return html`<label><span>${label}</span><select ...${select}>
    ${pairs.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
  </select></label>`;
}

// What a form holds, by the names of its fields, without the empty ones.
function formValues(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
}

// Words with commas or spaces between them; without any, undefined.
export const listOf = (text) => text?.split(/[\s,]+/).filter(Boolean);

export function Form({ onSubmit, children, ...form }) {
  const submit = (event) => {
    event.preventDefault();
    onSubmit(formValues(event.target), event.target);
  };
  return html`<form onSubmit=${submit} ...${form}>${children}</form>`;
}

const DAY = 24 * 60 * 60 * 1000;

// How long WorkMail keeps what is deleted: mailboxes, and DELETED entities.
export const DAYS_KEPT = 30;

// The API returns times as seconds since 1970, the control plane as RFC 3339.
const timeOf = (value) => new Date(typeof value === 'number' ? value * 1000 : value);

export function timeText(value) {
  return value === undefined ? undefined : timeOf(value).toISOString().replace('T', ' ').replace(/\.\d+Z/, ' UTC');
}

export const daysBetween = (from, to) => (timeOf(to) - timeOf(from)) / DAY;

export const retainedUntil = (deleted) => new Date(timeOf(deleted).getTime() + DAYS_KEPT * DAY);

export const daysLeft = (until, now) => Math.max(0, Math.ceil(daysBetween(now, until)));

export const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

export function spanText(days) {
  const size = Math.abs(days);
  if (size >= 2) return `${Math.round(size)} days`;
  if (size * 24 >= 2) return `${Math.round(size * 24)} hours`;
  return `${Math.round(size * 24 * 60)} minutes`;
}
