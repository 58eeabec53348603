// The emulated clock: how it stands, what it brings next, and moving it.
import { html, useEffect, useState } from './htm-preact.js';
import {
  daysBetween, Empty, Facts, Failure, Field, Form, Loaded, spanText, timeText, useAction, useLoaded,
} from './parts.js';
import { control } from './server.js';

const STEPS = [['+1 hour', 'PT1H'], ['+1 day', 'P1D'], ['+30 days', 'P30D']];
const MODES = { real: 'real time', offset: 'moved, and running', frozen: 'frozen' };

function subject(event) {
  return event.entityId || event.organizationId;
}

function Happened({ events }) {
  if (!events) return null;
  return html`<section class="card" aria-live="polite"><h2>What happened</h2>
    ${events.length === 0 ? html`<${Empty}>Nothing was due in that time.<//>` : html`<ol class="events">
      ${events.map((event, index) => html`<li key=${index}><time>${timeText(event.at)}</time>: ${event.what}
        <span class="id"> ${subject(event)}</span></li>`)}</ol>`}
  </section>`;
}

// Shows the time going on, from what the server said a moment ago.
function Now({ clock }) {
  const [passed, set] = useState(0);
  useEffect(() => {
    const begin = Date.now();
    set(0);
    if (clock.mode === 'frozen') return undefined;
    const timer = setInterval(() => set(Date.now() - begin), 1000);
    return () => clearInterval(timer);
  }, [clock]);
  return html`<p class="now"><time>${timeText(new Date(Date.parse(clock.now) + passed))}</time></p>`;
}

const read = () => control('GET', 'clock?upcoming=10');

export function Clock() {
  const loaded = useLoaded(read, []);
  const [moved, set] = useState(null);
  const [busy, said, run] = useAction();
  const move = (method, path, body) => run(async () => {
    const { happened } = await control(method, path, body);
    set({ ...await read(), happened });
  });
  const draw = (clock) => html`
    <section class="card">
      <${Now} clock=${clock} />
      <${Facts} of=${{ Mode: MODES[clock.mode] }} />
      <div class="actions" role="group" aria-label="Move the clock">
        ${STEPS.map(([title, by]) => html`<button key=${by} disabled=${busy}
          onClick=${() => move('POST', 'clock/advance', { by })}>${title}</button>`)}
        ${clock.mode === 'frozen'
          ? html`<button disabled=${busy} onClick=${() => move('PUT', 'clock', { frozen: false })}>Let it run</button>`
          : html`<button disabled=${busy} onClick=${() => move('PUT', 'clock', { frozen: true })}>Freeze</button>`}
        <button disabled=${busy || clock.mode === 'real'} onClick=${() => move('PUT', 'clock', { mode: 'real' })}>
          Back to real time</button>
      </div>
      <${Form} class="actions" onSubmit=${({ now, frozen }) =>
        move('PUT', 'clock', { now: `${now}Z`.replace(/T(\d\d:\d\d)Z/, 'T$1:00Z'), frozen: frozen === 'on' })}>
        <${Field} label="Set to (UTC)" name="now" type="datetime-local" step="1" required
          value=${clock.now.slice(0, 19)} />
        <label class="check"><input type="checkbox" name="frozen" checked=${clock.mode === 'frozen'} />
          <span>frozen</span></label>
        <button disabled=${busy}>Set</button>
      <//>
      ${said}
    </section>
    <section class="card"><h2>What falls due next</h2>
      ${clock.upcoming.length > 0 ? html`<ol class="events">${clock.upcoming.map((event, index) => html`<li key=${index}>
        <p>${event.what} <span class="id">${subject(event)}</span></p>
        <p class="quiet">${timeText(event.at)}, in ${spanText(daysBetween(clock.now, event.at))}</p>
        <button class=${index === 0 ? 'main' : ''} disabled=${busy} aria-label=${`Go to when ${event.what}`}
          onClick=${() => move('PUT', 'clock', { now: event.at, frozen: clock.mode === 'frozen' })}>Go there</button></li>`)}
        </ol>`
      : html`<${Empty}>Nothing: no mailbox, entity, export job or organisation is waiting for its time.<//>`}
    </section>
    <${Happened} events=${clock.happened} />`;
  return html`<section><h1>Clock</h1>
    ${moved ? draw(moved) : html`<${Loaded} of=${loaded}>${draw}<//>`}
    ${moved && loaded.error && html`<${Failure} error=${loaded.error} />`}</section>`;
}
