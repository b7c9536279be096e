import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestParts, type Parts, type ProofSubject } from '../../src/against/parts.js';
import { readSubjects } from '../../src/against/subjects.js';

const here = fileURLToPath(new URL('../../../../', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'postern-against-'));
afterAll(() => rmSync(root, { recursive: true }), 60_000);

const proof = 'packages/proof/src';
const services = 'packages/sandbox/src/services';
const entries = 'packages/core/src/catalog';

const tools = { aws: { path: '/bin/aws', version: '2.0.0' }, boto3: { path: '/bin/python3', version: '1.0.0' } };
let subjects: readonly ProofSubject[];
let ids: readonly string[];
let whole: ReadonlyMap<string, Parts>;
/** The entry that is changed, one beside it, and a service that only some have. */
let [own, other, service] = ['', '', ''];

beforeAll(async () => {
  for (const name of ['core', 'proof', 'sandbox'])
    for (const path of ['src', 'package.json'])
      cpSync(join(here, 'packages', name, path), join(root, 'packages', name, path), { recursive: true });
  cpSync(join(here, 'package-lock.json'), join(root, 'package-lock.json'));
  cpSync(join(here, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  subjects = await readSubjects(here);
  const planned = subjects.flatMap((subject) => ('plan' in subject ? [subject] : []));
  // Small ones, since a policy is built in every cell without every part.
  const small = [...planned].sort((one, two) => one.plan.cells.length - two.plan.cells.length);
  const trust = subjects.find((subject) => !('plan' in subject))!;
  ids = [...small.slice(0, 4).map(({ id }) => id), trust.id];
  whole = await digestParts(root, subjects, tools, ids);
  [own, other] = ids as [string, string];
  service = servicesOf(own).find((name) => ids.some((id) => !servicesOf(id).includes(name)))!;
}, 120_000);

const servicesOf = (id: string) =>
  Object.keys(whole.get(id)!).flatMap((name) => (name.startsWith('service ') ? [name.slice('service '.length)] : []));
const planned = () => ids.filter((id) => 'plan' in whole.get(id)!);
const having = (name: string) => ids.filter((id) => servicesOf(id).includes(name));

/** Which parts of which entries differ, with another text in a file. */
async function changedBy(path: string, change: (text: string) => string): Promise<Record<string, string[]>> {
  const file = join(root, path);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  try {
    return differences(await digestParts(root, subjects, tools, ids));
  } finally {
    writeFileSync(file, before);
  }
}

function differences(parts: ReadonlyMap<string, Parts>): Record<string, string[]> {
  return Object.fromEntries(
    [...parts].flatMap(([id, now]) => {
      const names = [...new Set([...Object.keys(now), ...Object.keys(whole.get(id)!)])];
      const changed = names.filter((name) => now[name] !== whole.get(id)![name]);
      return changed.length === 0 ? [] : [[id, changed]];
    }),
  );
}

const each = (names: readonly string[], part: string) => Object.fromEntries(names.map((id) => [id, [part]]));
const addCode = (text: string) => `${text}\nconsole.log('changed');\n`;
const addComment = (text: string) => `// Another comment.\n${text}\n/** And one more. */\n`;

test('where nothing changed, nothing differs', async () => {
  expect(differences(await digestParts(root, subjects, tools, ids))).toEqual({});
  expect(planned()).toHaveLength(4);
});

test('comments, types, blanks and line ends are no change', async () => {
  const engine = `${proof}/run-proof.ts`;
  expect(await changedBy(engine, addComment)).toEqual({});
  expect(await changedBy(engine, (text) => text.replaceAll('\n', '\r\n'))).toEqual({});
  expect(await changedBy(engine, (text) => `${text}\ninterface Unused {\n  readonly one: string;\n}\n`)).toEqual({});
  expect(await changedBy(`${services}/${service}/service.ts`, addComment)).toEqual({});
});

test('a change of the plan of one entry concerns that entry alone', async () => {
  expect(await changedBy(`${proof}/use-cases/${own}/plan.ts`, addCode)).toEqual({ [own]: ['plan'] });
});

test('a change of a service of the sandbox concerns the entries that have to do with it, and no other', async () => {
  const concerned = having(service);
  expect(concerned).toContain(own);
  expect(concerned.length).toBeLessThan(ids.length);
  const changed = await changedBy(`${services}/${service}/service.ts`, addCode);
  expect(changed[own]).toContain(`service ${service}`);
  // A service may be made of another.
  const all = Object.values(changed).flat();
  expect(all.every((name) => name.startsWith('service '))).toBe(true);
  expect(Object.keys(changed)).toEqual(expect.arrayContaining(concerned));
});

test.each([
  ['the engine', `${proof}/run-proof.ts`, 'planned'],
  ['what runs the clients', `${proof}/stage.ts`, 'all'],
  ['how findings are told', `${proof}/evidence.ts`, 'planned'],
  ['the server of the sandbox', 'packages/sandbox/src/server/handle.ts', 'all'],
  ['how IAM decides', 'packages/core/src/access/decide.ts', 'all'],
] as const)('a change of %s concerns every proof that rests on it', async (_, path, who) => {
  expect(await changedBy(path, addCode)).toEqual(each(who === 'all' ? ids : planned(), 'engine'));
});

const harmless: readonly (readonly [string, () => string])[] = [
  ['how a job is found', () => `${entries}/permissions/${own}/detect.ts`],
  ['the cases of an entry', () => `${entries}/permissions/${own}/cases.ts`],
  ['the way from options to a policy, where the policies are the same', () => 'packages/core/src/use-case/build.ts'],
  ['the generated list of services', () => `${services}/services.ts`],
  ['the clients of others', () => `${proof}/tools.ts`],
  ['a plan that no other one imports from', () => `${proof}/plans.ts`],
];

test.each(harmless)('a change of %s concerns nobody', async (_, path) => {
  expect(await changedBy(path(), addCode)).toEqual({});
});

test('another release of a package that proofs rest on concerns all, that of another package nobody', async () => {
  const release = (name: string) => (text: string) =>
    text.replace(new RegExp(`("node_modules/${name}": \\{\\s*"version": ")`), '$19');
  expect(await changedBy('package-lock.json', release('fast-xml-parser'))).toEqual(each(ids, 'packages'));
  expect(await changedBy('package-lock.json', release('prettier'))).toEqual({});
});

test('another release of a client concerns the entries that ran it', async () => {
  const newer = { ...tools, aws: { ...tools.aws, version: '2.0.1' } };
  const ran = ids.filter((id) => 'client aws' in whole.get(id)!);
  expect(ran.length).toBeGreaterThan(0);
  expect(differences(await digestParts(root, subjects, newer, ids))).toEqual(each(ran, 'client aws'));
  const none = { boto3: tools.boto3 };
  expect(differences(await digestParts(root, subjects, none, ids))).toEqual(each(ran, 'client aws'));
});

test('another policy of one entry concerns that entry, another wording of it nobody', async () => {
  const changing = (text: (reason: string) => string, action: (name: string) => string) =>
    subjects.map((subject) => {
      if (subject.id !== own || !('plan' in subject)) return subject;
      const { plan } = subject;
      const statements = plan.useCase.statements.map((statement) => {
        const actions = Object.entries(statement.actions).map(([name, reason]) => [
          action(name),
          typeof reason === 'string' ? text(reason) : reason,
        ]);
        return { ...statement, actions: Object.fromEntries(actions) as typeof statement.actions };
      });
      return { ...subject, plan: { ...plan, useCase: { ...plan.useCase, statements } } };
    });
  const same = (text: string) => text;
  const worded = changing((text) => `${text}, says another`, same);
  expect(differences(await digestParts(root, worded, tools, ids))).toEqual({});
  const wider = changing(same, (name) => `${name}Too`);
  expect(differences(await digestParts(root, wider, tools, ids))).toEqual({ [own]: ['policies'] });
});

test('cells and tokens are parts of what is proved', async () => {
  const fewer = subjects.map((subject) =>
    'plan' in subject
      ? { ...subject, plan: { ...subject.plan, cells: subject.plan.cells.slice(1) } }
      : { ...subject, samples: subject.samples.slice(1) },
  );
  const changed = differences(await digestParts(root, fewer, tools, ids));
  expect(Object.keys(changed).sort()).toEqual([...ids].sort());
  expect(changed[other]).toContain('policies');
});
