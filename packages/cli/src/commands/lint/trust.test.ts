import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assume, type DocumentSource, type WebIdentity } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-lint-trust-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface PrintedTrustFinding {
  readonly file: string;
  readonly line?: number;
  readonly policy: string;
  readonly rule: string;
  readonly code?: string;
  readonly level: string;
  readonly message: string;
  readonly details?: { readonly token?: WebIdentity; readonly context?: Record<string, string> };
}

interface TrustCase {
  readonly id: string;
  readonly policy: DocumentSource;
  readonly codes: readonly string[];
  readonly codes_maybe: readonly string[];
}

function readCases(name: string): Record<string, unknown>[] {
  const path = join(import.meta.dirname, '../assume/cases', name);
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

async function lint(...args: string[]): Promise<PrintedTrustFinding[]> {
  const { stdout } = await postern(['lint', ...args, '--json']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PrintedTrustFinding);
}

const codesOf = (findings: readonly PrintedTrustFinding[]): string[] =>
  [...new Set(findings.flatMap(({ code }) => code ?? []))].sort();

/** A value that the provider never issues: the sources of the cases do not speak of it. */
const beside = ['T23'];

describe('the corpus', async () => {
  const cases = readCases('policies.jsonl') as unknown as TrustCase[];
  const lines = cases.map(({ id, policy }) => JSON.stringify({ id, policy })).join('\n');
  const { stdout } = await postern(['lint', '--lines', '--json'], { stdin: lines });
  const all = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PrintedTrustFinding);

  test.each(cases.map((one) => [one.id, one] as const))('%s', (id, { codes, codes_maybe: maybe, policy }) => {
    const findings = all.filter((one) => one.file === id && one.code !== undefined);
    const found = codesOf(findings);
    expect(found).toEqual(expect.arrayContaining([...codes]));
    const needless = found.filter((code) => !codes.includes(code) && !maybe.includes(code));
    // Where nothing is needed, nothing more is said either.
    expect(needless.filter((code) => codes.length === 0 || !beside.includes(code))).toEqual([]);
    for (const { details, message } of findings) {
      if (details?.token === undefined) continue;
      expect(assume(policy, details.token, { context: details.context ?? {} }).allowed, message).toBe(true);
    }
  });

  test('who gets in is shown by a token, wherever somebody does', () => {
    const withToken = ['T01', 'T02', 'T03', 'T04', 'T05', 'T14', 'T15', 'T19'];
    const meant = all.filter(({ code }) => withToken.includes(code ?? ''));
    expect(meant.length).toBeGreaterThan(60);
    expect(meant.every(({ details }) => details?.token !== undefined)).toBe(true);
  });

  test('the least-privilege trusts have no finding', async () => {
    const references = readCases('tokens.jsonl').map((one) =>
      JSON.stringify({ id: one['set'], policy: one['policy'] }),
    );
    const { stdout: none } = await postern(['lint', '--lines', '--json'], { stdin: references.join('\n') });
    expect(none).toBe('');
    expect(references.length).toBeGreaterThan(20);
  });
});

const host = 'token.actions.githubusercontent.com';
const open = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${host}:sub`]: 'repo:acme/*' },
      },
    },
  ],
};

describe('wherever a trust policy stands', () => {
  const template = {
    Resources: {
      Ci: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: open, MaxSessionDuration: 43200 } },
    },
  };

  test('in JSON, with the line', async () => {
    const path = file('trust.json', open);
    const [found] = (await lint(path)).filter(({ code }) => code === 'T04');
    expect(found).toMatchObject({ rule: 'trust-any-project', level: 'warning', details: { token: { claims: {} } } });
    expect(readFileSync(path, 'utf8').split('\n')[found!.line! - 1]).toContain(':sub');
  });

  test('in YAML', async () => {
    const yaml = `Version: 2012-10-17\nStatement: ${JSON.stringify(open.Statement)}\n`;
    expect(codesOf(await lint(file('trust.yaml', yaml)))).toEqual(['T04', 'T14']);
  });

  test('in a template, with the line and the length of a session', async () => {
    const path = file('template.json', template);
    const findings = await lint(path);
    expect(codesOf(findings)).toEqual(['T04', 'T14', 'T21']);
    const { line, policy } = findings.find(({ code }) => code === 'T04')!;
    expect(policy).toBe('Ci');
    expect(readFileSync(path, 'utf8').split('\n')[line! - 1]).toContain(':sub');
  });

  test('in a template whose provider is made by it', async () => {
    const { Statement: statements } = open;
    const Federated = { 'Fn::GetAtt': ['Provider', 'Arn'] };
    const made = { ...open, Statement: [{ ...statements[0], Principal: { Federated } }] };
    const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: made } };
    expect(codesOf(await lint(file('made.json', { Resources: { Ci: role } })))).toEqual(['T04', 'T14']);
  });

  test('in what CDK writes', async () => {
    const out = join(folder, 'cdk.out');
    mkdirSync(out);
    writeFileSync(join(out, 'Ci.template.json'), JSON.stringify(template));
    const artifacts = { Ci: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Ci.template.json' } } };
    const manifest = join(out, 'manifest.json');
    writeFileSync(manifest, JSON.stringify({ version: '36.0.0', artifacts }));
    const findings = await lint(manifest);
    expect(codesOf(findings)).toEqual(['T04', 'T14', 'T21']);
    expect(findings.map(({ policy }) => policy)).toContain('Ci/Ci');
  });

  test('in a plan of Terraform', async () => {
    const values = { assume_role_policy: JSON.stringify(open), max_session_duration: 43200 };
    const resource = { address: 'aws_iam_role.ci', type: 'aws_iam_role', values };
    const plan = { format_version: '1.2', planned_values: { root_module: { resources: [resource] } } };
    const findings = await lint(file('plan.json', plan));
    expect(codesOf(findings)).toEqual(['T04', 'T14', 'T21']);
    expect(findings[0]?.policy).toBe('aws_iam_role.ci');
  });

  test('in account details, and in what `aws iam get-role` prints', async () => {
    const AssumeRolePolicyDocument = encodeURIComponent(JSON.stringify(open));
    const details = { RoleDetailList: [{ RoleName: 'ci', AssumeRolePolicyDocument, RolePolicyList: [] }] };
    const findings = await lint(file('details.json', details));
    expect(codesOf(findings)).toEqual(['T04', 'T14']);
    expect(findings[0]?.policy).toBe('role/ci');
    const role = { Role: { RoleName: 'ci', AssumeRolePolicyDocument: open, MaxSessionDuration: 43200 } };
    expect(codesOf(await lint(file('role.json', role)))).toEqual(['T04', 'T14', 'T21']);
  });

  test('the list of rules has the codes', async () => {
    const { stdout } = await postern(['lint', '--rules', '--json']);
    const codes = (JSON.parse(stdout) as { code?: string }[]).flatMap(({ code }) => code ?? []);
    // T22 is not to be seen in a policy alone: which form a repository has stands in its tokens.
    const expected = Array.from({ length: 23 }, (_, index) => `T${String(index + 1).padStart(2, '0')}`);
    expect(codes.sort()).toEqual(expected.filter((code) => code !== 'T22'));
  });
});
