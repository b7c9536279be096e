import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { postern } from '../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const line = z.int().min(1);
const sites = z.array(z.strictObject({ file: z.string(), line }));
const place = { path: z.string().min(1), line, column: line };
const placeOrNone = z.union([
  z.strictObject(place),
  z.strictObject({ path: z.undefined(), line: z.undefined(), column: z.undefined() }),
]);
const role = z.string().min(1);
const missing = z.discriminatedUnion('what', [
  z.looseObject({
    what: z.literal('role'),
    role,
    value: z.strictObject({ trust: z.json(), permissions: z.array(z.json()), roleName: z.string().optional() }),
    at: sites,
  }),
  z.looseObject({
    what: z.literal('useCase'),
    role,
    entry: z.string(),
    value: z.record(z.string(), z.json()),
    at: sites,
  }),
  z.looseObject({ what: z.literal('option'), role, entry: z.string(), option: z.string(), value: z.json(), at: sites }),
  z.looseObject({ what: z.literal('trust'), role, entry: z.string(), option: z.string(), value: z.json(), at: sites }),
]);
const known = ['what', 'role', 'entry', 'option', 'value', 'path', 'line', 'column', 'at'];
const seen = z.array(z.strictObject({ what: z.string(), file: z.string(), line }));
/** What the README of the command line says of the object. */
const schema = z.strictObject({
  file: z.string().min(1),
  missing: z.array(missing),
  unneeded: z.array(z.strictObject({ entry: z.string(), ...place })),
  questions: z.array(
    z.strictObject({
      job: z.int().min(0).optional(),
      role: z.string().optional(),
      option: z.string(),
      ask: z.string().min(1),
      from: z.array(z.string()),
    }),
  ),
  notCovered: seen,
  unknown: seen,
});

const ci = (steps: string, role = 'ship') => `on: { push: { branches: [main, next] } }
jobs:
  a:
    runs-on: x
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: 'arn:aws:iam::111122223333:role/${role}', aws-region: '\${{ vars.REGION }}' }
${steps}`;
const update = '      - run: aws ecs update-service --cluster main --service web --force-new-deployment\n';
const image =
  "      - uses: docker/build-push-action@v6\n        with: { push: true, tags: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1' }\n";
const upload = '      - run: aws s3 cp a.tar s3://${{ vars.BUCKET }}/x/a.tar\n';

let count = 0;
async function checked(workflow: string, text: string) {
  const root = join(folder, `${(count += 1)} ü`);
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  writeFileSync(join(root, '.github/workflows/a.yml'), workflow);
  writeFileSync(join(root, 'postern.yaml'), text);
  const { code, stderr, stdout } = await postern(['init', root, '--check', '--json']);
  const report = schema.parse(JSON.parse(stdout));
  for (const one of report.missing) {
    expect(Object.keys(one).filter((name) => !known.includes(name))).toEqual([]);
    const { path, line, column } = one as { path?: string; line?: number; column?: number };
    placeOrNone.parse({ path, line, column });
  }
  const plain = await postern(['init', root, '--check']);
  expect([plain.code, plain.stderr]).toEqual([code, stderr]);
  return { code, stderr, report };
}

const file = (branches: string, permissions: string) => `version: 1
account: '111122223333'
region: eu-west-1
roles:
  ship:
    trust: { github-actions: { owner: acme, ownerId: '1', repository: shop, repositoryId: '2', branches: ${branches} } }
    permissions:
${permissions}
`;
const deployed = (services: string) =>
  `      - ecs-service-deployment: { cluster: main, services: ${services}, client: aws-cli, newTaskDefinition: false }`;

test('nothing is missing where the file has all, and what the file answers is no question', async () => {
  const { code, report } = await checked(ci(update), file('[main, next]', deployed('[web]')));
  expect([code, report]).toEqual([
    0,
    {
      file: expect.stringMatching(/postern\.yaml$/) as string,
      missing: [],
      unneeded: [],
      questions: [],
      notCovered: [],
      unknown: [],
    },
  ]);
});

test('options, use cases, trust and what is not needed are told with their places', async () => {
  const { code, stderr, report } = await checked(
    ci(`${update}${image}${upload}      - run: aws rds create-db-snapshot --db-instance-identifier a\n`),
    file('[main]', `${deployed('[api]')}\n      - secrets-read: { secrets: [a] }`),
  );
  expect([code, stderr]).toEqual([1, 'postern: the CI files and `postern.yaml` differ: bring them together\n']);
  expect(report.missing).toEqual([
    expect.objectContaining({
      ...{ what: 'useCase', role: 'ship', entry: 'ecr-docker-push', value: { repositories: ['shop'] } },
      ...{ path: 'roles.ship.permissions', at: [{ file: '.github/workflows/a.yml', line: 9 }] },
    }),
    expect.objectContaining({
      ...{ what: 'option', role: 'ship', entry: 'ecs-service-deployment', option: 'services', value: ['web'] },
      ...{ path: 'roles.ship.permissions[0].ecs-service-deployment', line: 8, column: 9 },
      at: [{ file: '.github/workflows/a.yml', line: 8 }],
    }),
    expect.objectContaining({ what: 'useCase', entry: 's3-build-cache' }),
    expect.objectContaining({
      ...{ what: 'trust', role: 'ship', entry: 'github-actions', option: 'branches', value: ['main', 'next'] },
      path: 'roles.ship.trust.github-actions',
    }),
  ]);
  expect(report.unneeded).toEqual([
    { entry: 'secrets-read', path: 'roles.ship.permissions[1].secrets-read', line: 9, column: 9 },
  ]);
  expect(report.questions.map(({ option, from }) => [option, from])).toEqual([['bucket', ['vars.BUCKET']]]);
  expect(report.notCovered).toEqual([
    { what: 'aws rds create-db-snapshot', file: '.github/workflows/a.yml', line: 12 },
  ]);
});

test('a whole role is told as the file would have it', async () => {
  const { report } = await checked(ci(image, 'other+role'), file('[main]', deployed('[web]')));
  expect(report.missing).toEqual([
    {
      ...{ what: 'role', role: 'other+role', path: 'roles', line: 4, column: 1 },
      value: {
        roleName: 'other+role',
        trust: { 'github-actions': { branches: ['main', 'next'] } },
        permissions: [{ 'ecr-docker-push': { repositories: ['shop'] } }],
      },
      at: [{ file: '.github/workflows/a.yml', line: 8 }],
    },
  ]);
  expect(report.questions.filter((one) => one.role === undefined)).toEqual([]);
});

test('without a file there is no object', async () => {
  const root = join(folder, 'none');
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  writeFileSync(join(root, '.github/workflows/a.yml'), ci(update));
  const { code, stderr, stdout } = await postern(['init', root, '--check', '--json']);
  expect([code, stdout, stderr.trim().split('\n')]).toEqual([
    2,
    '',
    [expect.stringContaining('has no `postern.yaml` to check: write one with `postern init`')],
  ]);
});
