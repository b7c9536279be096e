import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { build, useCases, type OptionsOf, type PolicyDocument, type UseCase } from '@postern/core';
import { splitWords } from '../../policies/words.js';
import { exampleOptions } from '../../use-cases.js';
import { place, postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-guess-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const allow = (Action: unknown, Resource: unknown, Condition?: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) }],
});
const repository = 'arn:aws:ecr:eu-west-1:123456789012:repository';

/** The command line that was proposed for a use case, as words. */
function proposed(stdout: string, id: string): string[] {
  const line = stdout.split('\n').find((one) => /^ {2}postern check /.test(one) && `${one} `.includes(` ${id} `));
  expect(line, stdout).toBeDefined();
  return splitWords(line!.trim()).slice(1);
}

const entries = (useCases as readonly UseCase[]).map((useCase) => {
  const options = { account: '123456789012', region: 'eu-west-1', ...exampleOptions(useCase) };
  return { id: useCase.id, document: build(useCase, options as unknown as OptionsOf<UseCase>) };
});

describe.each(entries)('check of a policy of $id', ({ id, document }) => {
  const policy = () => file(`${id}.json`, document);

  test('without options guesses them, says so, and finds nothing missing and nothing extra', async () => {
    const { code, stdout, stderr } = await postern(['check', policy(), '--use-case', id]);
    if (code === 2) {
      // An entry may need a name that its smallest policy does not hold.
      expect(stderr).toContain('it cannot be read from the policy');
      return;
    }
    expect(stdout).toMatch(/^Guessed from the policy/);
    expect(stdout).toContain(`The policy allows exactly what \`${id}\` needs.`);
    expect(code).toBe(0);
    const again = await postern(proposed(stdout, id));
    expect(again.stdout).toBe(`The policy allows exactly what \`${id}\` needs.\n`);
  });

  test('without a use case names it, with the command to go on', async () => {
    const { code, stdout } = await postern(['check', policy()]);
    expect(code).toBe(0);
    expect(stdout).toContain('nothing was checked');
    const after = await postern(proposed(stdout, id));
    expect(stdout.includes('cannot be read from the policy') ? [0, 2] : [0]).toContain(after.code);
  });
});

test('most entries are read back from their own policies', async () => {
  const codes = await Promise.all(
    entries.map(
      async ({ id, document }) => (await postern(['check', file(`${id}.json`, document), '--use-case', id])).code,
    ),
  );
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(entries.length / 2);
});

