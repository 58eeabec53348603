// The organizations of the chosen account and region.
import { html } from './htm-preact.js';
import { State, Table, Loaded, useLoaded } from './parts.js';
import { apiList, caller } from './server.js';
import { Elsewhere } from './where.js';

export function Organizations() {
  const loaded = useLoaded(() => apiList('ListOrganizations', 'OrganizationSummaries'),
    [caller.account, caller.region]);
  const columns = [
    ['Alias', (one) => html`<a href=${`#/organizations/${one.OrganizationId}`}>${one.Alias}</a>`],
    ['State', (one) => html`<${State} of=${one.State} /> ${one.ErrorMessage}`],
    ['Default domain', (one) => one.DefaultMailDomain],
    ['ID', (one) => html`<span class="id">${one.OrganizationId}</span>`, 'wide'],
  ];
  const whose = `${caller.account || 'the default account'} in ${caller.region || 'the default region'}`;
  return html`<section><h1>Organizations</h1>
    <${Loaded} of=${loaded}>${(all) => html`
      <${Table} caption="Organizations" rows=${all} columns=${columns} keyOf=${(one) => one.OrganizationId}
        empty=${html`No organization belongs to ${whose}. <${Elsewhere} /> An example is under
          ${' '}<a href="#/setup">Setup</a>.`} />
      <button onClick=${loaded.reload}>Refresh</button>`}<//></section>`;
}
