// Operations on the whole state: sharing it as a document, snapshots, reset.
import { html, useEffect, useRef, useState } from './htm-preact.js';
import { readAgain } from './journal.js';
import {
  ConfirmButton, CopyButton, Field, Form, Json, Loaded, Table, timeText, useAction, useLoaded,
} from './parts.js';
import { caller, control, controlResponse, download } from './server.js';

const isSnapshot = async (file) => (await file.slice(0, 15).text()) === 'SQLite format 3';

// Returns a sentence.
export async function addSeed(file) {
  const { Organizations: organizations } = await (await controlResponse('POST', 'seed', file)).json();
  const names = organizations.map(({ Alias, OrganizationId }) => `${Alias} (${OrganizationId})`);
  return `Added ${names.join(', ') || 'nothing'}.`;
}

// Adds a seed document, or stores a snapshot under the name of its file. Returns a sentence.
export async function addFile(file) {
  if (!(await isSnapshot(file))) return addSeed(file);
  const name = file.name.replace(/\.sqlite3?$/, '').replace(/[^\w.-]/g, '-').slice(0, 64) || 'uploaded';
  await controlResponse('PUT', `snapshots/${name}`, file);
  return `Uploaded the snapshot ${name}. Restore it under State.`;
}

// A button that opens the browser's file dialog.
function FileButton({ children, accept, onFile, disabled }) {
  const input = useRef();
  const chosen = () => {
    if (input.current.files[0]) onFile(input.current.files[0]);
    input.current.value = '';
  };
  return html`<button type="button" disabled=${disabled} onClick=${() => input.current.click()}>${children}</button>
    <input ref=${input} type="file" hidden accept=${accept} onChange=${chosen} />`;
}

const UNDO = 'console-undo';
const UNDO_FOR = 60000;

// Saves everything that `change` replaces, also the fault rules, and returns the function that restores it.
async function undoable(change) {
  await control('PUT', `snapshots/${UNDO}`);
  const { faults } = await control('GET', 'faults');
  await change();
  return async () => {
    await control('POST', `snapshots/${UNDO}/restore`, {});
    await control('DELETE', 'faults');
    for (const { id, matched, triggered, ...rule } of faults) await control('POST', 'faults', rule);
    await control('DELETE', `snapshots/${UNDO}`);
  };
}

// The button that undoes the last change, shown for a minute: [button, keep].
function useUndo(act) {
  const [undo, set] = useState(null);
  useEffect(() => {
    const timer = undo && setTimeout(() => {
      set(null);
      act(() => control('DELETE', `snapshots/${UNDO}`), 'The last change can no longer be undone.');
    }, UNDO_FOR);
    return () => clearTimeout(timer);
  }, [undo]);
  const click = () => {
    set(null);
    act(undo, 'Everything is as it was before, but for the requests.');
  };
  const button = undo && html`<button onClick=${click}>Undo</button> <span class="quiet">possible for a minute</span>`;
  return [button, (back) => set(() => back)];
}

function Share({ busy, act }) {
  const { account } = caller;
  const query = account && `?account=${account}`;
  const load = `workmail-local --seed state.json`;
  const post = `curl --data-binary @state.json ${window.location.origin}/_workmail/seed`;
  const way = (text) => html`<${Json} of=${text} /><div class="actions"><${CopyButton} text=${text}
    label=${`Copy ${text}`}>Copy<//></div>`;
  return html`<section class="card"><h2>Share this state</h2>
    <p>One file, <code>state.json</code>, gives others this exact state.</p>
    <div class="actions">
      <button class="main" disabled=${busy} onClick=${() => act(() => download('state', 'state.json'))}>
        Download the state</button>
      ${account && html`<button disabled=${busy} onClick=${() => act(() => download(`state${query}`, 'state.json'))}>
        Download only account ${account}</button>`}
    </div>
    <div class="sides">
      <div><h3>It contains</h3><p>the organizations with users, groups, resources, domains, rules, jobs and messages;
        IDs, states and dates; retained mailboxes and DELETED entities; the clock, if it is not real time</p></div>
      <div><h3>It leaves out</h3><p>passwords, tokens and other secrets; requests, fault rules and snapshots</p></div>
    </div>
    <h3>Load it</h3>
    <p>Start an empty server with it:</p>${way(load)}
    <p>or add it to one that runs: drop it on any page of the console,${' '}
      <${FileButton} disabled=${busy} accept=".json,.jsonc" onFile=${(file) => act(() => addSeed(file))}>
        Choose a document<//> or</p>${way(post)}</section>`;
}

