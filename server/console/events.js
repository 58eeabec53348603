// Events of the emulated clock as a table, in which many alike are one row.
import { html } from './htm-preact.js';
import { pathOf } from './links.js';
import { daysBetween, spanText, Table, timeText } from './parts.js';

// Up to so many have a row each.
const FEW = 12;

// Events of one kind, organization and day become one row of several when there are many in all.
function rowsOf(events) {
  const rows = [];
  for (const event of events) {
    const last = rows.at(-1)?.at(-1);
    const isAlike = last && ['kind', 'organizationId'].every((name) => last[name] === event[name])
      && last.at.slice(0, 10) === event.at.slice(0, 10);
    if (events.length > FEW && isAlike) rows.at(-1).push(event);
    else rows.push([event]);
  }
  return rows;
}

// Where one sees what it is about; what was removed is nowhere.
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

// With `now`, those that are scheduled; `go` makes the button that goes to a time.
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
