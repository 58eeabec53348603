// The users, groups or resources of an organization, a page at a time, so that their number does not matter.
import { html, useState } from './htm-preact.js';
import {
  Choice, dayText, daysLeft, Loaded, retainedUntil, State, Table, timeText, useLoaded, useSettled,
} from './parts.js';
import { api, control } from './server.js';

const PAGE = 100;
const MOST_UPCOMING = 1000;

const FILTERS = { NamePrefix: 'name', PrimaryEmailPrefix: 'address', State: 'state' };

// The names of each kind in the API, and the members of its filter with their labels; a request may have one of them.
export const KINDS = {
  users: { one: 'user', list: 'ListUsers', member: 'Users', describe: 'DescribeUser', id: 'UserId',
    filters: {
      UsernamePrefix: 'name', DisplayNamePrefix: 'display name', PrimaryEmailPrefix: 'address', State: 'state' } },
  groups: { one: 'group', list: 'ListGroups', member: 'Groups', describe: 'DescribeGroup', id: 'GroupId',
    filters: FILTERS },
  resources: { one: 'resource', list: 'ListResources', member: 'Resources', describe: 'DescribeResource',
    id: 'ResourceId', filters: FILTERS },
};

// The current time, and when the DELETED entities in `entities` are removed, by id. The API does not return this. It is
// in the next scheduled events; if there are too many, also in the state document, which is as large as the
// organization.
export async function disappearances(entities, { member, id }, organization) {
  const deleted = entities.filter((one) => one.State === 'DELETED');
  const { now, upcoming } = await control('GET', `clock?upcoming=${deleted.length > 0 ? MOST_UPCOMING : 0}`);
  const tombstones = upcoming.filter((event) => event.kind === 'entityRemoved');
  const ends = Object.fromEntries(tombstones.map((event) => [event.entityId, event.at]));
  if (deleted.some((one) => !ends[one.Id])) {
    const state = await control('GET', `state?organization=${organization}`);
    for (const one of state.Organizations[0][member]) ends[one[id]] = one.DeletedDate && retainedUntil(one.DeletedDate);
  }
  return { now, ends };
}

function columnsOf(organization, tab, { now, ends }) {
  const left = (one) => ends[one.Id] && html`
    <small>${daysLeft(ends[one.Id], now)} days left, until ${dayText(ends[one.Id])}</small>`;
  const columns = [
    ['Name', (one) => html`<a href=${`#/organizations/${organization}/${tab}/${one.Id}`}>${one.Name}</a>`],
    ['State', (one) => html`<${State} of=${one.State} /> ${left(one)}`],
    ['Address', (one) => one.Email],
  ];
  const plain = (title, member) => [title, (one) => one[member], 'wide'];
  const time = (title, member) => [title, (one) => timeText(one[member]), 'wide'];
  if (tab === 'users') columns.push(plain('Display name', 'DisplayName'), plain('Role', 'UserRole'));
  if (tab === 'resources') columns.push(plain('Type', 'Type'), plain('Description', 'Description'));
  return [...columns, time('Enabled', 'EnabledDate'), time('Disabled', 'DisabledDate')];
}

export function EntityList({ organization, tab }) {
  const { list, member, filters } = KINDS[tab];
  const [by, setBy] = useState(Object.keys(filters)[0]);
  const [text, setText] = useState('');
  const [tokens, setTokens] = useState([]);  // of the pages so far, after the first
  const wanted = useSettled(text);
  const load = async () => {
    const token = tokens.at(-1);
    const page = await api(list, { OrganizationId: organization, MaxResults: PAGE, ...(token && { NextToken: token }),
      ...(wanted && { Filters: { [by]: wanted } }) });
    const dates = await disappearances(page[member], KINDS[tab], organization);
    return { rows: page[member], next: page.NextToken, ...dates };
  };
  const loaded = useLoaded(load, [organization, by, wanted, tokens]);
  const filter = (member, prefix) => {
    setBy(member);
    setText(prefix);
    setTokens([]);
  };
  const type = (event) => filter(by, event.target.value);
  return html`<section><div class="bar" role="search">
      <${Choice} label="Filter by" value=${by} options=${Object.entries(filters)}
        onChange=${(event) => filter(event.target.value, '')} />
      ${by === 'State'
        ? html`<${Choice} key="state" label="State is" value=${text} onChange=${type}
            options=${[['', 'any'], 'ENABLED', 'DISABLED', 'DELETED']} />`
        : html`<label key="text" class="grow"><span>Begins with</span>
            <input type="search" value=${text} onInput=${type} /></label>`}
      <button onClick=${loaded.reload}>Refresh</button>
    </div>
    <${Loaded} of=${loaded}>${({ rows, next, ...dates }) => html`
      <${Table} caption=${tab} rows=${rows} columns=${columnsOf(organization, tab, dates)} keyOf=${(one) => one.Id}
        empty=${wanted ? `No ${tab} match this filter.` : `This organization has no ${tab}.`} />
      ${(tokens.length > 0 || next) && html`<div class="actions" role="group" aria-label="Pages">
        <button disabled=${tokens.length === 0} onClick=${() => setTokens(tokens.slice(0, -1))}>Previous</button>
        <span>Page ${tokens.length + 1}</span>
        <button disabled=${!next} onClick=${() => setTokens([...tokens, next])}>Next</button>
      </div>`}`}<//></section>`;
}
