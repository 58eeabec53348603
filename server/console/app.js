// The page: its header, the current view, the token, and dropped files.
import { html, render, useEffect, useReducer, useRef, useState } from './htm-preact.js';
import { Clock } from './clock.js';
import { Entity } from './entity.js';
import { KINDS } from './entity_list.js';
import { Faults } from './faults.js';
import { follow, isOwn, useJournal } from './journal.js';
import { Organization } from './organization.js';
import { Organizations } from './organizations.js';
import { Field, Form, useEscape, useTitle } from './parts.js';
import { Requests } from './requests.js';
import { control, MOVED, setToken } from './server.js';
import { Setup } from './setup.js';
import { addFile, Snapshots } from './snapshots.js';
import { Located, Where } from './where.js';

const VIEWS = {
  requests: ['Requests', Requests],
  organizations: ['Organizations', Organizations],
  clock: ['Clock', Clock],
  faults: ['Faults', Faults],
  snapshots: ['State', Snapshots],
  setup: ['Setup', Setup],
};

// The views that depend on the chosen account.
const BOUND = ['organizations', 'setup'];

// The parts of "#/organizations/m-…/users/…".
const route = () => window.location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);

// Whether another tab of the same organization opens: then the page and the focus stay where they are.
const isTabOf = (path, before) => path[0] === 'organizations' && path[1] && path[1] === before[1]
  && !path[3] && !before[3];

function Plain({ name }) {
  const [title, Shown] = VIEWS[name] ?? VIEWS.requests;
  useTitle(title);
  return html`<${Shown} />`;
}

function View({ path }) {
  const [name, organization, tab, entity] = path;
  if (name === 'organizations' && organization) {
    const isEntity = entity && KINDS[tab];
    return html`<${Located} key=${isEntity || tab === 'entities' ? path : organization} organization=${organization}
      tab=${tab} entity=${entity}>${() => (isEntity
        ? html`<${Entity} organization=${organization} kind=${tab} id=${entity} />`
        : html`<${Organization} id=${organization} tab=${tab ?? 'users'} />`)}<//>`;
  }
  return html`<${Plain} key=${name} name=${name} />`;
}

function TokenQuestion() {
  const { error } = useJournal();
  if (!error?.needsToken) return null;
  const use = ({ token }) => {
    setToken(token ?? '');
    window.location.reload();
  };
  return html`<${Form} class="bar failure" onSubmit=${use}>
    <span>This server requires the token of <code>--control-token</code>. The page keeps it until you close the
      tab.</span>
    <${Field} label="Token" name="token" type="password" required />
    <button>Use it</button>
  <//>`;
}

// A seed document or a snapshot may be dropped anywhere.
function DroppedFiles({ onAdded }) {
  const [note, set] = useState(null);
  const [over, setOver] = useState(false);
  useEscape(note && (() => set(null)));
  useEffect(() => {
    const on = (type, listen) => window.addEventListener(type, (event) => { event.preventDefault(); listen(event); });
    on('dragover', () => setOver(true));
    on('dragleave', (event) => event.relatedTarget === null && setOver(false));
    on('drop', async (event) => {
      setOver(false);
      for (const file of event.dataTransfer.files) {
        try {
          set(await addFile(file));
          onAdded();
        } catch (error) {
          set(`${file.name}: ${error.message}`);
        }
      }
    });
  }, []);
  return html`${over && html`<div class="drop">Drop a seed document or a snapshot</div>`}
    <div role="status">${note && html`
      <p class="toast">${note} <button onClick=${() => set(null)}>Close</button></p>`}</div>`;
}

function App() {
  const [path, go] = useState(route());
  const [asked, ask] = useReducer((count) => count + 1, 0);
  const main = useRef();
  const skip = (event) => {
    event.preventDefault();
    main.current.focus();
  };
  useEffect(() => {
    let before = route();
    const changed = () => {
      const next = route();
      const stays = isTabOf(next, before);
      before = next;
      go(next);
      if (stays) return;
      main.current.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    };
    window.addEventListener('hashchange', changed);
    window.addEventListener(MOVED, ask);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  // Another account does not have the organization on this page.
  const moved = () => {
    if (path.length > 1) window.location.hash = '#/organizations';
  };
  const current = VIEWS[path[0]] ? path[0] : 'requests';
  return html`<a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <header>
      <a class="name" href="#/requests">workmail-local</a>
      <nav aria-label="Views">${Object.entries(VIEWS).map(([name, [title]]) => html`<a key=${name} href=${`#/${name}`}
        aria-current=${name === current ? 'page' : undefined}>${title}</a>`)}</nav>
      <${Where} bound=${BOUND.includes(current)} onChange=${moved} />
    </header>
    <main id="main" ref=${main} tabindex="-1"><${TokenQuestion} />
      <div><${View} key=${asked} path=${path} /></div></main>
    <${DroppedFiles} onAdded=${ask} />`;
}

// A server without organizations and requests starts with the setup.
async function begin() {
  follow();
  if (route().length === 0) {
    try {
      const { places } = await control('GET', 'overview');
      const { requests } = await control('GET', 'requests?limit=100');
      if (places.length === 0 && requests.every(isOwn)) window.location.replace('#/setup');
    } catch { /* the views show what is wrong */ }
  }
  render(html`<${App} />`, document.getElementById('app'));
}

begin();
