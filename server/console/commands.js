// Converts a request of the journal to a command of the AWS CLI, and to boto3. Requests are untrusted, so names are
// only taken from the model, and everything else is quoted.
import { INPUTS, STRUCTURES } from './model.js';

const words = (operation) => operation.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(' ');

// Whether this request can be converted to a command.
export const isCopyable = (entry) => Object.hasOwn(INPUTS, entry.operation);

// Characters that are valid in JSON, but that terminals may interpret, or editors hide.
const INVISIBLE = /[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const json = (value) => JSON.stringify(value).replace(INVISIBLE, escaped);

const inShell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// The value without members that the model does not have. `members` has the members of its structure, each with the
// name of its own structure.
function known(value, members = {}) {
  if (Array.isArray(value)) return value.map((item) => known(item, members));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(members, name))
    .map(([name, item]) => [name, known(item, STRUCTURES[members[name]])]));
}

function sentInput(entry) {
  return entry.requestCut || typeof entry.request === 'string' ? {} : (entry.request ?? {});
}

const inputOf = (entry) => known(sentInput(entry), INPUTS[entry.operation]);

function warnings(entry) {
  const lines = [];
  const input = inputOf(entry);
  if (entry.requestCut) lines.push('# The journal cut this request: its input is missing.');
  if (json(input) !== json(sentInput(entry))) {
    lines.push('# The request also had unknown members, which are left out.');
  }
  if (json(input).includes('"********"')) lines.push('# Replace ******** with the secrets.');
  return lines;
}

export function awsCommand(entry, endpoint) {
  return [
    ...warnings(entry),
    `AWS_ACCESS_KEY_ID=${inShell(entry.account)} AWS_SECRET_ACCESS_KEY=test \\`,
    `aws workmail ${words(entry.operation).join('-')} --endpoint-url ${inShell(endpoint)} \\`,
    `  --region ${inShell(entry.region)} --cli-input-json ${inShell(json(inputOf(entry)))}`,
  ].join('\n');
}

function python(value, indent = '') {
  const deeper = `${indent}    `;
  if (value === null || value === Infinity || value === -Infinity) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  // A string in JSON is also valid in Python.
  if (typeof value !== 'object') return json(value);
  const list = Array.isArray(value);
  const items = list ? value.map((item) => python(item, deeper))
    : Object.entries(value).map(([name, item]) => `${json(name)}: ${python(item, deeper)}`);
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
    `workmail = boto3.client("workmail", endpoint_url=${json(endpoint)}, region_name=${json(entry.region)},`,
    `                        aws_access_key_id=${json(entry.account)}, aws_secret_access_key="test")`,
    `workmail.${words(entry.operation).join('_')}(${input.length ? `\n${input.join('')}` : ''})`,
  ].join('\n');
}
