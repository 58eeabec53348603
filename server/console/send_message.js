// The form that sends a message, filled in with an example for the organization.
import { html, useState } from './htm-preact.js';
import { Recipient } from './messages.js';
import { Area, Field, Form, Json, listOf, Loaded, useAction, useLoaded } from './parts.js';
import { api, control, controlResponse } from './server.js';

// A message from outside to a user of the organization, with the emulated time as its date.
async function example(organization, domain) {
  const { now } = await control('GET', 'clock?upcoming=0');
  let user;
  try {
    const page = await api('ListUsers', {
      OrganizationId: organization, MaxResults: 1, Filters: { State: 'ENABLED' } });
    [user] = page.Users;
  } catch { /* an organization that is not active lists nothing */ }
  return [
    'From: Carol <carol@example.com>',
    `To: ${user?.Email ?? `alice@${domain}`}`,
    'Subject: Hello',
    `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${Date.parse(now)}@example.com>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello, this is a message.',
    '',
  ].join('\n');
}

function queryOf({ mailFrom, rcptTo, spam, redirected }) {
  const query = new URLSearchParams({
    ...(mailFrom && { mailFrom }), ...(spam && { spam: true }), ...(redirected && { redirected: true }) });
  for (const address of listOf(rcptTo) ?? []) query.append('rcptTo', address);
  return query;
}

export function SendMessage({ path, organization, domain, onSent }) {
  const loaded = useLoaded(() => example(organization, domain));
  const [answer, set] = useState(null);
  const [busy, message, run] = useAction();
  const send = (fields) => run(async () => {
    set(null);
    // Lines in a message end with CRLF, those in a text field with LF.
    const content = new Blob([(fields.content ?? '').replace(/\r?\n/g, '\r\n')], { type: 'message/rfc822' });
    const response = await controlResponse('POST', `${path}?${queryOf(fields)}`, content);
    set(await response.json());
    onSent();
    return 'Sent.';
  });
  return html`<section class="card"><h2>Send a message</h2>
    <${Loaded} of=${loaded}>${(text) => html`<${Form} onSubmit=${send}>
      <${Area} label="Message, as MIME" name="content" rows="12" required defaultValue=${text} />
      <div class="bar">
        <${Field} label="Envelope sender" name="mailFrom" placeholder="that of the header" />
        <${Field} label="Envelope recipients" name="rcptTo" placeholder="those of the header" />
        <label class="check"><input type="checkbox" name="spam" /><span>spam</span></label>
        <label class="check"><input type="checkbox" name="redirected" /><span>redirected</span></label>
        <button class="main" disabled=${busy}>Send</button>
      </div>
    <//>`}<//>
    ${message}
    ${answer && html`<div>${answer.recipients.map((one, index) => html`<${Recipient} key=${index} of=${one} />`)}
      <h3>Answer</h3><${Json} of=${answer} /></div>`}</section>`;
}
