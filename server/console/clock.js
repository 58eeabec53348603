// The emulated clock: its state, the next scheduled events, and changing it.
import { Events } from './events.js';
import { html, useEffect, useState } from './htm-preact.js';
import { Facts, Field, Form, Loaded, timeText, useAction, useLoaded } from './parts.js';
import { control } from './server.js';

const STEPS = [['+1 hour', 'PT1H'], ['+1 day', 'P1D'], ['+30 days', 'P30D']];
const MOST = 1000;
const MODES = { real: 'real time', offset: 'offset, running', frozen: 'frozen' };

// Shows the running time, starting from the server's last response.
function Now({ now, frozen }) {
  const [passed, set] = useState(0);
  useEffect(() => {
    set(0);
    if (frozen) return undefined;
    const begin = Date.now();
    const timer = setInterval(() => set(Date.now() - begin), 1000);
    return () => clearInterval(timer);
  }, [now, frozen]);
  return html`<p class="now"><time>${timeText(new Date(Date.parse(now) + passed))}</time></p>`;
}

export function Clock() {
  const loaded = useLoaded(() => control('GET', `clock?upcoming=${MOST}`));
  const [happened, set] = useState(null);
  const [busy, note, run] = useAction();
  const move = (method, path, body) => run(async () => {
    set((await control(method, path, body)).happened);
    loaded.reload();
  });
  const put = (body) => move('PUT', 'clock', body);
  const putFields = ({ now, frozen }) => put({
    now: `${now}Z`.replace(/T(\d\d:\d\d)Z/, 'T$1:00Z'), frozen: frozen === 'on' });
  const draw = ({ now, mode, upcoming }) => {
    const frozen = mode === 'frozen';
    return html`
      <section class="card">
        <${Now} now=${now} frozen=${frozen} />
        <${Facts} of=${{ Mode: MODES[mode] }} />
        <div class="actions" role="group" aria-label="Move the clock">
          ${STEPS.map(([title, by]) => html`<button key=${by} disabled=${busy}
            onClick=${() => move('POST', 'clock/advance', { by })}>${title}</button>`)}
          <button disabled=${busy || upcoming.length === 0}
            onClick=${() => move('POST', 'clock/advance', { to: 'next' })}>To the next event</button>
          <button disabled=${busy} onClick=${() => put({ frozen: !frozen })}>
            ${frozen ? 'Unfreeze' : 'Freeze'}</button>
          <button disabled=${busy || mode === 'real'} onClick=${() => put({ mode: 'real' })}>Back to real time</button>
        </div>
        <${Form} class="actions" onSubmit=${putFields}>
          <${Field} label="Set to (UTC)" name="now" type="datetime-local" step="1" required
            defaultValue=${now.slice(0, 19)} />
          <label class="check"><input type="checkbox" name="frozen" checked=${frozen} /><span>frozen</span></label>
          <button disabled=${busy}>Set</button>
        <//>
        ${note}
        <div aria-live="polite">${happened && html`<h2>What happened</h2><${Events} of=${happened}
          caption="What happened" empty="No scheduled events in that time." />`}</div>
      </section>
      <section class="card"><h2>Scheduled events</h2>
        <${Events} of=${upcoming} now=${now} caption="Scheduled events, earliest first" go=${(at, title) => html`
          <button disabled=${busy} aria-label=${`Go to when ${title}`} onClick=${() => put({ now: at, frozen })}>
            Go there</button>`}
          empty="None: no mailbox, entity, export job or organization is waiting for its time." />
        ${upcoming.length === MOST && html`<p class="quiet">These are the first ${MOST}.</p>`}
      </section>`;
  };
  return html`<section><h1>Clock</h1><${Loaded} of=${loaded}>${draw}<//></section>`;
}
