// What an organization was told to do: rules, roles, policies, and its export jobs.
import { html } from './htm-preact.js';
import { Facts, Json, Loaded, State, Table, timeText, useAction, useLoaded } from './parts.js';
import { api, apiList, control } from './server.js';

// A rule's conditions in one cell: "IpRanges: 10.0.0.0/8".
function conditions(rule) {
  const lists = Object.entries(rule).filter(([, value]) => Array.isArray(value) && value.length > 0);
  return lists.map(([name, values]) => html`<div key=${name}>${name}: ${values.join(', ')}</div>`);
}

const ruleColumns = [
  ['Name', (rule) => rule.Name],
  ['Effect', (rule) => html`<${State} of=${rule.Effect} />`],
  ['When', conditions],
  ['Description', (rule) => rule.Description, 'wide'],
];

// One part of the page, which may fail alone.
export function Part({ title, load, inputs, children }) {
  const loaded = useLoaded(load, inputs);
  return html`<section class="card"><h2>${title}</h2>
    <${Loaded} of=${loaded}>${(value) => children(value, loaded.reload)}<//></section>`;
}

// What an operation answers, attribute by attribute; `absent` is the error that means there is none.
function Configuration({ title, organization, operation }) {
  const load = async () => {
    try {
      return await api(operation, { OrganizationId: organization });
    } catch (error) {
      if (error.code === 'ResourceNotFoundException') return {};
      throw error;
    }
  };
  return html`<${Part} title=${title} load=${load} inputs=${[organization]}>${(answer) => (Object.keys(answer).length > 0
    ? html`<${Facts} of=${Object.fromEntries(Object.entries(answer).map(([name, value]) =>
        [name, typeof value === 'object' ? html`<${Json} of=${value} />` : String(value)]))} />`
    : html`<p class="quiet">None.</p>`)}<//>`;
}

async function rolesOf(OrganizationId) {
  const roles = await apiList('ListImpersonationRoles', 'Roles', { OrganizationId });
  const details = ({ ImpersonationRoleId }) => api('GetImpersonationRole', { OrganizationId, ImpersonationRoleId });
  return Promise.all(roles.map(details));
}

export function Rules({ organization }) {
  const list = (operation) => async () => (await api(operation, { OrganizationId: organization })).Rules;
  const availabilities = () => apiList(
    'ListAvailabilityConfigurations', 'AvailabilityConfigurations', { OrganizationId: organization });
  const roleColumns = [
    ['Name', (role) => role.Name],
    ['Type', (role) => role.Type],
    ['Rules', (role) => role.Rules.map((rule) => html`<div key=${rule.ImpersonationRuleId}>${rule.Name}: ${rule.Effect}
      ${' '}${[...(rule.TargetUsers ?? []), ...(rule.NotTargetUsers ?? []).map((user) => `not ${user}`)].join(', ')}</div>`)],
    ['Id', (role) => html`<span class="id">${role.ImpersonationRoleId}</span>`, 'wide'],
  ];
  const availabilityColumns = [
    ['Domain', (one) => one.DomainName],
    ['Provider', (one) => one.ProviderType],
    ['Where', (one) => one.EwsProvider?.EwsEndpoint ?? one.LambdaProvider?.LambdaArn],
  ];
  return html`<section>
    <${Part} title="Access control rules" inputs=${[organization]} load=${list('ListAccessControlRules')}>${(rows) => html`
      <${Table} caption="Access control rules" rows=${rows} columns=${ruleColumns} empty="None." />`}<//>
    <${Part} title="Mobile device access rules" inputs=${[organization]}
        load=${list('ListMobileDeviceAccessRules')}>${(rows) => html`
      <${Table} caption="Mobile device access rules" rows=${rows} columns=${ruleColumns} empty="None." />`}<//>
    <${Part} title="Impersonation roles" inputs=${[organization]} load=${() => rolesOf(organization)}>${(rows) => html`
      <${Table} caption="Impersonation roles" rows=${rows} columns=${roleColumns} empty="None." />`}<//>
    <${Part} title="Availability configurations" inputs=${[organization]} load=${availabilities}>${(rows) => html`
      <${Table} caption="Availability configurations" rows=${rows} columns=${availabilityColumns} empty="None." />`}<//>
    <div class="cards">
      <${Configuration} title="Default retention policy" organization=${organization} operation="GetDefaultRetentionPolicy" />
      <${Configuration} title="Inbound DMARC" organization=${organization} operation="DescribeInboundDmarcSettings" />
      <${Configuration} title="Email monitoring" organization=${organization}
        operation="DescribeEmailMonitoringConfiguration" />
      <${Configuration} title="Identity provider" organization=${organization}
        operation="DescribeIdentityProviderConfiguration" />
    </div></section>`;
}

export function Jobs({ organization }) {
  const [busy, said, run] = useAction();
  const load = () => apiList('ListMailboxExportJobs', 'Jobs', { OrganizationId: organization });
  const columns = (reload) => [
    ['Job', (job) => html`${job.Description} <span class="id">${job.JobId}</span>`],
    ['State', (job) => html`<${State} of=${job.State} /> ${job.EstimatedProgress} %`],
    ['Mailbox', (job) => html`<span class="id">${job.EntityId}</span>`, 'wide'],
    ['To', (job) => job.S3Path ?? job.S3BucketName],
    ['Started', (job) => timeText(job.StartTime), 'wide'],
    ['Ended', (job) => timeText(job.EndTime), 'wide'],
    ['Simulate', (job) => job.State === 'RUNNING' && html`<div class="actions">
      ${Object.entries({ exportJobCompleted: 'Complete', exportJobFailed: 'Fail' }).map(([event, title]) => html`
        <button key=${event} disabled=${busy} aria-label=${`${title}: ${job.JobId}`} onClick=${() => run(async () => {
          await control('POST', 'simulate', { event, jobId: job.JobId });
          reload();
        })}>${title}</button>`)}</div>`],
  ];
  return html`<${Part} title="Mailbox export jobs" load=${load} inputs=${[organization]}>${(rows, reload) => html`
    <${Table} caption="Mailbox export jobs" rows=${rows} columns=${columns(reload)} keyOf=${(job) => job.JobId}
      empty="No export job." /><button onClick=${reload}>Refresh</button>${said}`}<//>`;
}
