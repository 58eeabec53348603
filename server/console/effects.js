// "What would happen if": the API's own operations that evaluate the rules.
import { html } from './htm-preact.js';
import { Choice, Field, Form, Loaded, State, useAction, useLoaded } from './parts.js';
import { api, apiList } from './server.js';

const ACTIONS = ['ActiveSync', 'AutoDiscover', 'EWS', 'IMAP', 'SMTP', 'WindowsOutlook', 'WebMail'];

const namesOf = (rules = []) => rules.map((rule) => rule.Name ?? rule).join(', ') || 'no rule; this is the default';

function Effect({ title, organization, operation, children }) {
  const [busy, note, run] = useAction();
  const ask = (fields) => run(async () => {
    const { Effect: effect, MatchedRules, Type } = await api(operation, { OrganizationId: organization, ...fields });
    return html`<${State} of=${effect} /> ${Type} Matched: ${namesOf(MatchedRules)}`;
  });
  return html`<section class="card"><h2>${title}</h2>
    <${Form} class="bar" onSubmit=${ask}>${children}<button class="main" disabled=${busy}>Ask</button><//>
    ${note}</section>`;
}

export function Effects({ organization }) {
  const loaded = useLoaded(() => apiList('ListImpersonationRoles', 'Roles', { OrganizationId: organization }));
  const roleOptions = (roles) => roles.map((role) => [role.ImpersonationRoleId, role.Name]);
  return html`<${Loaded} of=${loaded}>${(roles) => html`<div class="cards">
    <${Effect} title="A client accesses a mailbox" organization=${organization} operation="GetAccessControlEffect">
      <${Field} label="From address" name="IpAddress" required placeholder="192.0.2.1" />
      <${Choice} label="With" name="Action" options=${ACTIONS} />
      <${Field} label="User ID" name="UserId" placeholder="this or a role" />
      <${Choice} label="Impersonation role" name="ImpersonationRoleId"
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
      <${Field} label="User: ID, name or address" name="TargetUser" required />
    <//>`}
  </div>`}<//>`;
}
