// Email flow rules: the list of an organization, a form to add or replace a rule, and a test of which rule applies.
import { html, useLayoutEffect, useRef, useState } from './htm-preact.js';
import {
  Choice, ConfirmButton, Field, Form, listOf, Loaded, Table, useAction, useLoaded,
} from './parts.js';
import { control, controlResponse } from './server.js';

const RUN_LAMBDA = 'RUN_LAMBDA';
const DIRECTIONS = ['INBOUND', 'OUTBOUND'];
// The actions of rules in each direction, also for the fallback of a function.
const ACTIONS = {
  INBOUND: ['DROP', 'BOUNCE', 'MOVE_TO_JUNK', 'DEFAULT', 'BYPASS_SPAM_CHECK'],
  OUTBOUND: ['DROP', 'BOUNCE', 'DEFAULT', 'ROUTE_TO_SMTP_GATEWAY'],
};

function whatItDoes({ Action, Lambda }) {
  if (!Lambda) return Action;
  const { Arn, Synchronous, FallbackAction, RuleTimeoutMinutes: minutes } = Lambda;
  const retries = minutes > 0 ? `retried for ${minutes} minutes` : 'no retries';
  const how = Synchronous ? `synchronous, fallback ${FallbackAction}, ${retries}` : 'asynchronous';
  return html`${Action}<div class="id">${Arn}</div><div class="quiet">${how}</div>`;
}

// Browsers would resolve these names as segments of a path.
const NAME = '(?!\\.+$)[A-Za-z0-9_.\\- ]{1,64}';

// Converts the fields of the form to a rule. A function is given by its name or its ARN.
function ruleOf(fields, [, , , region, account]) {
  const { direction, senders, destinations, action, lambda, synchronous, fallback, minutes } = fields;
  const rule = {
    FlowDirection: direction, SenderPatterns: listOf(senders), DestinationPatterns: listOf(destinations),
    Action: action };
  if (action !== RUN_LAMBDA) return rule;
  const Arn = lambda.startsWith('arn:') ? lambda : `arn:aws:lambda:${region}:${account}:function:${lambda}`;
  rule.Lambda = { Arn, Synchronous: synchronous === 'on' };
  if (synchronous) Object.assign(rule.Lambda, { FallbackAction: fallback, RuleTimeoutMinutes: Number(minutes ?? 0) });
  return rule;
}

function LambdaFields({ of, chosen: { direction, synchronous, fallback }, change }) {
  return html`<div class="bar">
    <${Field} label="Function: name or ARN" name="lambda" required defaultValue=${of?.Arn} placeholder="disclaimer" />
    <label class="check"><input type="checkbox" name="synchronous" checked=${synchronous}
      onChange=${(event) => change({ synchronous: event.target.checked })} /><span>synchronous</span></label>
    ${synchronous && html`<${Choice} label="Fallback" name="fallback" options=${ACTIONS[direction]} value=${fallback}
      onChange=${(event) => change({ fallback: event.target.value })} />`}
    ${synchronous && html`<${Field} label="Retry for, minutes" name="minutes" type="number" min="0" max="240"
      placeholder="0" defaultValue=${of?.RuleTimeoutMinutes} />`}
  </div>`;
}

