// One organization: what it is, its domains, and a tab for each thing that it holds.
import { html } from './htm-preact.js';
import { EntityList, KINDS } from './entity_list.js';
import { Effects } from './effects.js';
import { MailFlow } from './mail_flow.js';
import {
  Attributes, Choice, Field, Form, Loaded, Simulations, State, TablePart, useLoaded, useSimulation,
} from './parts.js';
import { Jobs, Rules } from './rules.js';
import { api, apiList } from './server.js';

const TABS = {
  users: 'Users', groups: 'Groups', resources: 'Resources', rules: 'Rules', jobs: 'Jobs', 'mail-flow': 'Mail flow',
  effects: 'What if',
};
const STATES = [
  'Requested', 'Creating', 'Validating', 'Active', 'Failed', 'Impaired', 'Inactive', 'Deleting', 'Deleted',
];

async function describe(OrganizationId) {
  const facts = await api('DescribeOrganization', { OrganizationId });
  const counts = {};
  await Promise.all(Object.entries(KINDS).map(async ([tab, { list, member }]) => {
    try {
      const page = await api(list, { OrganizationId, MaxResults: 100 });
      counts[tab] = `${page[member].length}${page.NextToken ? '+' : ''}`;
    } catch { /* an organization that is not active lists nothing */ }
  }));
  return { facts, counts };
}

async function domainsOf(OrganizationId) {
  const domains = await apiList('ListMailDomains', 'MailDomains', { OrganizationId });
  return Promise.all(domains.map(async ({ DomainName }) => (
    { DomainName, ...await api('GetMailDomain', { OrganizationId, DomainName }) })));
}

// What may happen to a domain next.
function eventsOf({ DomainName: domain, OwnershipVerificationStatus: status }, organizationId) {
  const events = {};
  if (status !== 'VERIFIED') events.Verify = { event: 'domainVerified', organizationId, domain };
  if (status !== 'FAILED') events.Fail = { event: 'domainFailed', organizationId, domain };
  if (status !== 'PENDING') events.Unverify = { event: 'domainPending', organizationId, domain };
  return events;
}

function Domains({ id }) {
  const badge = (word) => html` <span class="badge">${word}</span>`;
  const columns = (reload) => [
    ['Domain', (one) => [one.DomainName, one.IsDefault && badge('default'), one.IsTestDomain && badge('test')]],
    ['Ownership', (one) => html`<${State} of=${one.OwnershipVerificationStatus} />`],
    ['DKIM', (one) => html`<${State} of=${one.DkimVerificationStatus} />`, 'wide'],
    ['Simulate', (one) => html`<${Simulations} events=${eventsOf(one, id)} of=${one.DomainName} reload=${reload} />`],
  ];
  return html`<${TablePart} title="Domains" load=${() => domainsOf(id)} columns=${columns}
    keyOf=${(one) => one.DomainName} />`;
}

function Summary({ facts, reload }) {
  const [busy, note, simulate] = useSimulation(reload);
  const change = (fields) => simulate({
    event: 'organizationState', organizationId: facts.OrganizationId, ...fields });
  return html`<section class="card"><h2>Attributes</h2><${Attributes} of=${facts} />
    <details><summary>Simulate another state</summary>
      <${Form} class="bar" onSubmit=${change}>
        <${Choice} label="State" name="state" options=${STATES} value=${facts.State} />
        <${Field} label="Error message" name="message" placeholder="none" />
        <button disabled=${busy}>Set</button>
      <//>
    </details>${note}</section>`;
}

function Tab({ facts, tab }) {
  const organization = facts.OrganizationId;
  if (tab === 'rules') return html`<${Rules} organization=${organization} />`;
  if (tab === 'jobs') return html`<${Jobs} organization=${organization} />`;
  if (tab === 'mail-flow') return html`<${MailFlow} facts=${facts} />`;
  if (tab === 'effects') return html`<${Effects} organization=${organization} />`;
  return html`<${EntityList} key=${tab} organization=${organization} tab=${KINDS[tab] ? tab : 'users'} />`;
}

export function Organization({ id, tab }) {
  const loaded = useLoaded(() => describe(id));
  return html`<${Loaded} of=${loaded}>${({ facts, counts }) => html`
    <p><a href="#/organizations">Organizations</a></p>
    <h1>${facts.Alias}</h1>
    <div class="cards"><${Summary} facts=${facts} reload=${loaded.reload} /><${Domains} id=${id} /></div>
    <nav aria-label="Parts of the organization" class="tabs">${Object.entries(TABS).map(([name, title]) => html`
      <a key=${name} href=${`#/organizations/${id}/${name}`} aria-current=${name === tab ? 'page' : undefined}>
        ${title}${counts[name] && html` <small>${counts[name]}</small>`}</a>`)}</nav>
    <${Tab} facts=${facts} tab=${tab} />`}<//>`;
}
