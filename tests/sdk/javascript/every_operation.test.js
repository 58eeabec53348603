// Every operation succeeds, and everything that the service answered arrives.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-workmail";
import { attempts, connect, control } from "./workmail.js";

const steps = JSON.parse(await readFile(process.env.STEPS, "utf8"));

// The step with the identifiers that earlier steps have brought.
const filledIn = (step, kept) => JSON.parse(JSON.stringify(step).replace(/\{([\w-]+)\}/g, (_, name) => kept[name]));

// What the SDK has made of an answer, as it was on the wire; what the journal masks is masked.
function onTheWire(value, logged) {
  if (logged === "********") return logged;
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map((each, index) => onTheWire(each, logged?.[index]));
  if (typeof value !== "object") return value;
  const members = Object.entries(value).filter(([name, each]) => name !== "$metadata" && each !== undefined);
  return Object.fromEntries(members.map(([name, each]) => [name, onTheWire(each, logged?.[name])]));
}

async function run(client, { operation, input, simulate }) {
  if (simulate) return control("POST", "simulate", simulate);
  const answer = await client.send(new sdk[`${operation}Command`](input));
  const { response } = (await attempts(client, operation)).at(-1);
  assert.deepEqual(onTheWire(answer, response), response, operation);
  return answer;
}

test("every operation succeeds, and everything that was answered arrives", async () => {
  const client = connect();
  const kept = {};
  for (const step of steps) {
    const answer = await run(client, filledIn(step, kept));
    for (const [name, member] of Object.entries(step.keep ?? {})) kept[name] = answer[member];
  }
  const called = steps.filter((step) => step.operation).map((step) => `${step.operation}Command`);
  const commands = Object.keys(sdk).filter((name) => /^[A-Z].*Command$/.test(name));
  assert.deepEqual(new Set(called), new Set(commands));
});
