// The server's state in the header: the account and region, the clock, and the fault rules.
import { html, useEffect, useState } from './htm-preact.js';
import { KINDS } from './entity_list.js';
import { useJournal } from './journal.js';
import { Field, Form, Loaded, plural, spanText, timeText, useLoaded } from './parts.js';
import { api, caller, CHANGED, control, setCaller } from './server.js';

const AGAIN_AFTER = 3000;
const OTHER = 'other';

// The current overview of the server.
export function useOverview() {
  const [overview, set] = useState(null);
  useEffect(() => {
    const read = () => !document.hidden && control('GET', 'overview').then(set, () => {});
    read();
    const timer = setInterval(read, AGAIN_AFTER);
    window.addEventListener(CHANGED, read);
    return () => {
      clearInterval(timer);
      window.removeEventListener(CHANGED, read);
    };
  }, []);
  return overview;
}

// Chooses an account and region. The defaults are stored as empty.
function choose(account, region, defaults) {
  setCaller(account === defaults.account ? '' : account, region === defaults.region ? '' : region);
}

function clockWords({ mode, now }) {
  if (mode === 'frozen') return `Clock frozen at ${timeText(now)}`;
  const days = (Date.parse(now) - Date.now()) / 86400000;
  return `Clock ${spanText(days)} ${days < 0 ? 'behind' : 'ahead'}`;
}

const placeText = ({ account, region, organizations }) => `${account} ${region} (${organizations})`;

function OtherPlace({ overview, onDone }) {
  const use = ({ account, region }) => {
    choose(account, region, overview);
    onDone();
  };
  return html`<${Form} class="actions" onSubmit=${use}>
    <${Field} label="Account" name="account" required pattern="[0-9]{12}" inputmode="numeric" title="Twelve digits"
      size="12" defaultValue=${caller.account || overview.account} />
    <${Field} label="Region" name="region" required pattern="[a-z0-9\\-]{1,32}" title="A region such as eu-west-1"
      size="12" defaultValue=${caller.region || overview.region} />
    <button>Use</button><button type="button" onClick=${onDone}>Cancel</button><//>`;
}

// Lists the accounts and regions with organizations, the chosen one, and those of requests.
function Places({ overview, onChange }) {
  const { entries } = useJournal();
  const [asking, ask] = useState(false);
  const chosen = { account: caller.account || overview.account, region: caller.region || overview.region };
  const places = new Map();
  for (const { account, region, organizations = 0 } of [...overview.places, chosen, ...entries]) {
    const key = `${account} ${region}`;
    if (!places.has(key)) places.set(key, { account, region, organizations });
  }
  const done = () => {
    ask(false);
    onChange();
  };
  if (asking) return html`<${OtherPlace} overview=${overview} onDone=${done} />`;
  const change = ({ target: { value } }) => {
    if (value === OTHER) return ask(true);
    choose(...value.split(' '), overview);
    return onChange();
  };
  return html`<label><span>Account and region</span>
    <select value=${`${chosen.account} ${chosen.region}`} onChange=${change}>
      ${[...places].map(([key, place]) => html`<option key=${key} value=${key}>${placeText(place)}</option>`)}
      <option value=${OTHER}>Other</option></select></label>`;
}

// `bound` is whether the view depends on the account.
export function Where({ bound, onChange }) {
  const overview = useOverview();
  if (!overview) return html`<div class="where" />`;
  const { clock, activeFaults } = overview;
  return html`<div class="where" role="group" aria-label="State of the server">
    ${clock.mode !== 'real' && html`<a class="badge fault" href="#/clock">${clockWords(clock)}</a>`}
    ${activeFaults > 0 && html`<a class="badge fault" href="#/faults">${plural(activeFaults, 'active fault rule')}</a>`}
    ${bound ? html`<${Places} overview=${overview} onChange=${onChange} />`
      : html`<span class="quiet">All accounts and regions</span>`}</div>`;
}

// For a view without data of the chosen account: the accounts and regions with organizations.
export function Elsewhere() {
  const overview = useOverview();
  const others = overview?.places ?? [];
  if (others.length === 0) return null;
  return html`<div>But these have: ${others.map(({ account, region, organizations }) => html`${' '}
    <button key=${account + region} onClick=${() => choose(account, region, overview)}>
      ${account} ${region}: ${plural(organizations, 'organization')}</button>`)}</div>`;
}

// The list that contains the entity.
async function tabOf(OrganizationId, entity) {
  let refusal;
  for (const [tab, { describe, id }] of Object.entries(KINDS)) {
    try {
      await api(describe, { OrganizationId, [id]: entity });
      return tab;
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

// Chooses the account and region of an organization, so that links to it always work. Redirects links to "entities"
// to the list that contains the entity. Then shows `children()`.
export function Located({ organization, tab, entity, children }) {
  const loaded = useLoaded(async () => {
    const place = await control('GET', `organizations/${organization}`);
    const overview = await control('GET', 'overview');
    if (place.account !== (caller.account || overview.account) || place.region !== (caller.region || overview.region)) {
      choose(place.account, place.region, overview);
    }
    if (tab !== 'entities') return true;
    window.location.replace(`#/organizations/${organization}/${await tabOf(organization, entity)}/${entity}`);
    return false;
  });
  return html`<${Loaded} of=${loaded}>${(here) => here && children()}<//>`;
}
