// One user, group or resource: all that WorkMail says of it, and the requests that touched it.
import { html } from './htm-preact.js';
import { disappearances, KINDS as LISTS } from './entity_list.js';
import { useJournal, isOwn } from './journal.js';
import {
  DAYS_KEPT, daysBetween, daysLeft, Empty, Facts, Field, Form, Loaded, retainedUntil, State, Table, timeText, useAction,
  useLoaded,
} from './parts.js';
import { RequestTable } from './requests.js';
import { Part } from './rules.js';
import { api, apiList, control } from './server.js';

const KINDS = {
  users: { describe: 'DescribeUser', id: 'UserId', one: 'user' },
  groups: { describe: 'DescribeGroup', id: 'GroupId', one: 'group' },
  resources: { describe: 'DescribeResource', id: 'ResourceId', one: 'resource' },
};

async function describe(tab, organization, id) {
  const kind = KINDS[tab];
  const facts = await api(kind.describe, { OrganizationId: organization, [kind.id]: id });
  const { now, ends } = await disappearances([{ Id: id, State: facts.State }], LISTS[tab], organization);
  return { facts, now, end: ends[id] };
}

// What is left of the thirty days, as a bar.
function ThirtyDays({ what, until, now }) {
  const words = `${daysLeft(until, now)} of ${DAYS_KEPT} days left until ${what}`;
  return html`<label class="days"><span>${words}</span>
    <meter min="0" max=${DAYS_KEPT} low="10" high="20" optimum="30" value=${daysBetween(now, until)}>${words}</meter></label>`;
}

function Attributes({ facts, now, end }) {
  const shown = Object.entries(facts).map(([name, value]) => {
    if (name === 'State') return [name, html`<${State} of=${value} />`];
    if (name.endsWith('Date')) return [name, timeText(value)];
    if (typeof value === 'object') return [name, Object.entries(value).map((pair) => pair.join(': ')).join(', ')];
    return [name, String(value)];
  });
  const retained = facts.MailboxDeprovisionedDate;
  return html`<section class="card"><h2>Attributes</h2>
    ${end && html`<${ThirtyDays} what="it disappears" until=${end} now=${now} />`}
    ${retained && html`<${ThirtyDays} what="the mailbox is deleted" until=${retainedUntil(retained)} now=${now} />`}
    <${Facts} of=${Object.fromEntries(shown)} /></section>`;
}

function Mailbox({ ids, id }) {
  const [busy, said, run] = useAction();
  const use = (reload) => ({ megabytes }) => run(async () => {
    await control('POST', 'simulate', { event: 'mailboxUsed', userId: id, megabytes: Number(megabytes) });
    reload();
  });
  return html`<${Part} title="Mailbox" inputs=${[id]} load=${() => api('GetMailboxDetails', { ...ids, UserId: id })}>
    ${({ MailboxQuota, MailboxSize }, reload) => html`<div>
      <label class="days"><span>${MailboxSize} of ${MailboxQuota} MB</span>
        <meter max=${MailboxQuota} value=${MailboxSize} high=${MailboxQuota * 0.9} optimum="0">${MailboxSize}</meter></label>
      <${Form} class="bar" onSubmit=${use(reload)}>
        <${Field} label="Simulate a size, MB" name="megabytes" type="number" min="0" step="any" required />
        <button disabled=${busy}>Set</button>
      <//>${said}</div>`}<//>`;
}

function Tokens({ ids, id }) {
  const [busy, said, run] = useAction();
  const simulate = (reload, event) => run(async () => {
    const { token } = await control('POST', 'simulate', event);
    reload();
    return token && html`The token, shown this once: <code>${token}</code>`;
  });
  const columns = (reload) => [
    ['Name', (one) => one.Name],
    ['Expires', (one) => timeText(one.ExpiresTime)],
    ['Last used', (one) => timeText(one.DateLastUsed) ?? 'never', 'wide'],
    ['Simulate', (one) => html`<button disabled=${busy} aria-label=${`Use ${one.Name}`} onClick=${() => simulate(reload,
      { event: 'personalAccessTokenUsed', personalAccessTokenId: one.PersonalAccessTokenId })}>Use</button>`],
  ];
  const load = () => apiList('ListPersonalAccessTokens', 'PersonalAccessTokenSummaries', { ...ids, UserId: id });
  return html`<${Part} title="Personal access tokens" inputs=${[id]} load=${load}>${(rows, reload) => html`<div>
    <${Table} caption="Personal access tokens" rows=${rows} columns=${columns(reload)} empty="None." />
    <${Form} class="bar" onSubmit=${({ name }) => simulate(reload,
      { event: 'personalAccessTokenCreated', userId: id, name })}>
      <${Field} label="Simulate a new one, named" name="name" required /><button disabled=${busy}>Create</button>
    <//>${said}</div>`}<//>`;
}

