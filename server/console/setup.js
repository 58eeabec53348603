// How to point a program at this server, and what the server is.
import { html } from './htm-preact.js';
import { CopyButton, Facts, Json, Loaded, spanText, timeText, useAction, useLoaded } from './parts.js';
import { caller, control } from './server.js';

const EXAMPLE = {
  Organizations: [{
    Alias: 'example',
    Domains: [{ DomainName: 'example.test', DefaultDomain: true }],
    Users: [
      { Name: 'alice', DisplayName: 'Alice Adams', Email: 'alice@example.test', Aliases: ['al@example.test'] },
      { Name: 'bob', DisplayName: 'Bob Brown', Email: 'bob@example.test' },
      { Name: 'carol', DisplayName: 'Carol Clark' },
    ],
    Groups: [{ Name: 'staff', Email: 'staff@example.test', Members: ['alice', 'bob'] }],
    Resources: [{ Name: 'room-1', Type: 'ROOM', Email: 'room-1@example.test', Delegates: ['alice'] }],
  }],
};

function snippets(endpoint) {
  const region = caller.region || 'us-east-1';
  const account = caller.account || 'test';
  return {
    'Every SDK and the AWS CLI, with environment variables': `export AWS_ENDPOINT_URL_WORKMAIL=${endpoint}
export AWS_ACCESS_KEY_ID=${account} AWS_SECRET_ACCESS_KEY=test AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    'AWS CLI': `aws workmail list-organizations --endpoint-url ${endpoint} --region ${region}`,
    'Python, boto3': `import boto3

workmail = boto3.client("workmail", endpoint_url="${endpoint}", region_name="${region}",
                        aws_access_key_id="${account}", aws_secret_access_key="test")
print(workmail.list_organizations()["OrganizationSummaries"])`,
    'JavaScript, AWS SDK 3': `import { WorkMail } from "@aws-sdk/client-workmail";

const workmail = new WorkMail({ endpoint: "${endpoint}", region: "${region}",
  credentials: { accessKeyId: "${account}", secretAccessKey: "test" } });
console.log((await workmail.listOrganizations({})).OrganizationSummaries);`,
    'Java, AWS SDK 2': `WorkMailClient workmail = WorkMailClient.builder()
    .endpointOverride(URI.create("${endpoint}")).region(Region.of("${region}"))
    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("${account}", "test")))
    .build();`,
    'Go, AWS SDK 2': `client := workmail.New(workmail.Options{
	BaseEndpoint: aws.String("${endpoint}"), Region: "${region}",
	Credentials: credentials.NewStaticCredentialsProvider("${account}", "test", ""),
})`,
  };
}

export function Setup() {
  const loaded = useLoaded(() => control('GET', 'health'));
  const [busy, note, run] = useAction();
  const endpoint = window.location.origin;
  const addExample = () => run(async () => {
    const document = structuredClone(EXAMPLE);
    const [organization] = document.Organizations;
    if (caller.account) organization.Account = caller.account;
    if (caller.region) organization.Region = caller.region;
    const answer = await control('POST', 'seed', document);
    window.location.hash = `#/organizations/${answer.Organizations[0].OrganizationId}`;
  });
  return html`<section><h1>Setup</h1>
    <section class="card">
      <p>Amazon WorkMail answers on this machine at <code>${endpoint}</code>. Point a program at it with one of the
        snippets below: its calls appear under <a href="#/requests">Requests</a>.</p>
      <div class="actions">
        <button class="main" disabled=${busy} onClick=${addExample}>Add an example organization</button>
      </div>
      ${note}
    </section>
    <div class="cards">${Object.entries(snippets(endpoint)).map(([title, text]) => html`
      <section key=${title} class="card"><h2>${title}</h2>
        <${Json} code of=${text} /><${CopyButton} text=${text}>Copy<//></section>`)}</div>
    <p class="quiet">An access key ID of twelve digits is the account; with any other key, calls belong to the default
      account.</p>
    <section class="card"><h2>This server</h2>
      <${Loaded} of=${loaded}>${(health) => html`<${Facts} of=${{
        Version: health.version, Operations: health.operations,
        Storage: health.storage === 'memory' ? 'in memory' : 'in a file',
        Clock: `${timeText(health.clock.now)}, ${health.clock.mode}`,
        'Running for': spanText(health.uptimeSeconds / 86400),
        Options: Object.entries(health.options).map((option) => option.join(' ')).join(', ') || 'none',
      }} />`}<//>
    </section></section>`;
}
