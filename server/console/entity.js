// One user, group or resource: all that WorkMail returns of it, and the requests that touched it.
import { html } from './htm-preact.js';
import { disappearances, KINDS } from './entity_list.js';
import { isOwn, useJournal } from './journal.js';
import {
  Attributes, DAYS_KEPT, daysBetween, daysLeft, Empty, Field, Form, Loaded, Part, retainedUntil, Simulations, State,
  TablePart, timeText, useLoaded, useSimulation,
} from './parts.js';
import { RequestTable } from './requests.js';
import { api, apiList } from './server.js';

async function describe(kind, organization, id) {
  const facts = await api(kind.describe, { OrganizationId: organization, [kind.id]: id });
  const { now, ends } = await disappearances([{ Id: id, State: facts.State }], kind, organization);
  return { facts, now, end: ends[id] };
}

// What is left of the thirty days, as a bar.
function ThirtyDays({ what, until, now }) {
  const words = `${daysLeft(until, now)} of ${DAYS_KEPT} days left until ${what}`;
  return html`<label class="days"><span>${words}</span>
    <meter max=${DAYS_KEPT} low="10" high="20" optimum="30" value=${daysBetween(now, until)}>${words}</meter></label>`;
}

function What({ facts, now, end }) {
  const retained = facts.MailboxDeprovisionedDate;
  return html`<section class="card"><h2>Attributes</h2>
    ${end && html`<${ThirtyDays} what="it is removed" until=${end} now=${now} />`}
    ${retained && daysBetween(now, retainedUntil(retained)) > 0 && html`<${ThirtyDays} what="the mailbox is deleted"
      until=${retainedUntil(retained)} now=${now} />`}
    <${Attributes} of=${facts} /></section>`;
}

function MailboxSize({ details: { MailboxQuota, MailboxSize: size }, id, reload }) {
  const [busy, note, simulate] = useSimulation(reload);
  const use = ({ megabytes }) => simulate({ event: 'mailboxUsed', userId: id, megabytes: Number(megabytes) });
  return html`<label class="days"><span>${size} of ${MailboxQuota} MB</span>
      <meter max=${MailboxQuota} value=${size} high=${MailboxQuota * 0.9} optimum="0">${size}</meter></label>
    <${Form} class="bar" onSubmit=${use}>
      <${Field} label="Simulate a size, MB" name="megabytes" type="number" min="0" step="any" required />
      <button disabled=${busy}>Set</button>
    <//>${note}`;
}

function NewToken({ id, reload }) {
  const [busy, note, simulate] = useSimulation(reload);
  const create = ({ name, scopes }) => simulate(
    { event: 'personalAccessTokenCreated', userId: id, name, scopes: scopes.split(/[\s,]+/).filter(Boolean) });
  return html`<${Form} class="bar" onSubmit=${create}>
    <${Field} label="Simulate a new one, named" name="name" required />
    <${Field} label="Scopes" name="scopes" defaultValue="EWS" required /><button disabled=${busy}>Create</button>
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

// Where a request names what it is about: a list answers with everything.
function textOf(entry) {
  const bodies = [entry.request, !entry.operation.startsWith('List') && entry.response];
  if (!texts.has(entry)) texts.set(entry, JSON.stringify(bodies));
  return texts.get(entry);
}

// The requests that have its id, its name or its address as a whole value.
function Touched({ facts, id }) {
  const { entries } = useJournal();
  const values = [id, facts.Name, facts.Email].filter(Boolean).map((value) => JSON.stringify(value));
  const shown = entries.filter((entry) => !isOwn(entry) && values.some((value) => textOf(entry).includes(value)));
  return html`<section><h2>Requests that name it</h2>${shown.length > 0
    ? html`<${RequestTable} entries=${shown} caption="Requests that name this entity, newest first" />`
    : html`<${Empty}>None of the requests in the journal.<//>`}</section>`;
}

// A list that the API has for this kind.
const Related = ({ operation, member, input, ...table }) => html`
  <${TablePart} load=${() => apiList(operation, member, input)} ...${table} />`;

function Parts({ organization, tab, id }) {
  const ids = { OrganizationId: organization };
  const ofEntity = { ...ids, EntityId: id };
  const ofUser = { ...ids, UserId: id };
  const to = (of, type, text) => html`
    <a href=${`#/organizations/${organization}/${type === 'GROUP' ? 'groups' : 'users'}/${of}`}>${text ?? of}</a>`;
  return html`
    ${tab === 'users' && html`<${Part} title="Mailbox" load=${() => api('GetMailboxDetails', ofUser)}>
      ${(details, reload) => html`<${MailboxSize} details=${details} id=${id} reload=${reload} />`}<//>`}
    <${Related} title="Addresses" operation="ListAliases" member="Aliases" input=${ofEntity}
      columns=${[['Address', (alias) => alias]]} />
    ${tab === 'groups' && html`<${Related} title="Members" operation="ListGroupMembers" member="Members"
      input=${{ ...ids, GroupId: id }} columns=${[['Name', (one) => to(one.Id, one.Type, one.Name)],
        ['Type', (one) => one.Type], ['State', (one) => html`<${State} of=${one.State} />`]]} />`}
    ${tab !== 'resources' && html`<${Related} title="Member of" operation="ListGroupsForEntity" member="Groups"
      input=${ofEntity} columns=${[['Group', (one) => to(one.GroupId, 'GROUP', one.GroupName)]]} />`}
    ${tab === 'resources' && html`<${Related} title="Delegates" operation="ListResourceDelegates" member="Delegates"
      input=${{ ...ids, ResourceId: id }}
      columns=${[['ID', (one) => to(one.Id, one.Type)], ['Type', (one) => one.Type]]} />`}
    <${Related} title="Permissions of others" operation="ListMailboxPermissions" member="Permissions" input=${ofEntity}
      columns=${[['Grantee', (one) => to(one.GranteeId, one.GranteeType)],
        ['May', (one) => one.PermissionValues.join(', ')]]} />
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
  return html`<section><p><a href=${`#/organizations/${organization}/${tab}`}>All ${tab}</a></p>
    <${Loaded} of=${loaded}>${({ facts, now, end }) => html`
      <h1>${facts.DisplayName || facts.Name} <small class="quiet">${KINDS[tab].one}</small></h1>
      <div class="cards">
        <${What} facts=${facts} now=${now} end=${end} />
        ${facts.State !== 'DELETED' && html`<${Parts} organization=${organization} tab=${tab} id=${id} />`}
      </div>
      <${Touched} facts=${facts} id=${id} />`}<//></section>`;
}
