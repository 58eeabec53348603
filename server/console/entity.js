// One user, group or resource: everything that WorkMail returns about it, and the requests about it.
import { html } from './htm-preact.js';
import { KINDS } from './entity_list.js';
import { isOwn, useJournal } from './journal.js';
import {
  Attributes, DAYS_KEPT, daysBetween, daysLeft, Empty, Field, Form, kindOf, Loaded, Simulations, State, Table,
  TablePart, timeText, useLoaded, useSimulation, useTitle,
} from './parts.js';
import { RequestTable } from './requests.js';
import { api, apiList, control } from './server.js';

// `facts` is the API's response; `held` has what only the control plane returns.
async function describe(kind, organization, id) {
  const ids = { OrganizationId: organization };
  const facts = await api(kind.describe, { ...ids, [kind.id]: id });
  const [held, { now }, { Alias: alias }] = await Promise.all([
    control('GET', `organizations/${organization}/entities/${id}`), control('GET', 'clock?upcoming=0'),
    api('DescribeOrganization', ids)]);
  return { facts, held, now, alias };
}

// The rest of the thirty days, as a bar in the color of the state.
function ThirtyDays({ what, until, now, state }) {
  const words = `${daysLeft(until, now)} of ${DAYS_KEPT} days left until ${what}`;
  return html`<label class="days"><span>${words}, on ${timeText(until)}</span>
    <meter class=${kindOf(state)} max=${DAYS_KEPT} value=${daysBetween(now, until)}>${words}</meter></label>`;
}

function What({ facts, held: { removedAt, mailbox }, now }) {
  return html`<section class="card"><h2>Attributes</h2>
    ${removedAt && html`<${ThirtyDays} what="it is removed" until=${removedAt} now=${now} state=${facts.State} />`}
    ${mailbox?.deletedAt && html`<${ThirtyDays} what="the mailbox is deleted" until=${mailbox.deletedAt} now=${now}
      state=${facts.State} />`}
    <${Attributes} of=${facts} /></section>`;
}

// A mailbox in use, or a retained one.
function Mailbox({ of: { quotaMegabytes: quota, megabytes, deletedAt }, id, canChange, reload }) {
  const [busy, note, simulate] = useSimulation(reload);
  const use = (fields) => simulate({ event: 'mailboxUsed', userId: id, megabytes: Number(fields.megabytes) });
  return html`<section class="card"><h2>${deletedAt ? 'Retained mailbox' : 'Mailbox'}</h2>
    <label class="days"><span>${megabytes} of ${quota} MB</span>
      <meter max=${quota} value=${megabytes} high=${quota * 0.9} optimum="0">${megabytes}</meter></label>
    ${canChange && html`<${Form} class="bar" onSubmit=${use}>
      <${Field} label="Simulate a size, MB" name="megabytes" type="number" min="0" step="any" required />
      <button disabled=${busy}>Set<span class="hidden"> the size</span></button>
    <//>`}${note}</section>`;
}

const linkTo = (organization) => ({ id, kind, name }) => html`
  <a href=${`#/organizations/${organization}/${kind}s/${id}`}>${name}</a>`;

// Permissions in one direction; `who` is the title of the column for the other side.
function Grants({ title, who, grants, link }) {
  return html`<section class="card"><h2>${title}</h2><${Table} caption=${title} rows=${grants} empty="None."
    keyOf=${(one) => one.id} columns=${[[who, link], ['Permissions', (one) => one.permissions.join(', ')]]} />
  </section>`;
}

function NewToken({ id, reload }) {
  const [busy, note, simulate] = useSimulation(reload);
  const create = ({ name, scopes }) => simulate(
    { event: 'personalAccessTokenCreated', userId: id, name, scopes: scopes.split(/[\s,]+/).filter(Boolean) });
  return html`<${Form} class="bar" onSubmit=${create}>
    <${Field} label="Simulate a new one, named" name="name" required />
    <${Field} label="Scopes" name="scopes" defaultValue="EWS" required />
    <button disabled=${busy}>Create</button>
  <//>${note}`;
}

const tokenColumns = (reload) => [
  ['Name', (one) => one.Name],
  ['Expires', (one) => timeText(one.ExpiresTime)],
  ['Last used', (one) => timeText(one.DateLastUsed) ?? 'never', 'wide'],
  ['Simulate', ({ Name, PersonalAccessTokenId: personalAccessTokenId }) => html`<${Simulations} of=${Name}
    events=${{ Use: { event: 'personalAccessTokenUsed', personalAccessTokenId } }} reload=${reload} />`],
];

const texts = new WeakMap();

// The place of identifiers in a request. Responses are not searched, because lists contain everything.
function textOf(entry) {
  const bodies = [entry.request, !entry.operation.startsWith('List') && entry.response];
  if (!texts.has(entry)) texts.set(entry, JSON.stringify(bodies));
  return texts.get(entry);
}

