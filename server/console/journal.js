// The server's journal, followed live for all views by one stream.
import { useEffect, useState } from './htm-preact.js';
import { learn } from './links.js';
import { controlResponse, USER_AGENT } from './server.js';

const MOST_KEPT = 5000;
const REDRAW_AFTER = 100;
const TRY_AGAIN_AFTER = 1500;

// Oldest first. `status` is connecting, live, or failed with `error`.
export const journal = { entries: [], status: 'connecting', error: null };

const listeners = new Set();
let redraw = null;

function changed() {
  redraw ??= setTimeout(() => {
    redraw = null;
    for (const listener of listeners) listener();
  }, REDRAW_AFTER);
}

export const isOwn = (entry) => entry.userAgent === USER_AGENT;

// Redraws the component when requests arrive.
export function useJournal() {
  const [, set] = useState(0);
  useEffect(() => {
    const listener = () => set((count) => count + 1);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  return journal;
}

let reading = new AbortController();

// For views that have cleared the server's journal.
export function readAgain() {
  reading.abort();
}

function take(event) {
  const data = event.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n');
  if (!data) return;
  const entry = JSON.parse(data);
  learn(entry);
  journal.entries.push(entry);
  if (journal.entries.length > MOST_KEPT) journal.entries.splice(0, journal.entries.length - MOST_KEPT);
}

// Not EventSource, because it cannot send the token.
async function read() {
  reading = new AbortController();
  const options = { headers: { 'Last-Event-ID': '0' }, signal: reading.signal };
  const answer = await controlResponse('GET', 'requests/stream', undefined, options);
  journal.entries = [];
  journal.status = 'live';
  journal.error = null;
  changed();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    events.forEach(take);
    changed();
  }
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const visible = () => new Promise((resolve) => {
  if (!document.hidden) resolve();
  else document.addEventListener('visibilitychange', resolve, { once: true });
});

// Reconnects whenever the stream ends: after a reset, a restart, or because this page was too slow. Ends if the server
// rejects it, for example without its token, or has no journal. Does not read while the page is hidden: browsers allow
// six connections to a server, which six forgotten pages would use up.
export async function follow() {
  document.addEventListener('visibilitychange', readAgain);
  for (;;) {
    await visible();
    try {
      await read();
      journal.status = 'connecting';
    } catch (error) {
      if (reading.signal.aborted) continue;
      journal.status = 'failed';
      journal.error = error;
      changed();
      if (error.status >= 400 && error.status < 500) return;
    }
    await sleep(TRY_AGAIN_AFTER);
  }
}
