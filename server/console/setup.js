// How to point a client at this server, and details of the server.
import { html, useState } from './htm-preact.js';
import { CopyButton, Facts, Json, Loaded, spanText, timeText, useAction, useLoaded } from './parts.js';
import { caller, control } from './server.js';
import { snippets } from './snippets.js';

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

export function Setup() {
  const loaded = useLoaded(() => control('GET', 'health'));
  const [busy, note, run] = useAction();
  const [language, choose] = useState('Environment variables');
  const endpoint = window.location.origin;
  const all = snippets(endpoint, caller.account || 'test', caller.region || 'us-east-1');
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
      <p>Amazon WorkMail answers on this machine at <code>${endpoint}</code>. Point a program at it: its calls appear
        under <a href="#/requests">Requests</a>.</p>
      <div class="actions" role="group" aria-label="Language">${Object.keys(all).map((name) => html`
        <button key=${name} aria-pressed=${name === language} onClick=${() => choose(name)}>${name}</button>`)}</div>
      <${Json} code of=${all[language]} /><${CopyButton} text=${all[language]}>Copy<//>
      <p class="quiet">An access key ID of twelve digits is the account; with any other key, calls belong to the default
        account. SDKs that AWS has retired are in <code>server/clients.md</code>.</p>
    </section>
    <section class="card"><h2>An example</h2>
      <p>Three users, a group and a resource, to try things with.</p>
      <div class="actions">
        <button class="main" disabled=${busy} onClick=${addExample}>Add an example organization</button>
      </div>
      ${note}
    </section>
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