export function Snapshots() {
  const loaded = useLoaded(() => control('GET', 'snapshots'));
  const [busy, note, run] = useAction();
  const act = (action, sentence) => run(async () => {
    const answer = await action();
    loaded.reload();
    return sentence ?? answer;
  });
  const [undo, keep] = useUndo(act);
  const call = (method, path, body, sentence) => act(() => control(method, path, body), sentence);
  const replace = (path, body, sentence) => act(async () => {
    keep(await undoable(() => control('POST', path, body)));
    readAgain();
  }, sentence);
  const reset = (body, sentence) => replace('reset', body, sentence);
  const take = ({ name }, form) => act(
    () => control('PUT', `snapshots/${name}`).then(() => form.reset()), `Took ${name}.`);
  const columns = [
    ['Name', ({ name }) => name],
    ['Taken (real time)', ({ at }) => timeText(at), 'wide'],
    ['KiB', ({ bytes }) => Math.ceil(bytes / 1024), 'number'],
    ['Actions', ({ name }) => html`<div class="actions">
      <${ConfirmButton} question=${`Restore ${name}? It replaces everything.`} label=${`Restore ${name}`}
        onConfirm=${() => replace(`snapshots/${name}/restore`, {}, `Restored ${name}.`)}>Restore<//>
      <button disabled=${busy} aria-label=${`Download ${name}`}
        onClick=${() => act(() => download(`snapshots/${name}`, `${name}.sqlite3`))}>
        Download</button>
      <${ConfirmButton} label=${`Delete ${name}`} question=${`Delete ${name}?`}
        onConfirm=${() => call('DELETE', `snapshots/${name}`, undefined, `Deleted ${name}.`)}>Delete<//>
    </div>`],
  ];
  return html`<section><div class="undo"><h1>State</h1>${note}${undo}</div>
    <${Share} busy=${busy} act=${act} />
    <section class="card"><h2>Snapshots</h2>
      <p class="quiet">A snapshot keeps all data and the clock, in memory, until the server stops. A downloaded
        one is a file for <code>--data</code>.</p>
      <${Form} class="actions" onSubmit=${take}>
        <${Field} label="Name" name="name" required pattern="[A-Za-z0-9._\\-]{1,64}" placeholder="before"
          title="Up to 64 letters, digits, dots, dashes and underscores" />
        <button disabled=${busy}>Take a snapshot</button>
        <${FileButton} disabled=${busy} accept=".sqlite3,.sqlite,.db" onFile=${(file) => act(() => addFile(file))}>
          Upload one<//>
      <//>
      <${Loaded} of=${loaded}>${({ snapshots }) => html`<${Table} caption="Snapshots" rows=${snapshots}
        columns=${columns} keyOf=${({ name }) => name} empty="No snapshot." />`}<//>
    </section>
    <section class="card"><h2>Reset</h2>
      <p class="quiet">A reset also deletes the requests and the fault rules.</p>
      <div class="actions">
        <${ConfirmButton} question="Reset to the state at the start?"
          onConfirm=${() => reset({ to: 'start' }, 'Back at the start.')}>Reset to the start<//>
        <${ConfirmButton} question="Delete everything?"
          onConfirm=${() => reset({ to: 'empty' }, 'Everything is deleted.')}>Delete everything<//>
        ${caller.account && html`<${ConfirmButton} question=${`Delete everything of ${caller.account}?`}
          onConfirm=${() => reset({ to: 'empty', account: caller.account }, `${caller.account} is empty.`)}
          >Delete account ${caller.account}<//>`}
      </div>
    </section></section>`;
}
