// Events of the emulated clock as a table; many similar events are grouped in one row.
import { html } from './htm-preact.js';
import { pathOf } from './links.js';
import { daysBetween, spanText, Table, timeText } from './parts.js';

// Up to this number, each event has its own row.
const FEW = 12;

// Groups events of the same kind, organization and day if there are many events.
function rowsOf(events) {
  if (events.length <= FEW) return events.map((event) => [event]);
  const rows = new Map();
  for (const event of events) {
    const group = [event.kind, event.organizationId, event.at.slice(0, 10)].join();
    if (!rows.has(group)) rows.set(group, []);
    rows.get(group).push(event);
  }
  return [...rows.values()];
}

// The page of the event's subject; a removed entity has none.
function linkTo({ kind, organizationId, entityId }, happened) {
  if (kind.startsWith('exportJob')) return `${pathOf(organizationId)}/jobs`;
  if (kind.startsWith('message')) return `${pathOf(organizationId)}/mail-flow`;
  return happened && kind === 'entityRemoved' ? undefined : pathOf(organizationId, entityId);
}

function What({ of, happened }) {
  const path = linkTo(of, happened);
  return path ? html`<a href=${path}>${of.what}</a>` : of.what;
}

const titleOf = ([first, ...more]) => (more.length > 0 ? `${first.what} and ${more.length} more` : first.what);

// `now` is set for scheduled events; then `go` makes the button that moves the clock to an event.
export function Events({ of, now, go, caption, empty }) {
  const columns = [
    ['Event', ([first, ...more]) => html`<${What} of=${first} happened=${!now} />${more.length > 0 && html`
      <details><summary>and ${more.length} more</summary><ul>${more.map((one, index) => html`<li key=${index}>
        <${What} of=${one} happened=${!now} /></li>`)}</ul></details>`}`],
    ['Time', ([first]) => timeText(first.at)],
    now && ['In', ([first]) => spanText(daysBetween(now, first.at))],
    now && ['Actions', (row) => go(row.at(-1).at, titleOf(row))],
  ].filter(Boolean);
  return html`<${Table} caption=${caption} rows=${rowsOf(of)} columns=${columns} empty=${empty}
    keyOf=${([{ kind, organizationId, entityId, at }]) => [kind, organizationId, entityId, at].join()} />`;
}