describe('check without options', () => {
  const push = entries.find(({ id }) => id === 'ecr-docker-push')!.document;
  const without = (action: string): PolicyDocument => ({
    ...push,
    Statement: push.Statement.map((one) => ({ ...one, Action: one.Action!.filter((name) => name !== action) })),
  });
  const job = ['--use-case', 'ecr-docker-push'];

  test('finds what no option explains away', async () => {
    const { code, stdout } = await postern(['check', file('less.json', without('ecr:PutImage')), ...job]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Missing: these steps will break\n {2}`ecr:PutImage`/);
  });

  test('finds what is extra, and guesses no step from a wildcard', async () => {
    const policy = file('wide.json', allow('ecr:*', [`${repository}/web`, `${repository}/api`]));
    const { code, stdout } = await postern(['check', policy, ...job, '--json']);
    expect(code).toBe(1);
    const { guessed, extra, missing } = JSON.parse(stdout) as {
      guessed: { options: object; command: string; notTold: string[] };
      extra: { action: string }[];
      missing: { action: string }[];
    };
    expect(guessed.options).toEqual({ repositories: ['web', 'api'], account: '123456789012', region: 'eu-west-1' });
    expect(guessed.notTold.join('\n')).toContain('`ecr:*`');
    expect(extra.length).toBeGreaterThan(0);
    expect(missing.map(({ action }) => action)).toEqual(['ecr:GetAuthorizationToken']);
  });

  test.each([
    ['names with a star', `${repository}/team/*`, { scope: 'pattern', repositories: ['team/*'] }],
    ['every name', `${repository}/*`, { scope: 'account' }],
    ['a star for the place', 'arn:aws:ecr:*:*:repository/web', { repositories: ['web'] }],
    ['everything', '*', { scope: 'account' }],
  ])('takes %s for what fits', async (_, resource, options) => {
    const actions = ['ecr:BatchGetImage', 'ecr:PutImage', 'ecr:UploadLayerPart'];
    const policy = file('pattern.json', allow(actions, resource));
    const { stdout } = await postern(['check', policy, ...job, ...place, '--json']);
    const { guessed } = JSON.parse(stdout) as { guessed: { options: Record<string, unknown> } };
    expect(guessed.options).toMatchObject(options);
  });

  test('reads a pattern of which the job only needs a part', async () => {
    const actions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
    const state = allow(['s3:ListBucket'], 'arn:aws:s3:::state').Statement;
    const policy = file('state.json', {
      Version: '2012-10-17',
      Statement: [...state, ...allow(actions, 'arn:aws:s3:::state/app/*').Statement],
    });
    const { stdout } = await postern(['check', policy, '--use-case', 'terraform-remote-state-s3', '--json']);
    const { guessed } = JSON.parse(stdout) as { guessed: { options: Record<string, unknown> } };
    expect(guessed.options).toEqual({ bucket: 'state', keys: ['app/*'], scope: 'pattern', partition: 'aws' });
  });

  test('says which permissions do not go together, with the names of flags', async () => {
    const states = ['one', 'two'].map((name) => `arn:aws:s3:::${name}/app.tfstate`);
    const policy = file('two.json', allow('s3:GetObject', states));
    const { stdout } = await postern(['check', policy, '--use-case', 'terraform-remote-state-s3']);
    expect(stdout).toContain(
      'not told: `s3:GetObject` on `arn:aws:s3:::two/app.tfstate`: `--bucket` would be `two`, and elsewhere it is `one`',
    );
  });

  test('reads names in conditions', async () => {
    const passing = allow('iam:PassRole', 'arn:aws:iam::123456789012:role/web', {
      StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    });
    const service = allow(
      ['ecs:UpdateService', 'ecs:DescribeServices'],
      'arn:aws:ecs:eu-west-1:123456789012:service/c/s',
    );
    const revision = allow('ecs:RegisterTaskDefinition', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:*');
    const documents = [passing, service, revision].flatMap(({ Statement }) => Statement);
    const policy = file('ecs.json', { Version: '2012-10-17', Statement: documents });
    const { stdout } = await postern(['check', policy, '--use-case', 'ecs-service-deployment', '--json']);
    const { guessed } = JSON.parse(stdout) as { guessed: { options: Record<string, unknown> } };
    expect(guessed.options).toEqual({
      cluster: 'c',
      services: ['s'],
      taskDefinitionFamilies: ['web'],
      passRoles: ['web'],
      account: '123456789012',
      region: 'eu-west-1',
    });
  });

  test('says which options the policy does not tell', async () => {
    const policy = file('login.json', allow('ecr:GetAuthorizationToken', '*'));
    const { code, stdout, stderr } = await postern(['check', policy, ...job]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--repositories: missing');
    expect(stderr).toContain('cannot be read from the policy');
  });

  test('says that nothing of the job is in the policy', async () => {
    const policy = file('other.json', allow('ec2:RunInstances', '*'));
    const { code, stderr } = await postern(['check', policy, ...job]);
    expect(code).toBe(2);
    expect(stderr).toContain('allows nothing that `ecr-docker-push` needs');
  });

  test('does not guess where options are given', async () => {
    const policy = file('push.json', push);
    const { stdout } = await postern(['check', policy, ...job, '--repositories', 'my-app', ...place]);
    expect(stdout).not.toContain('uessed');
  });

  test('--sarif and --fix keep standard output to themselves', async () => {
    const less = file('less.json', without('ecr:PutImage'));
    const fixed = await postern(['check', less, ...job, '--fix']);
    expect(JSON.parse(fixed.stdout)).toMatchObject({ Version: '2012-10-17' });
    expect(fixed.stderr).toContain('Guessed from the policy');
    const { stdout } = await postern(['check', less, ...job, '--sarif']);
    expect(JSON.parse(stdout)).toMatchObject({ version: '2.1.0' });
  });
});

describe('check without a use case', () => {
  test('says where no use case fits', async () => {
    const { code, stdout, stderr } = await postern(['check', file('ec2.json', allow('ec2:RunInstances', '*'))]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('no use case of the catalog fits');
  });

  test.each([
    ['everything', allow('*', '*')],
    [
      'everything but one service',
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] },
    ],
  ])('says that %s tells nothing of a job', async (_, policy) => {
    const { code, stderr } = await postern(['check', file('admin.json', policy)]);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be told: it allows actions of every service');
  });

  test('says where a policy allows nothing', async () => {
    const empty = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };
    for (const args of [[], ['--use-case', 'ecr-docker-push']]) {
      const { code, stderr } = await postern(['check', file('empty.json', empty), ...args]);
      expect(code).toBe(2);
      expect(stderr).toContain('allows nothing');
    }
  });

  test('names all that fit equally', async () => {
    const lock = ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'];
    const policy = file('lock.json', allow(lock, 'arn:aws:s3:::state/app.tfstate.tflock'));
    const { stdout } = await postern(['check', policy]);
    for (const { id } of entries.filter((one) => one.id.startsWith('terra')))
      expect(stdout).toContain(`--use-case ${id}`);
  });

  test.each([['--json'], ['--sarif'], ['--fix'], ['--fail-on', 'missing']])('%s needs a use case', async (...flag) => {
    const { code, stderr } = await postern(['check', file('ec2.json', allow('ec2:RunInstances', '*')), ...flag]);
    expect(code).toBe(2);
    expect(stderr).toContain('`--use-case` is missing');
  });
});
