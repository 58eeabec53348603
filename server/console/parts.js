// Components that several views share.
import { html, useCallback, useEffect, useLayoutEffect, useRef, useState } from './htm-preact.js';
import { control } from './server.js';

// Loads when the view appears and when one of `inputs` changes. A late response to an earlier request is dropped.
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

// WorkMail's errors for a state without data to show; these are not shown as errors.
const STATE_ERRORS = ['EntityStateException', 'OrganizationStateException', 'UnsupportedOperationException'];

// Shows the result of useLoaded(): an error, that it is loading, or `children(value)`.
export function Loaded({ of, children }) {
  if (STATE_ERRORS.includes(of.error?.code)) return html`<p class="quiet">${of.error.code}: ${of.error.message}</p>`;
  if (of.error) return html`<${Failure} error=${of.error} retry=${of.reload} />`;
  if (of.value === undefined) return html`<p class="quiet" role="status">Loading…</p>`;
  // A single element, because this version of Preact misplaces several roots that alternate with one.
  return html`<div>${children(of.value)}</div>`;
}

// A card of the page, which loads and fails independently of others.
export function Part({ title, load, children }) {
  const loaded = useLoaded(load);
  return html`<section class="card"><h2>${title}</h2>
    <${Loaded} of=${loaded}>${(value) => children(value, loaded.reload)}<//></section>`;
}

// A card with a table. `columns`, and `children` below the table, may reload it.
export function TablePart({ title, load, columns, empty = 'None.', keyOf, children }) {
  return html`<${Part} title=${title} load=${load}>${(rows, reload) => html`
    <${Table} caption=${title} rows=${rows} keyOf=${keyOf} empty=${empty}
      columns=${typeof columns === 'function' ? columns(reload) : columns} />${children?.(reload)}`}<//>`;
}

// Sets the title of the page: "alice · users · acme · workmail-local".
export function useTitle(...names) {
  const title = [...names, 'workmail-local'].filter(Boolean).join(' · ');
  useEffect(() => { document.title = title; }, [title]);
}

