// One organization: a tab for each kind of contents, its attributes, and its domains.
import { html } from './htm-preact.js';
import { Domains } from './domains.js';
import { EntityList, KINDS } from './entity_list.js';
import { Effects } from './effects.js';
import { MailFlow } from './mail_flow.js';
import {
  Attributes, Choice, Field, Fold, Form, Loaded, State, TablePart, useLoaded, useSimulation, useTitle,
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

const tagColumns = [['Key', (tag) => tag.Key], ['Value', (tag) => tag.Value]];

async function describe(OrganizationId) {
  const facts = await api('DescribeOrganization', { OrganizationId });
  const counts = {};
  let domains = [];
  try {
    domains = await apiList('ListMailDomains', 'MailDomains', { OrganizationId });
    await Promise.all(Object.entries(KINDS).map(async ([tab, { list, member }]) => {
      const page = await api(list, { OrganizationId, MaxResults: 100 });
      counts[tab] = `${page[member].length}${page.NextToken ? '+' : ''}`;
    }));
  } catch { /* an organization that is not active lists nothing */ }
  domains.sort((a, b) => b.DefaultDomain - a.DefaultDomain);
  return { facts, counts, domains: domains.map((one) => one.DomainName) };
}

function Summary({ facts, reload }) {
  const [busy, note, simulate] = useSimulation(reload);
  const change = (fields) => simulate({
    event: 'organizationState', organizationId: facts.OrganizationId, ...fields });
  const tags = async () => (await api('ListTagsForResource', { ResourceARN: facts.ARN })).Tags;
  return html`<div><${Attributes} of=${facts} />
    <details><summary>Simulate another state</summary>
      <${Form} class="bar" onSubmit=${change}>
        <${Choice} label="State" name="state" options=${STATES} value=${facts.State} />
        <${Field} label="Error message" name="message" placeholder="none" />
        <button disabled=${busy}>Set</button>
      <//>
    </details>${note}
    <${TablePart} title="Tags" load=${tags} columns=${tagColumns} keyOf=${(tag) => tag.Key} /></div>`;
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
  useTitle(TABS[tab], loaded.value?.facts.Alias ?? 'Organization');
  return html`<${Loaded} of=${loaded}>${({ facts, counts, domains }) => html`<section class="organization">
    <p><a href="#/organizations">Organizations</a></p>
    <h1>${facts.Alias} <${State} of=${facts.State} /></h1>
    <nav aria-label="Parts of the organization" class="tabs">${Object.entries(TABS).map(([name, title]) => html`
      <a key=${name} href=${`#/organizations/${id}/${name}`} aria-current=${name === tab ? 'page' : undefined}>
        ${title}${counts[name] && html` <small>${counts[name]}</small>`}</a>`)}</nav>
    <div class="cards">
      <${Fold} title="Attributes" count=${facts.DefaultMailDomain}>${() => html`
        <${Summary} facts=${facts} reload=${loaded.reload} />`}<//>
      <${Fold} title="Domains" count=${domains.length}>${() => html`
        <${Domains} organization=${id} names=${domains} />`}<//>
    </div>
    <${Tab} facts=${facts} tab=${tab} /></section>`}<//>`;
}
