// A request of the journal as text that one can run: for the AWS CLI, and for boto3.

const words = (operation) => operation.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(' ');
const inShell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function inputOf(entry) {
  return entry.requestCut || typeof entry.request === 'string' ? {} : (entry.request ?? {});
}

function warnings(entry) {
  const lines = [];
  if (entry.requestCut) lines.push('# The journal cut this request: its input is not here.');
  if (JSON.stringify(inputOf(entry)).includes('"********"')) lines.push('# Put the secrets in the place of ********.');
  return lines;
}

export function awsCommand(entry, endpoint) {
  return [
    ...warnings(entry),
    `AWS_ACCESS_KEY_ID=${entry.account} AWS_SECRET_ACCESS_KEY=test \\`,
    `aws workmail ${words(entry.operation).join('-')} --endpoint-url ${endpoint} --region ${entry.region} \\`,
    `  --cli-input-json ${inShell(JSON.stringify(inputOf(entry)))}`,
  ].join('\n');
}

function python(value, indent = '') {
  const deeper = `${indent}    `;
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const list = Array.isArray(value);
  const items = list ? value.map((item) => python(item, deeper))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${python(item, deeper)}`);
  const [open, close] = list ? '[]' : '{}';
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => `${deeper}${item},\n`).join('')}${indent}${close}`;
}

export function botoCall(entry, endpoint) {
  const input = Object.entries(inputOf(entry)).map(([name, value]) => `    ${name}=${python(value, '    ')},\n`);
  return [
    ...warnings(entry),
    'import boto3',
    '',
    `workmail = boto3.client("workmail", endpoint_url="${endpoint}", region_name="${entry.region}",`,
    `                        aws_access_key_id="${entry.account}", aws_secret_access_key="test")`,
    `workmail.${words(entry.operation).join('_')}(${input.length ? `\n${input.join('')}` : ''})`,
  ].join('\n');
}
