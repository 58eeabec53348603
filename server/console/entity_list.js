// The users, groups or resources of an organization, a page at a time, so that their number does not matter.
import { html, useEffect, useState } from './htm-preact.js';
import { Choice, daysBetween, Loaded, State, Table, timeText, useLoaded } from './parts.js';
import { api, control } from './server.js';

const PAGE = 100;
const TYPING = 250;
export const DAYS_KEPT = 30;

// `filters` are the members of the API's own filter, by what people call them.
export const KINDS = {
  users: { list: 'ListUsers', member: 'Users', many: 'users',
    filters: { UsernamePrefix: 'name', DisplayNamePrefix: 'display name', PrimaryEmailPrefix: 'address' } },
  groups: { list: 'ListGroups', member: 'Groups', many: 'groups', filters: { NamePrefix: 'name', PrimaryEmailPrefix: 'address' } },
  resources: { list: 'ListResources', member: 'Resources', many: 'resources',
    filters: { NamePrefix: 'name', PrimaryEmailPrefix: 'address' } },
};

// How long a DELETED entity is still listed.
export function DaysLeft({ entity, now }) {
  if (entity.State !== 'DELETED' || !entity.DisabledDate) return null;
  const left = Math.max(0, Math.ceil(DAYS_KEPT - daysBetween(entity.DisabledDate, now)));
  return html` <small>${left} ${left === 1 ? 'day' : 'days'} left</small>`;
}

function columnsOf(organization, tab, now) {
  const columns = [
    ['Name', (one) => html`<a href=${`#/organizations/${organization}/${tab}/${encodeURIComponent(one.Id)}`}>${one.Name}</a>`],
    ['State', (one) => html`<${State} of=${one.State} /><${DaysLeft} entity=${one} now=${now} />`],
    ['Address', (one) => one.Email],
  ];
  if (tab === 'users') columns.push(['Display name', (one) => one.DisplayName, 'wide'], ['Role', (one) => one.UserRole, 'wide']);
  if (tab === 'resources') columns.push(['Type', (one) => one.Type, 'wide'], ['Description', (one) => one.Description, 'wide']);
  return [...columns, ['Enabled', (one) => timeText(one.EnabledDate), 'wide'], ['Disabled', (one) => timeText(one.DisabledDate), 'wide']];
}

// The text as it stood when the person stopped typing.
function useSettled(text) {
  const [settled, set] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => set(text), TYPING);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function EntityList({ organization, tab }) {
  const { list, member, many, filters } = KINDS[tab];
  const [by, setBy] = useState(Object.keys(filters)[0]);
  const [text, setText] = useState('');
  const [state, setState] = useState('');
  const [tokens, setTokens] = useState([]);  // of the pages so far, behind the first
  const prefix = useSettled(text);
  const load = async () => {
    const Filters = { ...(prefix && { [by]: prefix }), ...(state && { State: state }) };
    const token = tokens.at(-1);
    const [page, { now }] = await Promise.all([
      api(list, { OrganizationId: organization, MaxResults: PAGE, ...(token && { NextToken: token }),
        ...(Object.keys(Filters).length > 0 && { Filters }) }),
      control('GET', 'clock'),
    ]);
    return { rows: page[member], next: page.NextToken, now };
  };
  const loaded = useLoaded(load, [organization, by, prefix, state, tokens]);
  const change = (set) => (event) => {
    set(event.target.value);
    setTokens([]);
  };
  return html`<section><div class="bar" role="search">
      <label class="grow"><span>Begins with</span><input type="search" value=${text} onInput=${change(setText)} /></label>
      <${Choice} label="Of" value=${by} onChange=${change(setBy)} options=${Object.entries(filters)} />
      <${Choice} label="State" value=${state} onChange=${change(setState)}
        options=${[['', 'every state'], 'ENABLED', 'DISABLED', 'DELETED']} />
      <button onClick=${loaded.reload}>Refresh</button>
    </div>
    <${Loaded} of=${loaded}>${({ rows, next, now }) => html`
      <${Table} caption=${many} rows=${rows} columns=${columnsOf(organization, tab, now)} keyOf=${(one) => one.Id}
        empty=${prefix || state ? `None of the ${many} passes this filter.` : `This organisation has no ${many}.`} />
      ${(tokens.length > 0 || next) && html`<div class="actions" role="group" aria-label="Pages">
        <button disabled=${tokens.length === 0} onClick=${() => setTokens(tokens.slice(0, -1))}>Previous</button>
        <span>Page ${tokens.length + 1}</span>
        <button disabled=${!next} onClick=${() => setTokens([...tokens, next])}>Next</button>
      </div>`}`}<//></section>`;
}