// Calls `close` when Escape is pressed; `close` is false while nothing is open. The browser closes dialogs itself, and
// only the dialog closes.
export function useEscape(close) {
  useEffect(() => {
    const listen = ({ key }) => key === 'Escape' && !document.querySelector('dialog') && close();
    if (close) document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

const KINDS_OF_STATE = {
  good: ['ENABLED', 'Active', 'VERIFIED', 'COMPLETED', 'ALLOW', 'DELIVERED', 'SENT', 'ROUTED'],
  bad: ['DELETED', 'Failed', 'Deleted', 'Impaired', 'FAILED', 'DENY', 'BOUNCED', 'NOT_FOUND', 'NO_MAILBOX'],
  waiting: ['PENDING', 'Requested', 'Creating', 'Validating', 'Deleting', 'RUNNING', 'JUNK', 'DROPPED'],
};

// The CSS class with the color of a state.
export const kindOf = (state) => (
  Object.keys(KINDS_OF_STATE).find((kind) => KINDS_OF_STATE[kind].includes(state)) ?? 'still');

// The name of a state; its color has no further meaning.
export const State = ({ of }) => html`<span class="state ${kindOf(of)}">${of}</span>`;

// Keeps its width while it shows the result, so that no other button moves under the pointer.
export function CopyButton({ text, label, children }) {
  const [note, set] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      set('Copied');
    } catch {
      set('Denied');
    }
    setTimeout(() => set(''), 1500);
  };
  return html`<button type="button" class="copy" aria-label=${label} title=${label} onClick=${copy}>
    <span class=${note && 'under'}>${children}</span><span aria-live="polite">${note}</span></button>`;
}

export const Id = ({ of }) => html`<span class="id">${of}</span> <${CopyButton} text=${of}
  label=${`Copy ${of}`}>Copy<//>`;

// When the focused element is removed with its row, moves the focus to the same button of the next row, or of the
// previous row, or to the heading.
export function useFocusOfNext(element) {
  useLayoutEffect(() => () => {
    const own = element.current;
    if (document.activeElement !== own) return;
    const row = own.closest('tr');
    const buttonsOf = (one) => [...one?.querySelectorAll('button') ?? []];
    const place = buttonsOf(row).indexOf(own);
    const heading = own.closest('section').querySelector('h1, h2, h3');
    const places = [row?.nextElementSibling, row?.previousElementSibling].map((one) => buttonsOf(one)[place]);
    queueMicrotask(() => {
      heading.tabIndex = -1;
      [...places, heading].find((one) => one?.isConnected)?.focus();
    });
  }, []);
}

// A button that may remove its row. While `busy`, it does nothing and keeps the focus.
export function RowButton({ busy, onClick, children, ...button }) {
  const own = useRef();
  useFocusOfNext(own);
  return html`<button type="button" ref=${own} aria-disabled=${busy} onClick=${() => !busy && onClick()} ...${button}>
    ${children}</button>`;
}

// Asks for confirmation before an action that cannot be undone. The question is next to the button and never under the
// pointer, so that a double click does not answer it.
export function ConfirmButton({ children, label, question, onConfirm }) {
  const [asking, set] = useState(false);
  const button = useRef();
  const dialog = useRef();
  useFocusOfNext(button);
  useLayoutEffect(() => {
    if (!asking) return;
    const { current } = dialog;
    current.showModal();
    const { top, bottom, right } = button.current.getBoundingClientRect();
    const below = bottom + 8 + current.offsetHeight < window.innerHeight;
    current.style.top = `${below ? bottom + 8 : top - 8 - current.offsetHeight}px`;
    current.style.left = `${Math.max(8, right - current.offsetWidth)}px`;
  }, [asking]);
  const closed = () => {
    set(false);
    button.current.focus();
  };
  const answer = (event) => {
    dialog.current.close();
    if (event.target.value) onConfirm();
  };
  return html`<span><button type="button" ref=${button} class="danger" aria-haspopup="dialog" aria-label=${label}
      onClick=${() => set(true)}>${children}</button>
    ${asking && html`<dialog ref=${dialog} aria-label=${question} onClose=${closed}><p>${question}</p>
      <div class="actions"><button type="button" class="danger" value="yes" onClick=${answer}>Yes</button>
        <button type="button" autofocus onClick=${answer}>No</button></div></dialog>`}</span>`;
}

// Runs actions one after the other and keeps the message of the last one: [busy, note, run].
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

// Simulates, with the control plane, what users or AWS do outside the API: [busy, note, simulate].
export function useSimulation(reload) {
  const [busy, note, run] = useAction();
  const simulate = (event) => run(async () => {
    const { token } = await control('POST', 'simulate', event);
    reload();
    return token && html`The token, shown this once: <code>${token}</code>`;
  });
  return [busy, note, simulate];
}

// A button for each of `events`, by title, that can be simulated for `of`. An event that is not possible now
// is false: its button stays, so that no other button moves under the pointer.
export function Simulations({ events, of, reload }) {
  const [busy, note, simulate] = useSimulation(reload);
  return html`<div class="actions">${Object.entries(events).map(([title, event]) => html`
    <button key=${title} type="button" aria-disabled=${busy || !event} aria-label=${`${title}: ${of}`}
      onClick=${() => !busy && event && simulate(event)}>${title}</button>`)}</div>${note}`;
}

// JSON, or with `code`, lines that are not wrapped.
export const Json = ({ of, code }) => html`<pre tabindex="0" class=${code ? 'code' : undefined}>${
  typeof of === 'string' ? of : JSON.stringify(of, null, 2)}</pre>`;

// A card that expands; `children()` is called only then.
export function Fold({ title, count, children }) {
  const [open, set] = useState(false);
  return html`<details class="card" onToggle=${(event) => set(event.target.open)}>
    <summary><h2>${title}</h2>${count !== undefined && html` <small class="quiet">${count}</small>`}</summary>
    ${open && children()}</details>`;
}

// Pairs of name and value; absent values are omitted.
export function Facts({ of }) {
  const shown = Object.entries(of).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return html`<dl>${shown.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

// The same for a response of the API, with its member names.
export function Attributes({ of }) {
  const shown = Object.entries(of).map(([name, value]) => {
    if (name === 'State') return [name, html`<${State} of=${value} />`];
    if (name.endsWith('Date')) return [name, timeText(value)];
    if (name === 'ARN' || (/Id$/.test(name) && value)) return [name, html`<${Id} of=${value} />`];
    return [name, typeof value === 'object' ? html`<${Json} of=${value} />` : String(value)];
  });
  return html`<${Facts} of=${Object.fromEntries(shown)} />`;
}

// `columns` are [title, function that returns a row's cell, class]; the first cell is the row's header for screen
// readers. On a phone, each row becomes a list of its cells with their titles.
export function Table({ caption, columns, rows, keyOf, empty }) {
  if (rows.length === 0) return html`<${Empty}>${empty}<//>`;
  return html`<div class="scroll"><table class="list">
    <caption>${caption}</caption>
    <thead><tr>${columns.map(([title, , kind]) => html`<th scope="col" class=${kind}>${title}</th>`)}</tr></thead>
    <tbody>${rows.map((row, index) => html`<tr key=${keyOf ? keyOf(row) : index}>
      ${columns.map(([title, cell, kind], column) => (column === 0
        ? html`<th scope="row" class=${kind}>${cell(row)}</th>`
        : html`<td class=${kind} data-title=${title}>${cell(row)}</td>`))}
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

// The values of a form, by field name, without empty ones.
function formValues(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
}

// Words separated by commas or spaces; undefined if there are none.
export const listOf = (text) => text?.split(/[\s,]+/).filter(Boolean);

export function Form({ onSubmit, children, ...form }) {
  const submit = (event) => {
    event.preventDefault();
    onSubmit(formValues(event.target), event.target);
  };
  return html`<form onSubmit=${submit} ...${form}>${children}</form>`;
}

const TYPING = 250;

// The text after the user has stopped typing.
export function useSettled(text) {
  const [settled, set] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => set(text), TYPING);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

const DAY = 24 * 60 * 60 * 1000;

// How long WorkMail keeps mailboxes and DELETED entities.
export const DAYS_KEPT = 30;

// The API returns times in seconds since 1970, the control plane in the format of RFC 3339.
const timeOf = (value) => new Date(typeof value === 'number' ? value * 1000 : value);

export function timeText(value) {
  return value === undefined ? undefined : timeOf(value).toISOString().replace('T', ' ').replace(/\.\d+Z/, ' UTC');
}

export const dayText = (value) => timeText(value).slice(0, 10);

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
