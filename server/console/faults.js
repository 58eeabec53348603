// Fault injection: the rules, and the form that adds one.
import { html, useState } from './htm-preact.js';
import { useJournal } from './journal.js';
import { INPUTS } from './model.js';
import { Choice, ConfirmButton, Field, Form, Loaded, RowButton, Table, useAction, useLoaded } from './parts.js';
import { control } from './server.js';

const PRESETS = [
  ['Throttle once', { times: 1, answer: { error: 'ThrottlingException' } }],
  ['503 for all', { answer: { error: 'ServiceUnavailable', status: 503 } }],
  ['Slow: 2 s', { delay: 'PT2S' }],
  ['Lose the next response', { times: 1, phase: 'after', answer: { connection: 'reset' } }],
];

const CONNECTIONS = { reset: 'resets the connection', close: 'closes the connection', hang: 'never answers' };

const whatHappens = ({ delay, answer, phase }) => [
  delay && `waits ${delay} s`,
  answer?.error,
  answer?.status,
  CONNECTIONS[answer?.connection],
  phase === 'after' && 'after the change was made',
].filter(Boolean).join(', ');

const whenItStrikes = ({ skip, times, probability }) => [
  skip > 0 && `not the first ${skip}`,
  times && (times === 1 ? 'once' : `${times} times`),
  probability < 1 && `with probability ${probability}`,
].filter(Boolean).join(', ') || 'always';

function whatItMatches({ match }) {
  const operations = [match.operation ?? 'every operation'].flat().join(', ');
  return match.account ? `${operations} of ${match.account}` : operations;
}

const Names = ({ id, of }) => html`<datalist id=${id}>${of.map((one) => html`
  <option key=${one} value=${one} />`)}</datalist>`;

// Suggests operations for the last name of the list.
function Operations({ label, id }) {
  const [text, type] = useState('');
  const before = text.replace(/[^\s,]*$/, '');
  const names = Object.keys(INPUTS).map((name) => before + name);
  return html`<${Field} label=${label} name="operation" placeholder="all; CreateUser, List*" list=${id}
    onInput=${(event) => type(event.target.value)} /><${Names} id=${id} of=${names} />`;
}

// Suggests the accounts that have organizations or have made requests.
function Account() {
  const { entries } = useJournal();
  const loaded = useLoaded(() => control('GET', 'overview'));
  const known = [...loaded.value?.places ?? [], ...entries].map(({ account }) => account);
  return html`<${Field} label="Account" name="account" placeholder="all" pattern="[0-9]{12}" title="Twelve digits"
    list="fault-accounts" /><${Names} id="fault-accounts" of=${[...new Set(known)]} />`;
}

function ErrorCode() {
  const loaded = useLoaded(() => control('GET', 'faults/errors'));
  return html`<${Field} label="Error code" name="error" defaultValue="ThrottlingException" list="fault-errors" />
    <${Names} id="fault-errors" of=${loaded.value?.errors ?? []} />`;
}

// Converts the fields of the form to a rule.
function ruleOf(fields) {
  const { operation, account, skip, times, probability, delay, phase, answer, error, message, status } = fields;
  const numbers = Object.entries({ skip, times, probability, delay }).filter(([, value]) => value !== undefined);
  const rule = Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)]));
  if (operation || account) {
    const operations = operation?.split(/[\s,]+/).filter(Boolean);
    rule.match = { ...(operation && { operation: operations }), ...(account && { account }) };
  }
  if (phase === 'after') rule.phase = phase;
  if (answer === 'error') rule.answer = { error, message, ...(status && { status: Number(status) }) };
  else if (answer !== 'none') rule.answer = { connection: answer };
  return rule;
}

export function Faults() {
  const loaded = useLoaded(() => control('GET', 'faults'));
  const [busy, note, run] = useAction();
  const change = (method, path, body) => run(async () => {
    await control(method, path, body);
    loaded.reload();
  });
  const columns = [
    ['Calls', whatItMatches],
    ['What happens', whatHappens],
    ['How often', whenItStrikes],
    ['Matched', (rule) => rule.matched, 'number wide'],
    ['Triggered', (rule) => rule.triggered, 'number'],
    ['Actions', (rule) => html`<${RowButton} busy=${busy} aria-label=${`Delete the rule for ${whatItMatches(rule)}`}
      onClick=${() => change('DELETE', `faults/${rule.id}`)}>Delete<//>`],
  ];
  return html`<section><h1>Faults</h1>
    <p class="quiet">A call triggers the oldest rule that matches. SDKs retry automatically: a fault that is triggered
      once appears as a retry in <a href="#/requests">Requests</a>, and the program rarely notices it.</p>
    <${Loaded} of=${loaded}>${({ faults }) => html`
      <${Table} caption="Fault rules, oldest first" rows=${faults} keyOf=${(rule) => rule.id} columns=${columns}
        empty="No fault rule." />
      <div class="actions"><button onClick=${loaded.reload}>Refresh the counts</button>
        ${faults.length > 0 && html`<${ConfirmButton} question="Delete all rules?"
          onConfirm=${() => change('DELETE', 'faults')}>Delete all<//>`}</div>`}<//>
    ${note}
    <section class="card"><h2>Add a preset rule</h2>
      <${Form} class="actions" onSubmit=${() => {}}>
        <${Operations} label="Operation" id="preset-operations" />
        ${PRESETS.map(([title, rule]) => html`<button key=${title} type="button" disabled=${busy} onClick=${(event) => {
          const { match } = ruleOf(Object.fromEntries(new FormData(event.target.form)));
          change('POST', 'faults', { match, ...rule });
        }}>${title}</button>`)}
      <//>
    </section>
    <section class="card"><h2>Add your own rule</h2>
      <${Form} onSubmit=${(fields) => change('POST', 'faults', ruleOf(fields))}>
        <div class="bar">
          <${Operations} label="Operations" id="own-operations" />
          <${Account} />
          <${Field} label="Skip the first" name="skip" type="number" min="0" placeholder="0" />
          <${Field} label="Trigger how often" name="times" type="number" min="1" placeholder="always" />
          <${Field} label="Probability" name="probability" type="number" min="0" max="1" step="any" placeholder="1" />
          <${Field} label="Delay, seconds" name="delay" type="number" min="0" step="any" placeholder="0" />
        </div>
        <div class="bar">
          <${Choice} label="Answer" name="answer" options=${[['error', 'an error'], ['none', 'the usual response'],
            ...Object.keys(CONNECTIONS).map((name) => [name, `connection: ${name}`])]} />
          <${Choice} label="When" name="phase"
            options=${[['before', 'instead of the call'], ['after', 'after the change']]} />
          <${ErrorCode} />
          <${Field} label="Message" name="message" placeholder="the default" />
          <${Field} label="HTTP status" name="status" type="number" min="400" max="599" placeholder="default" />
          <button class="main" disabled=${busy}>Add</button>
        </div>
      <//>
    </section></section>`;
}
