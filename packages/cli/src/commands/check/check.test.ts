import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { build, decide, ecrDockerPush, type PolicyDocument, type Request } from '@postern/core';
import { place, postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const document = build(ecrDockerPush, { repositories: ['my-app'], account: '123456789012', region: 'eu-west-1' });
const job = ['--use-case', 'ecr-docker-push', '--repositories', 'my-app', ...place];

function without(action: string): PolicyDocument {
  const statements = document.Statement.map((one) => ({
    ...one,
    Action: one.Action!.filter((name) => name !== action),
  }));
  return { ...document, Statement: statements.filter(({ Action }) => Action.length > 0) };
}

describe('check', () => {
  test('says where a policy is what the job needs', async () => {
    const { code, stdout } = await postern(['check', file('same.json', document), ...job]);
    expect(stdout).toBe('The policy allows exactly what `ecr-docker-push` needs.\n');
    expect(code).toBe(0);
  });

  test.each(document.Statement.flatMap(({ Action }) => Action!))(
    '%s missing is named with its step',
    async (action) => {
      const less = without(action);
      const { code, stdout } = await postern(['check', file('less.json', less), ...job, '--json']);
      expect(code).toBe(1);
      const { missing, extra } = JSON.parse(stdout) as {
        missing: { action: string; step: string; witness: Request }[];
        extra: [];
      };
      expect(missing.map((one) => one.action)).toEqual([action]);
      expect(missing[0]!.step).not.toBe('');
      expect(decide(less, missing[0]!.witness).decision).toBe('implicitDeny');
      expect(decide(document, missing[0]!.witness).decision).toBe('allowed');
      expect(extra).toEqual([]);
    },
  );

  test('says what is missing and what is extra, in words', async () => {
    const more = { Effect: 'Allow', Action: ['ecr:Delete*', 's3:GetObject'], Resource: '*' };
    const less = without('ecr:PutImage');
    const policy = file('other.json', { ...less, Statement: [...less.Statement, more] });
    const { code, stdout, stderr } = await postern(['check', policy, ...job]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Missing: these steps will break\n {2}`ecr:PutImage` on `arn:aws:ecr:.*my-app`\n {6}step {2}\S/,
    );
    expect(stdout).toMatch(
      /Extra: allowed, and not needed\n {2}`ecr:Delete\*` on every resource, .*\n.*`ecr:Delete\w+` on `.*`\n {2}`s3:GetObject` on every resource, .*\n.*\n$/,
    );
    expect(stderr).toContain('1 missing, 2 extra');
    expect((await postern(['check', file('less.json', less), ...job, '--fail-on', 'extra'])).code).toBe(0);
  });

  test('SARIF has a kind, a level, a message and a place for each finding', async () => {
    const policy = file('sarif.json', without('ecr:PutImage'));
    const { stdout } = await postern(['check', policy, ...job, '--sarif']);
    const log = JSON.parse(stdout) as { version: string; runs: { results: Record<string, unknown>[]; tool: object }[] };
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0]!.results).toHaveLength(1);
    expect(log.runs[0]!.results[0]).toMatchObject({ ruleId: 'missing-permission', ruleIndex: 0, level: 'error' });
    expect(JSON.stringify(log.runs[0]!.results[0]!['locations'])).toContain('sarif.json');
  });

  test.each([
    ['ecr:PutImage', 'write the manifest and its tag'],
    ['ecr:BatchGetImage', 'BuildKit, containerd and Docker 29 ask for the manifest first and stop when refused'],
  ])('SARIF names for %s the step as it is told: %s', async (action, step) => {
    const { stdout } = await postern(['check', file('step.json', without(action)), ...job, '--sarif']);
    const { runs } = JSON.parse(stdout) as { runs: { results: { message: { text: string } }[] }[] };
    expect(runs[0]!.results.map(({ message }) => message.text)).toEqual([
      `ecr-docker-push will break: \`${action}\` on \`arn:aws:ecr:eu-west-1:123456789012:repository/my-app\` is refused. The step: ${step}.`,
    ]);
  });

  test('a Deny that hits the job makes a step break', async () => {
    const deny = { Effect: 'Deny', Action: 'ecr:Put*', Resource: '*' };
    const policy = file('deny.json', { ...document, Statement: [...document.Statement, deny] });
    const { stdout } = await postern(['check', policy, ...job]);
    expect(stdout).toContain('`ecr:PutImage`');
  });

  test('reads what other tools print', async () => {
    const { stdout } = await postern(['generate', ...job.slice(1), '--format', 'cloudformation-json']);
    const template = join(folder, 'template.json');
    writeFileSync(template, stdout);
    expect((await postern(['check', template, ...job])).code).toBe(0);
  });

  test.each([
    ['nothing', ['check'], [/needs a policy/, /`--use-case` is missing/]],
    ['no such job', ['check', 'x', '--use-case', 'ecr-docker-pus'], [/did you mean `ecr-docker-push`/]],
    ['options missing', ['check', 'x', '--use-case', 'ecr-docker-push'], [/--repositories: missing/]],
    ['no such flag', ['check', 'x', ...job, '--pul'], [/`--pul` is no flag of `postern check`, did you mean `--pull`/]],
    ['two formats', ['check', 'x', ...job, '--json', '--sarif'], [/exclude each other/]],
  ])('%s', async (_, args, messages) => {
    const { code, stderr } = await postern(args);
    expect(code).toBe(2);
    for (const message of messages) expect(stderr).toMatch(message);
  });

  test('a trust policy is not an identity policy', async () => {
    const trust = file('trust.json', { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] });
    const { code, stderr } = await postern(['check', trust, ...job]);
    expect(code).toBe(2);
    expect(stderr).toContain('this looks like a trust or resource policy');
  });

  test('its help has the flags of the use case', async () => {
    const { stdout } = await postern(['check', '--use-case', 'ecr-docker-push', '--help']);
    expect(stdout).toContain('--repositories');
    expect((await postern(['check', '--help'])).stdout).not.toContain('--repositories <');
  });
});
