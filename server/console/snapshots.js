// The whole state at once: snapshots, reset, seed documents, the state as a document.
import { html, useRef } from './htm-preact.js';
import { readAgain } from './journal.js';
import { ConfirmButton, Field, Form, Loaded, Table, timeText, useAction, useLoaded } from './parts.js';
import { caller, control, controlResponse, download } from './server.js';

const isSnapshot = async (file) => (await file.slice(0, 15).text()) === 'SQLite format 3';

// Answers a sentence.
export async function addSeed(file) {
  const { Organizations: organizations } = await (await controlResponse('POST', 'seed', file)).json();
  const names = organizations.map(({ Alias, OrganizationId }) => `${Alias} (${OrganizationId})`);
  return `Added ${names.join(', ') || 'nothing'}.`;
}

// A seed document is added; a snapshot is kept under its file's name, to be restored. Answers a sentence.
export async function addFile(file) {
  if (!(await isSnapshot(file))) return addSeed(file);
  const name = file.name.replace(/\.sqlite3?$/, '').replace(/[^\w.-]/g, '-').slice(0, 64) || 'uploaded';
  await controlResponse('PUT', `snapshots/${name}`, file);
  return `Uploaded the snapshot ${name}. Restore it under Snapshots.`;
}

// A button that opens the browser's choice of files.
function FileButton({ children, accept, onFile, disabled }) {
  const input = useRef();
  const chosen = () => {
    if (input.current.files[0]) onFile(input.current.files[0]);
    input.current.value = '';
  };
  return html`<button type="button" disabled=${disabled} onClick=${() => input.current.click()}>${children}</button>
    <input ref=${input} type="file" hidden accept=${accept} onChange=${chosen} />`;
}

export function Snapshots() {
  const loaded = useLoaded(() => control('GET', 'snapshots'));
  const [busy, note, run] = useAction();
  const act = (action, sentence) => run(async () => {
    const answer = await action();
    loaded.reload();
    return sentence ?? answer;
  });
  const call = (method, path, body, sentence) => act(() => control(method, path, body), sentence);
  const reset = (body, sentence) => act(() => control('POST', 'reset', body).then(readAgain), sentence);
  const take = ({ name }, form) => act(
    () => control('PUT', `snapshots/${name}`).then(() => form.reset()), `Took ${name}.`);
  const query = caller.account && `?account=${caller.account}`;
  const columns = [
    ['Name', ({ name }) => name],
    ['Taken (real time)', ({ at }) => timeText(at), 'wide'],
    ['KiB', ({ bytes }) => Math.ceil(bytes / 1024), 'number'],
    ['Actions', ({ name }) => html`<div class="actions">
      <button disabled=${busy}
        onClick=${() => call('POST', `snapshots/${name}/restore`, {}, `Restored ${name}.`)}>Restore</button>
      <button disabled=${busy} onClick=${() => act(() => download(`snapshots/${name}`, `${name}.sqlite3`))}>
        Download</button>
      <${ConfirmButton} question=${`Delete ${name}?`}
        onConfirm=${() => call('DELETE', `snapshots/${name}`, undefined, `Deleted ${name}.`)}>Delete<//>
    </div>`],
  ];
  return html`<section><h1>Snapshots</h1>
    <${Form} class="actions" onSubmit=${take}>
      <${Field} label="Name" name="name" required pattern="[A-Za-z0-9._\\-]{1,64}" placeholder="before"
        title="Up to 64 letters, digits, dots, dashes and underscores" />
      <button class="main" disabled=${busy}>Take a snapshot</button>
      <${FileButton} disabled=${busy} accept=".sqlite3,.sqlite,.db" onFile=${(file) => act(() => addFile(file))}>
        Upload one<//>
    <//>
    ${note}
    <${Loaded} of=${loaded}>${({ snapshots }) => html`<${Table} caption="Snapshots" rows=${snapshots} columns=${columns}
      keyOf=${({ name }) => name}
      empty="No snapshot. A snapshot keeps the data and the clock, in memory, until the server stops." />`}<//>
    <div class="cards">
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
      </section>
      <section class="card"><h2>Seed documents</h2>
        <p class="quiet">Drop a document anywhere on this page to add its organizations, all or nothing.</p>
        <div class="actions">
          <${FileButton} disabled=${busy} accept=".json,.jsonc" onFile=${(file) => act(() => addSeed(file))}>
            Choose a document<//>
          <button disabled=${busy} onClick=${() => act(() => download(`state${query}`, 'state.json'))}>
            Download the state${caller.account && ` of ${caller.account}`}</button>
        </div>
      </section>
    </div></section>`;
}