// Starts with `rule`. `focused` sets the keyboard focus.
function RuleForm({ rule, focused, busy, onSave, onCancel }) {
  const [chosen, set] = useState({
    direction: rule?.FlowDirection ?? 'INBOUND', action: rule?.Action ?? 'DEFAULT',
    synchronous: rule?.Lambda?.Synchronous ?? true, fallback: rule?.Lambda?.FallbackAction ?? 'DEFAULT' });
  const { direction, action } = chosen;
  const change = (more) => set({ ...chosen, ...more });
  const turn = ({ target: { value } }) => {
    const allowed = (one) => (one === RUN_LAMBDA || ACTIONS[value].includes(one) ? one : 'DEFAULT');
    change({ direction: value, action: allowed(action), fallback: allowed(chosen.fallback) });
  };
  const root = useRef();
  useLayoutEffect(() => focused && root.current.querySelector('input').focus(), []);
  return html`<div ref=${root}><${Form} onSubmit=${onSave}>
    <div class="bar">
      <${Field} label="Name" name="name" required pattern=${NAME} defaultValue=${rule?.Name}
        title="Up to 64 letters, digits, spaces, dots, dashes and underscores; not only dots" />
      <${Choice} label="Direction" name="direction" options=${DIRECTIONS} value=${direction} onChange=${turn} />
      <${Field} label="Senders" name="senders" placeholder="all; *.example.org"
        defaultValue=${rule?.SenderPatterns.join(', ')} />
      <${Field} label="Destinations" name="destinations" placeholder="all"
        defaultValue=${rule?.DestinationPatterns.join(', ')} />
      <${Choice} label="Action" name="action" options=${[...ACTIONS[direction], RUN_LAMBDA]} value=${action}
        onChange=${(event) => change({ action: event.target.value })} />
    </div>
    ${action === RUN_LAMBDA && html`<${LambdaFields} of=${rule?.Lambda} chosen=${chosen}
      change=${change} />`}
    <div class="actions"><button class="main" disabled=${busy}>Save the rule</button>
      ${rule && html`<button type="button" onClick=${onCancel}>Cancel</button>`}</div>
  <//></div>`;
}

// Returns a sentence.
async function putRule(path, fields, arn) {
  const { status } = await controlResponse(
    'PUT', `${path}/${encodeURIComponent(fields.name)}`, ruleOf(fields, arn.split(':')));
  return `${status === 201 ? 'Added' : 'Replaced'} ${fields.name}.`;
}

// `arn` is the organization's; its functions have the same account and region.
export function EmailFlowRules({ organization, arn }) {
  const path = `organizations/${organization}/email-flow-rules`;
  const loaded = useLoaded(() => control('GET', path));
  const [busy, message, run] = useAction();
  const [form, set] = useState({ number: 0 });
  const begin = (rule) => set({ rule, number: form.number + 1 });
  const save = (fields) => run(async () => {
    const sentence = await putRule(path, fields, arn);
    begin();
    loaded.reload();
    return sentence;
  });
  const remove = (name) => run(async () => {
    await control('DELETE', `${path}/${encodeURIComponent(name)}`);
    loaded.reload();
    return `Deleted ${name}.`;
  });
  const columns = [
    ['Name', (rule) => rule.Name],
    ['Direction', (rule) => rule.FlowDirection],
    ['Senders', (rule) => rule.SenderPatterns.join(', ')],
    ['Destinations', (rule) => rule.DestinationPatterns.join(', ')],
    ['Action', whatItDoes],
    ['Actions', (rule) => html`<div class="actions">
      <button disabled=${busy} aria-label=${`Edit ${rule.Name}`} onClick=${() => begin(rule)}>Edit</button>
      <${ConfirmButton} label=${`Delete ${rule.Name}`} question=${`Delete ${rule.Name}?`}
        onConfirm=${() => remove(rule.Name)}>Delete<//></div>`],
  ];
  return html`<section class="card"><h2>Email flow rules</h2>
    <${Loaded} of=${loaded}>${({ EmailFlowRules: rules }) => html`<${Table} caption="Email flow rules, oldest first"
      rows=${rules} columns=${columns} keyOf=${(rule) => rule.Name} empty="None." />`}<//>
    <h3>${form.rule ? `Edit ${form.rule.Name}` : 'Add or replace a rule'}</h3>
    <${RuleForm} key=${form.number} rule=${form.rule} focused=${form.number > 0} busy=${busy} onSave=${save}
      onCancel=${() => begin()} />
    ${message}</section>`;
}

export function WhichRule({ organization }) {
  const [busy, message, run] = useAction();
  const ask = (fields) => run(async () => {
    const { rule, action } = await control('POST', `organizations/${organization}/email-flow-rules/test`, fields);
    return `${rule ? `The rule ${rule}` : 'No rule; this is the default'}: ${action}`;
  });
  return html`<section class="card"><h2>Which rule applies</h2>
    <${Form} class="bar" onSubmit=${ask}>
      <${Choice} label="Direction" name="direction" options=${DIRECTIONS} />
      <${Field} label="Sender" name="sender" required placeholder="carol@example.com" />
      <${Field} label="Recipient" name="recipient" required />
      <button class="main" disabled=${busy}>Ask</button>
    <//>${message}</section>`;
}
