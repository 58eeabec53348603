// The domains of an organization. Each expands to its DNS records and the events that can be simulated.
import { html, useState } from './htm-preact.js';
import { CopyButton, Loaded, Part, Simulations, State, Table, useLoaded } from './parts.js';
import { api } from './server.js';

const FEW = 10;

const badge = (word) => html` <span class="badge">${word}</span>`;

// The events that can be simulated for a domain.
function eventsOf({ DomainName: domain, OwnershipVerificationStatus: status }, organizationId) {
  const event = (word, name) => status !== word && { event: name, organizationId, domain };
  return {
    Verify: event('VERIFIED', 'domainVerified'),
    Fail: event('FAILED', 'domainFailed'),
    Unverify: event('PENDING', 'domainPending'),
  };
}

const copied = (member) => (one) => html`<span class="id">${one[member]}</span>${' '}
  <${CopyButton} text=${one[member]} label=${`Copy the ${member.toLowerCase()} ${one[member]}`}>Copy<//>`;

const recordColumns = [['Type', (one) => one.Type], ['Hostname', copied('Hostname')], ['Value', copied('Value')]];

function Domain({ organization, name, open }) {
  const loaded = useLoaded(() => api('GetMailDomain', { OrganizationId: organization, DomainName: name }));
  return html`<details class="domain" open=${open}>
    <summary><strong>${name}</strong>${loaded.value?.IsDefault && badge('default')}
      ${loaded.value?.IsTestDomain && badge('test')}${' '}
      ${loaded.value && html`<${State} of=${loaded.value.OwnershipVerificationStatus} />`}</summary>
    <${Loaded} of=${loaded}>${(facts) => html`<div>
      <p>Ownership <${State} of=${facts.OwnershipVerificationStatus} /> DKIM <${State}
        of=${facts.DkimVerificationStatus} /></p>
      <${Simulations} events=${eventsOf({ DomainName: name, ...facts }, organization)} of=${name}
        reload=${loaded.reload} />
      <${Table} caption=${`DNS records of ${name}`} rows=${facts.Records ?? []} columns=${recordColumns}
        empty="No DNS records." /></div>`}<//>
  </details>`;
}

// The first of `names`, the default domain, is open. Each domain needs a request, so only the visible ones are loaded.
export function Domains({ organization, names }) {
  const [text, filter] = useState('');
  const [most, show] = useState(FEW);
  const found = names.filter((name) => name.includes(text.trim().toLowerCase()));
  return html`<div>
    ${names.length > FEW && html`<div class="bar" role="search"><label class="grow"><span>Find a domain</span>
      <input type="search" value=${text} onInput=${(event) => filter(event.target.value)} /></label>
      <span role="status">${found.length} of ${names.length}</span></div>`}
    ${found.slice(0, most).map((name) => html`<${Domain} key=${name} organization=${organization} name=${name}
      open=${name === names[0]} />`)}
    ${found.length > most && html`<button onClick=${() => show(names.length)}>Show all ${found.length}</button>`}
  </div>`;
}
