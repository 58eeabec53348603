// Links from IDs to the pages of their entities, with the names found in the journal.
import { html } from './htm-preact.js';

const names = new Map();

// The path does not have the kind of the entity: where.js looks it up.
export const pathOf = (organization, id) => `#/organizations/${organization}${id ? `/entities/${id}` : ''}`;

export const isObject = (value) => value !== null && typeof value === 'object';

// Remembers the names of IDs in a request and its response.
export function learn({ request, response }) {
  if (!isObject(request) || !isObject(response)) return;
  const lists = Object.values(response).filter(Array.isArray).flat().filter(isObject);
  for (const one of [{ ...request, ...response }, ...lists]) {
    const id = one.UserId ?? one.GroupId ?? one.ResourceId ?? one.Id;
    if (id && one.Name) names.set(id, one.Name);
    else if (one.Alias && !one.EntityId) names.set(one.OrganizationId, one.Alias);
  }
}

const ENTITIES = ['UserId', 'GroupId', 'ResourceId', 'EntityId', 'MemberId', 'GranteeId'];
const TEXTS = ['Name', 'Email', 'Alias', 'DomainName', 'DeviceId', 'JobId', 'ImpersonationRoleId'];
const textOf = (object, member) => (typeof object[member] === 'string' ? object[member] : '');

// The subjects of a request, each as [text, path]; a subject without a page has no path.
export function subjects({ request, response }) {
  const asked = isObject(request) ? request : {};
  const made = isObject(response) ? response : {};
  const organization = textOf(asked, 'OrganizationId') || textOf(made, 'OrganizationId');
  const found = ENTITIES.map((member) => textOf(asked, member)).filter(Boolean)
    .map((id) => [names.get(id) ?? id, pathOf(organization, id)]);
  const text = TEXTS.map((member) => textOf(asked, member)).find(Boolean);
  if (text) {
    const id = ENTITIES.map((member) => textOf(made, member)).find(Boolean);
    const isNew = found.length === 0 && (id || textOf(made, 'OrganizationId'));
    found.push([text, isNew && pathOf(organization, id)]);
  }
  if (found.length === 0 && organization) found.push([names.get(organization) ?? organization, pathOf(organization)]);
  return found;
}

export const Subjects = ({ of }) => subjects(of).map(([text, path], index) => html`${index > 0 && ', '}${path
  ? html`<a href=${path} onClick=${(event) => event.stopPropagation()}>${text}</a>` : text}`);

// Members in JSON whose values have a page.
const MEMBERS = /("(?:User|Group|Resource|Entity|Member|Grantee|Organization)?Id": ?")([^"\\]+)/;

// The JSON of a request or a response, with links.
export function LinkedJson({ of, organization }) {
  const text = typeof of === 'string' ? of : JSON.stringify(of, null, 2);
  const parts = text.split(MEMBERS);
  return html`<pre tabindex="0">${parts.map((part, index) => (index % 3 === 2 && organization
    ? html`<a href=${pathOf(organization, part === organization ? '' : part)}>${part}</a>` : part))}</pre>`;
}
