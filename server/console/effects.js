// Evaluates rules with the API's operations for this.
import { html, useState } from './htm-preact.js';
import { Choice, Field, Form, Loaded, State, useAction, useLoaded, useSettled } from './parts.js';
import { api, apiList } from './server.js';

const ACTIONS = ['ActiveSync', 'AutoDiscover', 'EWS', 'IMAP', 'SMTP', 'WindowsOutlook', 'WebMail'];
const OFFERED = 10;

const namesOf = (rules = []) => rules.map((rule) => rule.Name ?? rule).join(', ') || 'no rule; this is the default';

// The users whose name, display name or address starts with the text.
async function usersLike(OrganizationId, text) {
  const filters = ['UsernamePrefix', 'DisplayNamePrefix', 'PrimaryEmailPrefix'];
  const pages = await Promise.all(filters.slice(0, text ? 3 : 1).map((by) => api('ListUsers', {
    OrganizationId, MaxResults: OFFERED, ...(text && { Filters: { [by]: text } }) })));
  const users = pages.flatMap((page) => page.Users).filter((one) => one.State !== 'DELETED');
  return [...new Map(users.map((one) => [one.Id, one])).values()];
}

// A user by name, address or ID, with suggestions while the user types.
function UserField({ organization, name, ...field }) {
  const [text, set] = useState('');
  const wanted = useSettled(text.trim());
  const { value: users = [] } = useLoaded(() => usersLike(organization, wanted), [wanted]);
  return html`<${Field} name=${name} list=${`of-${name}`} placeholder="name, address or ID"
      onInput=${(event) => set(event.target.value)} ...${field} />
    <datalist id=${`of-${name}`}>${users.map((one) => html`<option key=${one.Id} value=${one.Email ?? one.Name}>
      ${[one.Name, one.DisplayName].filter(Boolean).join(', ')}</option>`)}</datalist>`;
}

function Effect({ title, organization, operation, children }) {
  const [busy, note, run] = useAction();
  const ids = { OrganizationId: organization };
  const ask = ({ user, ...fields }) => run(async () => {
    // The operation only accepts an ID.
    if (user) fields.UserId = (await api('DescribeUser', { ...ids, UserId: user })).UserId;
    const { Effect: effect, MatchedRules, Type } = await api(operation, { ...ids, ...fields });
    return html`<${State} of=${effect} /> ${Type} Matched: ${namesOf(MatchedRules)}`;
  });
  return html`<section class="card"><h2>${title}</h2>
    <${Form} class="bar" onSubmit=${ask}>${children}<button class="main" disabled=${busy}
      aria-label=${`Ask: ${title}`}>Ask</button><//>
    ${note}</section>`;
}

export function Effects({ organization }) {
  const loaded = useLoaded(() => apiList('ListImpersonationRoles', 'Roles', { OrganizationId: organization }));
  const roleOptions = (roles) => roles.map((role) => [role.ImpersonationRoleId, role.Name]);
  return html`<${Loaded} of=${loaded}>${(roles) => html`<div class="cards">
    <${Effect} title="A client accesses a mailbox" organization=${organization} operation="GetAccessControlEffect">
      <${Field} label="From address" name="IpAddress" required placeholder="192.0.2.1" />
      <${Choice} label="With" name="Action" options=${ACTIONS} />
      <${UserField} label="User" name="user" organization=${organization} />
      <${Choice} label="Or impersonation role" name="ImpersonationRoleId"
        options=${[['', 'none'], ...roleOptions(roles)]} />
    <//>
    <${Effect} title="A mobile device connects" organization=${organization} operation="GetMobileDeviceAccessEffect">
      <${Field} label="Type" name="DeviceType" placeholder="phone" />
      <${Field} label="Model" name="DeviceModel" />
      <${Field} label="Operating system" name="DeviceOperatingSystem" />
      <${Field} label="User agent" name="DeviceUserAgent" />
    <//>
    ${roles.length > 0 && html`<${Effect} title="A role acts for a user" organization=${organization}
        operation="GetImpersonationRoleEffect">
      <${Choice} label="Role" name="ImpersonationRoleId" options=${roleOptions(roles)} />
      <${UserField} label="For the user" name="TargetUser" organization=${organization} required />
    <//>`}
  </div>`}<//>`;
}
