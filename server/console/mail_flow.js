// The tab for an organization's mail flow: its messages, a form to send one, and its email flow rules.
import { html, useState } from './htm-preact.js';
import { EmailFlowRules, WhichRule } from './email_flow_rules.js';
import { Messages } from './messages.js';
import { SendMessage } from './send_message.js';

export function MailFlow({ facts: { OrganizationId: organization, ARN: arn, DefaultMailDomain: domain } }) {
  const [sent, count] = useState(0);
  const path = `organizations/${organization}/messages`;
  return html`<section><${Messages} path=${path} sent=${sent} />
    <${EmailFlowRules} organization=${organization} arn=${arn} />
    <div class="cards">
      <${SendMessage} path=${path} organization=${organization} domain=${domain} onSent=${() => count(sent + 1)} />
      <${WhichRule} organization=${organization} />
    </div></section>`;
}