// The requests in which a value is equal to its id, name or address.
function Touched({ facts, id }) {
  const { entries } = useJournal();
  const values = [id, facts.Name, facts.Email].filter(Boolean).map((value) => JSON.stringify(value));
  const shown = entries.filter((entry) => !isOwn(entry) && values.some((value) => textOf(entry).includes(value)));
  return html`<section><h2>Requests that name it</h2>${shown.length > 0
    ? html`<${RequestTable} entries=${shown} caption="Requests that name this entity, newest first" />`
    : html`<${Empty}>None of the requests in the journal.<//>`}</section>`;
}

// A list of the API for this kind.
const Related = ({ operation, member, input, ...table }) => html`
  <${TablePart} load=${() => apiList(operation, member, input)} ...${table} />`;

// The delegates with their names, which the API's list does not have.
async function delegatesOf(organization, id) {
  const delegates = await apiList('ListResourceDelegates', 'Delegates', {
    OrganizationId: organization, ResourceId: id });
  return Promise.all(delegates.map((one) => control('GET', `organizations/${organization}/entities/${one.Id}`)));
}

function Parts({ organization, tab, id, held }) {
  const ids = { OrganizationId: organization };
  const ofEntity = { ...ids, EntityId: id };
  const ofUser = { ...ids, UserId: id };
  const link = linkTo(organization);
  return html`
    <${Related} title="Addresses" operation="ListAliases" member="Aliases" input=${ofEntity}
      columns=${[['Address', (alias) => alias]]} />
    ${tab === 'groups' && html`<${Related} title="Members" operation="ListGroupMembers" member="Members"
      input=${{ ...ids, GroupId: id }} columns=${[
        ['Name', (one) => link({ id: one.Id, kind: one.Type.toLowerCase(), name: one.Name })],
        ['Type', (one) => one.Type], ['State', (one) => html`<${State} of=${one.State} />`]]} />`}
    ${tab !== 'resources' && html`<${Related} title="Member of" operation="ListGroupsForEntity" member="Groups"
      input=${ofEntity}
      columns=${[['Group', (one) => link({ id: one.GroupId, kind: 'group', name: one.GroupName })]]} />`}
    ${tab === 'resources' && html`<${TablePart} title="Delegates" load=${() => delegatesOf(organization, id)}
      columns=${[['Name', link], ['Type', (one) => one.kind]]} keyOf=${(one) => one.id} />`}
    <${Grants} title="Who has permissions for this mailbox" who="Grantee" grants=${held.grantees} link=${link} />
    <${Grants} title="Permissions for other mailboxes" who="Mailbox of" grants=${held.owners} link=${link} />
    ${tab === 'users' && html`<${Related} title="Mobile device access overrides"
      operation="ListMobileDeviceAccessOverrides" member="Overrides" input=${ofUser}
      columns=${[['Device', (one) => one.DeviceId], ['Effect', (one) => html`<${State} of=${one.Effect} />`],
        ['Description', (one) => one.Description]]} />`}
    ${tab === 'users' && html`<${Related} title="Personal access tokens" operation="ListPersonalAccessTokens"
      member="PersonalAccessTokenSummaries" input=${ofUser} columns=${tokenColumns}
      keyOf=${(one) => one.PersonalAccessTokenId}>${(reload) => html`<${NewToken} id=${id} reload=${reload} />`}<//>`}`;
}

export function Entity({ organization, kind: tab, id }) {
  const loaded = useLoaded(() => describe(KINDS[tab], organization, id));
  const { facts: known, alias } = loaded.value ?? {};
  useTitle(known?.DisplayName || known?.Name, KINDS[tab].one, alias);
  return html`<section><p><a href="#/organizations">Organizations</a>${alias && html` / <a
      href=${`#/organizations/${organization}/users`}>${alias}</a>`} / <a
      href=${`#/organizations/${organization}/${tab}`}>All ${tab}</a></p>
    <${Loaded} of=${loaded}>${({ facts, held, now }) => html`
      <h1>${facts.DisplayName || facts.Name} <small class="quiet">${KINDS[tab].one}</small>${' '}
        <${State} of=${facts.State} /></h1>
      <div class="cards">
        <${What} facts=${facts} held=${held} now=${now} />
        ${held.mailbox && html`<${Mailbox} of=${held.mailbox} id=${id} reload=${loaded.reload}
          canChange=${tab === 'users' && facts.State !== 'DELETED'} />`}
        ${facts.State !== 'DELETED' && html`<${Parts} organization=${organization} tab=${tab} id=${id}
          held=${held} />`}
      </div>
      <${Touched} facts=${facts} id=${id} />`}<//></section>`;
}
