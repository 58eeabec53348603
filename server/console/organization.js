// One organization: what it is, its domains, and a tab for each thing that it holds.
import { html } from './htm-preact.js';
import { EntityList, KINDS } from './entity_list.js';
import { Effects } from './effects.js';
import { Choice, Facts, Field, Form, Loaded, State, Table, timeText, useAction, useLoaded } from './parts.js';
import { Jobs, Rules } from './rules.js';
import { api, apiList, control } from './server.js';

const TABS = { users: 'Users', groups: 'Groups', resources: 'Resources', rules: 'Rules', jobs: 'Jobs', effects: 'What if' };
const STATES = ['Requested', 'Creating', 'Validating', 'Active', 'Failed', 'Impaired', 'Inactive', 'Deleting', 'Deleted'];
const STATUSES = [
  ['VERIFIED', 'domainVerified', 'Verify'],
  ['FAILED', 'domainFailed', 'Fail'],
  ['PENDING', 'domainPending', 'Unverify'],
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

function Domains({ id }) {
  const loaded = useLoaded(() => domainsOf(id), [id]);
  const [busy, said, run] = useAction();
  const simulate = (event, domain) => run(async () => {
    await control('POST', 'simulate', { event, organizationId: id, domain });
    loaded.reload();
  });
  const columns = [
    ['Domain', (one) => html`${one.DomainName} ${one.IsDefault && html`<span class="badge">default</span>`}
      ${one.IsTestDomain && html`<span class="badge">test</span>`}`],
    ['Ownership', (one) => html`<${State} of=${one.OwnershipVerificationStatus} />`],
    ['DKIM', (one) => html`<${State} of=${one.DkimVerificationStatus} />`, 'wide'],
    ['Simulate', (one) => html`<div class="actions">${STATUSES.map(([status, event, title]) =>
      status !== one.OwnershipVerificationStatus && html`<button key=${event} disabled=${busy}
        aria-label=${`${title}: ${one.DomainName}`} onClick=${() => simulate(event, one.DomainName)}>${title}</button>`)}</div>`],
  ];
  return html`<section class="card"><h2>Domains</h2>
    <${Loaded} of=${loaded}>${(rows) => html`<${Table} caption="Domains" rows=${rows} columns=${columns}
      keyOf=${(one) => one.DomainName} empty="No domain." />`}<//>${said}</section>`;
}

function Summary({ facts, reload }) {
  const [busy, said, run] = useAction();
  const simulate = (fields) => run(async () => {
    await control('POST', 'simulate', { event: 'organizationState', organizationId: facts.OrganizationId, ...fields });
    reload();
  });
  const shown = { ...facts, State: html`<${State} of=${facts.State} />`, CompletedDate: timeText(facts.CompletedDate),
    InteroperabilityEnabled: String(facts.InteroperabilityEnabled), Alias: undefined };
  return html`<section class="card"><h2>Attributes</h2><${Facts} of=${shown} />
    <details><summary>Simulate another state</summary>
      <${Form} class="bar" onSubmit=${simulate}>
        <${Choice} label="State" name="state" options=${STATES} value=${facts.State} />
        <${Field} label="Error message" name="message" placeholder="none" />
        <button disabled=${busy}>Set</button>
      <//>
    </details>${said}</section>`;
}

function Tab({ organization, tab }) {
  if (tab === 'rules') return html`<${Rules} organization=${organization} />`;
  if (tab === 'jobs') return html`<${Jobs} organization=${organization} />`;
  if (tab === 'effects') return html`<${Effects} organization=${organization} />`;
  return html`<${EntityList} key=${tab} organization=${organization} tab=${KINDS[tab] ? tab : 'users'} />`;
}

export function Organization({ id, tab }) {
  const loaded = useLoaded(() => describe(id), [id]);
  return html`<${Loaded} of=${loaded}>${({ facts, counts }) => html`
    <p><a href="#/organizations">Organisations</a></p>
    <h1>${facts.Alias}</h1>
    <div class="cards"><${Summary} facts=${facts} reload=${loaded.reload} /><${Domains} id=${id} /></div>
    <nav aria-label="Parts of the organisation" class="tabs">${Object.entries(TABS).map(([name, title]) => html`
      <a key=${name} href=${`#/organizations/${id}/${name}`} aria-current=${name === tab ? 'page' : undefined}>
        ${title}${counts[name] && html` <small>${counts[name]}</small>`}</a>`)}</nav>
    <${Tab} organization=${id} tab=${tab} />`}<//>`;
}
