// Calls of the API and the control plane for all views, and the chosen account and region. Draws nothing.

// The header that marks the console's own calls.
export const USER_AGENT = 'workmail-local-console';

// An error, with the text of the server. `needsToken` is set if the control plane requires a token, `oldKey` if the
// server was restarted after the page got its key.
export class Refused extends Error {
  constructor(status, code, message) {
    super(message || code || `The server returned ${status}.`);
    this.status = status;
    this.code = code;
    this.needsToken = status === 403 && this.message.includes('--control-token');
    this.oldKey = status === 403 && this.message.includes('console\'s key');
  }
}

// If the browser forbids storage, nothing is remembered.
function storage(name) {
  try {
    return window[name];
  } catch {
    return {};
  }
}

const lasting = storage('localStorage');
const ofTheTab = storage('sessionStorage');

// Empty means the server's defaults.
export const caller = { account: lasting.account ?? '', region: lasting.region ?? '' };

// The names of two events: the page has changed the server's data, and another account was chosen.
export const CHANGED = 'workmail-changed';
export const MOVED = 'workmail-moved';
const changed = () => window.dispatchEvent(new Event(CHANGED));

export function setCaller(account, region) {
  Object.assign(caller, { account, region });
  Object.assign(lasting, caller);
  window.dispatchEvent(new Event(MOVED));
}

let token = ofTheTab.token ?? '';

export function setToken(value) {
  token = value;
  ofTheTab.token = value;
}

async function send(path, options) {
  let answer;
  try {
    answer = await fetch(path, { cache: 'no-store', ...options });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Refused(0, 'NoAnswer', 'The server does not answer. Is it still running?');
  }
  if (answer.ok) return answer;
  const text = await answer.text();
  let body = {};
  try {
    body = JSON.parse(text);
  } catch { /* then the text is the message */ }
  const code = body.error?.code ?? answer.headers.get('x-amzn-errortype') ?? '';
  throw new Refused(answer.status, code, body.error?.message ?? body.Message ?? body.message ?? text);
}

// Calls the control plane and returns a Response. `body` is sent as JSON unless it is a File.
export async function controlResponse(method, path, body, options = {}) {
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  const isFile = body instanceof Blob;
  if (body !== undefined && !isFile) headers['Content-Type'] = 'application/json';
  const content = body === undefined || isFile ? body : JSON.stringify(body);
  const answer = await send(`/_workmail/${path}`, { method, body: content, ...options, headers });
  if (method !== 'GET') changed();
  return answer;
}

export async function control(method, path, body) {
  return (await controlResponse(method, path, body)).json();
}

// The key that identifies the console's calls, which pages cannot sign. Requested once, and again after a restart of
// the server. Without the token there is no key, and calls count as those of any program.
let key = null;

async function askKey() {
  try {
    return (await control('GET', 'console/key')).key;
  } catch (error) {
    if (!error.needsToken) throw error;
    key = null;
    return '';
  }
}

async function call(operation, input) {
  key ??= askKey().catch((error) => {
    key = null;
    throw error;
  });
  const own = await key;
  const scope = `${caller.account || 'console'}/20260101/${caller.region}/workmail/aws4_request`;
  const headers = {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `WorkMailService.${operation}`,
    'x-amz-user-agent': USER_AGENT,
    Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
  };
  if (own) headers['X-Workmail-Console'] = own;
  return (await send('/', { method: 'POST', headers, body: JSON.stringify(input) })).json();
}

// Calls the WorkMail API for the chosen account.
export async function api(operation, input = {}) {
  try {
    return await call(operation, input);
  } catch (error) {
    if (!error.oldKey) throw error;
    key = null;
    return call(operation, input);
  }
}

// All pages of a list that is usually short.
export async function apiList(operation, member, input = {}) {
  const all = [];
  let NextToken;
  do {
    const page = await api(operation, { ...input, MaxResults: 100, ...(NextToken && { NextToken }) });
    all.push(...(page[member] ?? []));
    NextToken = page.NextToken;
  } while (NextToken && all.length < 1000);
  return all;
}

// Downloads a response of the control plane as a file.
export async function download(path, name) {
  const blob = await (await controlResponse('GET', path)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
