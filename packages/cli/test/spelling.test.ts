import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { place, postern, push } from './terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-spelling-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(options: object): string {
  const path = join(folder, 'options.json');
  writeFileSync(path, JSON.stringify(options));
  return path;
}

async function problemsOf(args: readonly string[], options?: object): Promise<string> {
  const { code, stderr, stdout } = await postern([
    ...args,
    ...(options === undefined ? [] : ['--options', file(options)]),
  ]);
  expect([code, stdout]).toEqual([2, '']);
  return stderr;
}

describe('a problem names the option as it was given', () => {
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, '{"Version":"2012-10-17","Statement":[]}');
  const commands = [push, ['check', policy, '--use-case', 'ecr-docker-push']];

  test.each(commands)('%s: from a file by its name there, with its place', async (...command) => {
    const said = await problemsOf(command, { checkExisting: 'maybe', repositories: ['my-app', 'A'], scop: 'exact' });
    expect(said).toContain('postern: checkExisting: `maybe` is neither true nor false');
    expect(said).toContain('postern: repositories[1]: `A` is no ECR repository');
    expect(said).toContain('postern: scop: `scop` is no option of `ecr-docker-push`, did you mean `scope`?');
    expect(said).toContain('postern: account: missing: for example `account: 123456789012`');
    expect(said).not.toContain('--');
  });

  test.each(commands)('%s: from a flag as the flag', async (...command) => {
    const said = await problemsOf([...command, '--repositories', 'A', '--push-client', 'x', '--region', 'eu-west-1']);
    expect(said).toContain('postern: --repositories: `A` is no ECR repository');
    expect(said).toContain('postern: --push-client: `x` is none of');
    expect(said).toContain('postern: --account: missing: for example `--account 123456789012`');
  });

  test.each(commands)('%s: each its own way where both are given', async (...command) => {
    const said = await problemsOf([...command, '--repositories', 'my-*', '--scope', 'exact'], {
      mountFrom: ['b-*'],
      account: 5,
      region: 'eu-west-1',
    });
    expect(said).toContain(
      'postern: --repositories: `my-*` holds a character that IAM reads as a wildcard, and the scope is `exact`: set `--scope pattern`',
    );
    expect(said).toContain('postern: mountFrom[0]: `b-*` holds a wildcard, and `mountFrom` is always exact');
    expect(said).toContain('postern: account: `5` is no AWS account id');
  });

  test('a flag that takes the place of what the file says is named as the flag', async () => {
    const said = await problemsOf([...push, '--region', 'us-esat-1'], {
      repositories: ['my-app'],
      region: 'eu-west-1',
      account: '123456789012',
    });
    expect(said).toMatch(
      /^postern: --region: `us-esat-1` is no region known .* needs `partition` and `allowUnknownRegion`\n$/,
    );
  });

  test('a use case in one word, as diff takes it', async () => {
    const path = file({ repositories: ['A'], ...{ account: '123456789012', region: 'eu-west-1' } });
    const { code, stderr } = await postern(['diff', `ecr-docker-push --options ${path}`, policy]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('postern: repositories[0]: `A` is no')]);
  });

  test('notes as well', async () => {
    const options = {
      cluster: 'c',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      account: '123456789012',
      region: 'eu-west-1',
    };
    const { stderr } = await postern(['generate', 'ecs-service-deployment', '--options', file(options)]);
    expect(stderr).toContain('note: no `passRoles`: ');
  });
});

describe('several values in one', () => {
  test.each(['a1,b1', 'a1, b1', 'a1;b1', 'a1 b1', '["a1","b1"]'])('%s is told apart', async (text) => {
    const said = await problemsOf([...push, '--repositories', text, ...place]);
    expect(said).toBe(
      `postern: --repositories: \`${text}\` is no ECR repository: if several are meant, write \`--repositories a1 b1\`\n`,
    );
  });

  test('where a comma may stand in a name, it is taken and said', async () => {
    const options = {
      cluster: 'c',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      account: '123456789012',
      region: 'eu-west-1',
    };
    const command = ['generate', 'ecs-service-deployment', '--options', file(options)];
    const { code, stderr } = await postern([...command, '--pass-roles', 'a,b', 'c']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'note: --pass-roles: `a,b` is one value with a comma in it; several have blanks between them\n',
    );
    expect((await postern([...command, '--pass-roles', 'a', 'b'])).stderr).not.toContain('comma');
  });
});
