// The organizations of the chosen account and region.
import { html, useState } from './htm-preact.js';
import { Id, Loaded, State, Table, useLoaded } from './parts.js';
import { apiList, caller } from './server.js';
import { Elsewhere } from './where.js';

const FEW = 10;

const columns = [
  ['Alias', (one) => html`<a href=${`#/organizations/${one.OrganizationId}`}>${one.Alias}</a>`],
  ['State', (one) => html`<${State} of=${one.State} /> ${one.ErrorMessage}`],
  ['Default domain', (one) => one.DefaultMailDomain],
  ['ID', (one) => html`<${Id} of=${one.OrganizationId} />`],
];

function Found({ all }) {
  const [text, filter] = useState('');
  const has = (value) => value?.toLowerCase().includes(text.trim().toLowerCase());
  const shown = all.filter((one) => [one.Alias, one.State, one.DefaultMailDomain, one.OrganizationId].some(has))
    .sort((a, b) => a.Alias.localeCompare(b.Alias));
  const whose = `${caller.account || 'the default account'} in ${caller.region || 'the default region'}`;
  return html`${all.length > FEW && html`<div class="bar" role="search"><label class="grow"><span>Find</span>
      <input type="search" value=${text} placeholder="alias, state, domain or ID"
        onInput=${(event) => filter(event.target.value)} /></label>
      <span role="status">${shown.length} of ${all.length}</span></div>`}
    <${Table} caption="Organizations" rows=${shown} columns=${columns} keyOf=${(one) => one.OrganizationId}
      empty=${text ? 'No organization matches this filter.'
        : html`No organization belongs to ${whose}. <${Elsewhere} /> An example is under
          ${' '}<a href="#/setup">Setup</a>.`} />`;
}

export function Organizations() {
  const loaded = useLoaded(() => apiList('ListOrganizations', 'OrganizationSummaries'),
    [caller.account, caller.region]);
  return html`<section><h1>Organizations</h1>
    <${Loaded} of=${loaded}>${(all) => html`<div><${Found} all=${all} />
      <button onClick=${loaded.reload}>Refresh</button></div>`}<//></section>`;
}
