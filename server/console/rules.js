// The settings of an organization: rules, roles, policies, and its export jobs.
import { html } from './htm-preact.js';
import { Attributes, Id, Part, Simulations, State, TablePart, timeText } from './parts.js';
import { api, apiList, control } from './server.js';

// The conditions of a rule in one cell: "IpRanges: 10.0.0.0/8".
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

function targets({ TargetUsers = [], NotTargetUsers = [] }) {
  return [...TargetUsers, ...NotTargetUsers.map((user) => `not ${user}`)].join(', ');
}

const roleColumns = [
  ['Name', (role) => role.Name],
  ['Type', (role) => role.Type],
  ['Rules', (role) => role.Rules.map((rule) => html`
    <div key=${rule.ImpersonationRuleId}>${rule.Name}: ${rule.Effect} ${targets(rule)}</div>`)],
  ['ID', (role) => html`<${Id} of=${role.ImpersonationRoleId} />`],
];

const availabilityColumns = [
  ['Domain', (one) => one.DomainName],
  ['Provider', (one) => one.ProviderType],
  ['Where', (one) => one.EwsProvider?.EwsEndpoint ?? one.LambdaProvider?.LambdaArn],
];

const applicationColumns = [
  ['Name', (one) => one.name],
  ['Application', (one) => html`<${Id} of=${one.arn} />`],
  ['Instance', (one) => html`<${Id} of=${one.instanceArn} />`],
];

// The operation that describes each setting; these errors mean that it is not set.
const NOT_FOUND = ['ResourceNotFoundException', 'EntityNotFoundException'];
const CONFIGURATIONS = {
  'Default retention policy': 'GetDefaultRetentionPolicy',
  'Inbound DMARC': 'DescribeInboundDmarcSettings',
  'Email monitoring': 'DescribeEmailMonitoringConfiguration',
  'Identity provider': 'DescribeIdentityProviderConfiguration',
};

function Configuration({ title, operation, input }) {
  const load = () => api(operation, input).catch((error) => {
    if (!NOT_FOUND.includes(error.code)) throw error;
    return {};
  });
  return html`<${Part} title=${title} load=${load}>${(answer) => (Object.keys(answer).length > 0
    ? html`<${Attributes} of=${answer} />` : html`<p class="quiet">None.</p>`)}<//>`;
}

async function rolesOf(input) {
  const roles = await apiList('ListImpersonationRoles', 'Roles', input);
  const details = ({ ImpersonationRoleId }) => api('GetImpersonationRole', { ...input, ImpersonationRoleId });
  return Promise.all(roles.map(details));
}

export function Rules({ organization }) {
  const input = { OrganizationId: organization };
  const rulesOf = (operation) => async () => (await api(operation, input)).Rules;
  const applications = async () => (
    (await control('GET', `organizations/${organization}/identity-center-applications`)).applications);
  const availabilities = () => apiList('ListAvailabilityConfigurations', 'AvailabilityConfigurations', input);
  return html`<section>
    <${TablePart} title="Access control rules" load=${rulesOf('ListAccessControlRules')} columns=${ruleColumns} />
    <${TablePart} title="Mobile device access rules" load=${rulesOf('ListMobileDeviceAccessRules')}
      columns=${ruleColumns} />
    <${TablePart} title="Impersonation roles" load=${() => rolesOf(input)} columns=${roleColumns} />
    <${TablePart} title="Availability configurations" load=${availabilities} columns=${availabilityColumns} />
    <${TablePart} title="Identity Center applications of the account and region" load=${applications}
      columns=${applicationColumns} keyOf=${(one) => one.arn} />
    <div class="cards">${Object.entries(CONFIGURATIONS).map(([title, operation]) => html`
      <${Configuration} key=${title} title=${title} operation=${operation} input=${input} />`)}</div></section>`;
}

export function Jobs({ organization }) {
  const load = () => apiList('ListMailboxExportJobs', 'Jobs', { OrganizationId: organization });
  const eventsOf = ({ JobId: jobId }) => (
    { Complete: { event: 'exportJobCompleted', jobId }, Fail: { event: 'exportJobFailed', jobId } });
  const columns = (reload) => [
    ['Job', (job) => html`${job.Description} <${Id} of=${job.JobId} />`],
    ['State', (job) => html`<${State} of=${job.State} /> ${job.EstimatedProgress} %`],
    ['Mailbox', (job) => html`
      <a class="id" href=${`#/organizations/${organization}/users/${job.EntityId}`}>${job.EntityId}</a>`],
    ['To', (job) => job.S3Path ?? job.S3BucketName],
    ['Started', (job) => timeText(job.StartTime), 'wide'],
    ['Ended', (job) => timeText(job.EndTime), 'wide'],
    ['Simulate', (job) => job.State === 'RUNNING' && html`
      <${Simulations} events=${eventsOf(job)} of=${job.JobId} reload=${reload} />`],
  ];
  return html`<${TablePart} title="Mailbox export jobs" load=${load} columns=${columns} keyOf=${(job) => job.JobId}
    empty="No export job.">${(reload) => html`<button onClick=${reload}>Refresh</button>`}<//>`;
}