// A list that the API has for this kind, with a link to each entity where it names one.
function Related({ title, operation, member, input, columns }) {
  const load = () => apiList(operation, member, input);
  return html`<${Part} title=${title} inputs=${[operation]} load=${load}>${(rows) => html`
    <${Table} caption=${title} rows=${rows} columns=${columns} empty="None." />`}<//>`;
}

const texts = new WeakMap();

// Where a request names what it is about: a list answers with everything.
function textOf(entry) {
  const bodies = [entry.request, !entry.operation.startsWith('List') && entry.response];
  if (!texts.has(entry)) texts.set(entry, JSON.stringify(bodies));
  return texts.get(entry);
}

// The requests that say its id, its name or its address, as a whole value.
function Touched({ facts, id }) {
  const { entries } = useJournal();
  const values = [id, facts.Name, facts.Email].filter(Boolean).map((value) => JSON.stringify(value));
  const shown = entries.filter((entry) => !isOwn(entry) && values.some((value) => textOf(entry).includes(value)));
  return html`<section><h2>Requests that name it</h2>${shown.length > 0
    ? html`<${RequestTable} entries=${shown} caption="Requests that name this entity, newest first" />`
    : html`<${Empty}>None of the requests that are kept.<//>`}</section>`;
}

function Parts({ organization, tab, id }) {
  const ids = { OrganizationId: organization };
  const to = (of, text, path) => html`<a href=${`#/organizations/${organization}/${path}/${of}`}>${text ?? of}</a>`;
  const pathOf = (type) => (type === 'GROUP' ? 'groups' : 'users');
  return html`
    ${tab === 'users' && html`<${Mailbox} ids=${ids} id=${id} />`}
    <${Related} title="Addresses" operation="ListAliases" member="Aliases" input=${{ ...ids, EntityId: id }}
      columns=${[['Address', (alias) => alias]]} />
    ${tab === 'groups' && html`<${Related} title="Members" operation="ListGroupMembers" member="Members"
      input=${{ ...ids, GroupId: id }} columns=${[
        ['Name', (one) => to(one.Id, one.Name, pathOf(one.Type))], ['Type', (one) => one.Type],
        ['State', (one) => html`<${State} of=${one.State} />`]]} />`}
    ${tab !== 'resources' && html`<${Related} title="Member of" operation="ListGroupsForEntity" member="Groups"
      input=${{ ...ids, EntityId: id }} columns=${[['Group', (one) => to(one.GroupId, one.GroupName, 'groups')]]} />`}
    ${tab === 'resources' && html`<${Related} title="Delegates" operation="ListResourceDelegates" member="Delegates"
      input=${{ ...ids, ResourceId: id }} columns=${[
        ['Id', (one) => to(one.Id, null, pathOf(one.Type))], ['Type', (one) => one.Type]]} />`}
    <${Related} title="Permissions of others" operation="ListMailboxPermissions" member="Permissions"
      input=${{ ...ids, EntityId: id }} columns=${[['Grantee', (one) => to(one.GranteeId, null, pathOf(one.GranteeType))],
        ['May', (one) => one.PermissionValues.join(', ')]]} />
    ${tab === 'users' && html`<${Related} title="Mobile device access overrides" operation="ListMobileDeviceAccessOverrides"
      member="Overrides" input=${{ ...ids, UserId: id }} columns=${[['Device', (one) => one.DeviceId],
        ['Effect', (one) => html`<${State} of=${one.Effect} />`], ['Description', (one) => one.Description]]} />`}
    ${tab === 'users' && html`<${Tokens} ids=${ids} id=${id} />`}`;
}

export function Entity({ organization, kind: tab, id }) {
  const loaded = useLoaded(() => describe(tab, organization, id), [organization, tab, id]);
  return html`<section><p><a href=${`#/organizations/${organization}/${tab}`}>All ${tab}</a></p>
    <${Loaded} of=${loaded}>${({ facts, now, end }) => html`
      <h1>${facts.DisplayName || facts.Name} <small class="quiet">${KINDS[tab].one}</small></h1>
      <div class="cards">
        <${Attributes} facts=${facts} now=${now} end=${end} />
        ${facts.State !== 'DELETED' && html`<${Parts} organization=${organization} tab=${tab} id=${id} />`}
      </div>
      <${Touched} facts=${facts} id=${id} />`}<//></section>`;
}
