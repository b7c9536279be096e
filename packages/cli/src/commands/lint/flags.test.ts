import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-lint-flags-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const wide = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const inTemplate = (id: string, Type: string, Properties: object) => ({ Resources: { [id]: { Type, Properties } } });
const yaml = (comment: string, behind = '') =>
  `Version: "2012-10-17"
Statement:
  ${comment}
  - Effect: Allow
    Action: s3:GetObject
    Resource: "*"${behind}
  - Effect: Allow
    Action: s3:GetObjekt
    Resource: arn:aws:s3:::b/*
`;

describe('--json', () => {
  test('says all that a finding has', async () => {
    const path = file('one.json', policy({ Sid: 'Read', ...wide, Action: 's3:GetObjekt' }));
    const { stdout, stderr } = await postern(['lint', path, '--json']);
    expect(JSON.parse(stdout.split('\n')[0]!)).toEqual({
      file: path,
      line: 7,
      column: 17,
      policy: '',
      statement: 0,
      sid: 'Read',
      path: 'Statement[0].Action[0]',
      rule: 'unknown-action',
      level: 'error',
      message: '`s3:GetObjekt` is no action that AWS lists, did you mean `GetObject`?',
      why: expect.stringMatching(/^A misspelled action/) as string,
      instead: 'did you mean `GetObject`?',
      link: expect.stringMatching(/^https:/) as string,
    });
    expect(stderr).toContain('1 policy in 1 file: 1 error');
  });

  test.each([
    ['a template', inTemplate('P', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy(wide) })],
    [
      'a role of a template',
      inTemplate('R', 'AWS::IAM::Role', { Policies: [{ PolicyName: 'p', PolicyDocument: policy(wide) }] }),
    ],
    ['what the CLI prints', { PolicyVersion: { Document: policy(wide) } }],
  ])('names the line in %s', async (_, content) => {
    const path = file('place.json', content);
    const { stdout } = await postern(['lint', path, '--json']);
    const found = stdout
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one) as { rule: string; line: number })
      .find(({ rule }) => rule === 'wide-resource');
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines[found!.line - 1]).toContain('"Resource": "*"');
  });
});

describe('the last line', () => {
  test('counts policies of resources that are not looked at, and what is not understood', async () => {
    const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
    const odd = policy({ Effect: 'Permit', Action: 's3:GetObject', Resource: '*' });
    const paths = [
      file('trust.json', trust),
      file('bucket.json', policy({ ...wide, Principal: { AWS: '111122223333' } })),
      // A type of resource whose policies nobody has told the linter to look for.
      file(
        'files.json',
        inTemplate('F', 'AWS::EFS::FileSystem', { FileSystemPolicy: policy({ ...wide, Principal: '*' }) }),
      ),
      file('odd.json', odd),
      file('fine.json', policy({ ...wide, Resource: 'arn:aws:s3:::b/*' })),
    ];
    const { code, stdout } = await postern(['lint', ...paths]);
    expect(stdout).toMatch(
      /4 policies in 5 files: 1 error, .*; 1 policy of a resource not looked at; 1 not understood\n$/,
    );
    expect(stdout).toContain('`Permit` is no effect');
    expect(code).toBe(2);
  });
});

test('the trust policies of a template are looked at', async () => {
  const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
  const role = {
    AssumeRolePolicyDocument: trust,
    Policies: [{ PolicyName: 'p', PolicyDocument: policy({ ...wide, Resource: 'arn:aws:s3:::b/*' }) }],
  };
  const { stdout } = await postern(['lint', file('role.json', inTemplate('R', 'AWS::IAM::Role', role))]);
  expect(stdout).toMatch(/^2 policies in 1 file: 0 errors, 0 warnings, 0 notes\n$/);
});

test('a policy that a template leaves open is counted', async () => {
  const open = inTemplate('P', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Ref: 'Document' } });
  const { code, stdout } = await postern([
    'lint',
    file('open.json', { Parameters: { Document: { Type: 'String' } }, ...open }),
  ]);
  expect(stdout).toBe('0 policies in 1 file: 0 errors, 0 warnings, 0 notes; 1 known only after deployment\n');
  expect(code).toBe(0);
});

describe('suppressions', () => {
  test.each([
    ['on a line of its own, for the part behind it', yaml('# postern-ignore wide-resource: all buckets are read'), 0],
    ['behind something, for its line', yaml('# other', ' # postern-ignore wide-resource: all buckets are read'), 0],
    ['for another rule', yaml('# postern-ignore quota: it is large'), 1],
    ['without a reason', yaml('# postern-ignore wide-resource'), 1],
    ['for what is no rule', yaml('# postern-ignore wide-resorce: why'), 1],
  ])('a comment %s', async (_, text, left) => {
    const { stdout } = await postern(['lint', file('ignore.yaml', text)]);
    expect(stdout.match(/\[wide-resource\]/g) ?? []).toHaveLength(left);
    expect(stdout).toContain('[unknown-action]');
    expect(stdout.includes('suppression]')).toBe(left > 0);
    expect(stdout.includes('1 suppressed')).toBe(left === 0);
  });

  test('a file with paths and reasons; what is not used is reported', async () => {
    const path = file('by-file.json', policy(wide));
    const entry = (rule: string) =>
      `  - rule: ${rule}\n    files: "*by-file.json"\n    path: Statement[0]*\n    reason: all are read\n`;
    const config = file('config.yaml', `ignore:\n${entry('wide-resource')}${entry('quota')}`);
    const { stdout, code } = await postern(['lint', path, '--config', config]);
    expect(stdout).not.toContain('[wide-resource]');
    expect(stdout).toContain('nothing is found here by `quota`');
    expect(stdout).toMatch(/1 suppressed\n$/);
    expect(code).toBe(1);
  });

  test('everything that is wrong with the file is said at once', async () => {
    const config = file('wrong.yaml', 'ignore:\n  - rule: wide-resorce\n    whom: me\n  - reason: x\n');
    const { code, stderr } = await postern(['lint', file('any.json', policy(wide)), '--config', config]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/`wide-resorce` is no rule, did you mean `wide-resource`\?/);
    expect(stderr).toMatch(/`whom` is no part of a suppression/);
    expect(stderr).toMatch(/ignore\[0\] has no `reason`/);
    expect(stderr).toMatch(/ignore\[1\] has no `rule`/);
  });
});

describe('--baseline', () => {
  test('leaves out what it has, and shows what is new', async () => {
    const path = file('fleet.json', policy(wide));
    const baseline = join(folder, 'baseline.json');
    expect((await postern(['lint', path, '--baseline', baseline])).code).toBe(2);
    expect((await postern(['lint', path, '--baseline', baseline, '--update-baseline'])).code).toBe(0);
    const same = await postern(['lint', path, '--baseline', baseline]);
    expect(same.code).toBe(0);
    expect(same.stdout).toMatch(/0 warnings, 0 notes; 1 in the baseline\n$/);
    file(
      'fleet.json',
      policy({ Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' }, wide, { ...wide, Action: 's3:PutObject' }),
    );
    const more = await postern(['lint', path, '--baseline', baseline]);
    expect(more.stdout.match(/\[wide-resource\]/g)).toHaveLength(1);
    expect(more.stdout).toContain('`s3:PutObject`');
  });
});

describe('--fix', () => {
  const twice = policy(
    {
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:GetObject', 's3:PutObjekt'],
      Resource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x'],
    },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/y' },
  );

  test('takes out what is said twice, and leaves what would change the meaning', async () => {
    const path = file('twice.json', twice);
    const { stdout, stderr } = await postern(['lint', path, '--fix']);
    const fixed = readFileSync(path, 'utf8');
    expect(compare(twice, fixed).relation).toBe('equal');
    expect(fixed).toBe(
      JSON.stringify(
        policy({ Effect: 'Allow', Action: ['s3:Get*', 's3:PutObjekt'], Resource: ['arn:aws:s3:::b/*'] }),
        null,
        2,
      ),
    );
    expect(stderr.match(/^fixed: /gm)).toHaveLength(3);
    expect(stdout).toContain('did you mean `PutObject`?');
    expect(readFileSync(path, 'utf8')).toContain('s3:PutObjekt');
  });

  test('keeps the comments of YAML', async () => {
    const text =
      'Version: "2012-10-17"\nStatement:\n  # what the job reads\n  - Effect: Allow\n    Action:\n      - s3:Get* # all\n      - s3:GetObject\n    Resource: arn:aws:s3:::b/*\n';
    const path = file('twice.yaml', text);
    await postern(['lint', path, '--fix']);
    expect(readFileSync(path, 'utf8')).toBe(text.replace('      - s3:GetObject\n', ''));
  });

  test('leaves a file as it is where there is nothing to do', async () => {
    const text = `${JSON.stringify(policy(wide))}\r\n`;
    const path = file('same.json', text);
    await postern(['lint', path, '--fix']);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('needs files', async () => {
    expect((await postern(['lint', '-', '--fix'], { stdin: '{}' })).stderr).toContain('`--fix` changes files');
  });
});

describe('--explain', () => {
  test('says what, why, where from, and shows examples', async () => {
    const { code, stdout } = await postern(['lint', '--explain', 'mfa-absent']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mfa-absent \(warning\)\n/);
    expect(stdout).toContain('https://docs.aws.amazon.com/');
    expect(stdout).toContain('It finds something in');
    expect(stdout).toContain('"BoolIfExists"');
  });

  test('a rule that there is not', async () => {
    const { code, stderr } = await postern(['lint', '--explain', 'mfa-absant']);
    expect([code, stderr]).toEqual([2, 'postern: `mfa-absant` is no rule, did you mean `mfa-absent`?\n']);
  });
});

const hostileKey = 'aws:x\n::error::owned\r\u001b[31m##vso[task.setvariable]\u202e\u2066##[command]\u061c';
const hostile = policy({
  Sid: 'a\n::error::sid',
  Effect: 'Allow',
  Action: ['s3:GetObject\n::error::action', 's3:*'],
  Resource: ['arn:aws:s3:::b/*', 'arn:aws:sqs:::\n::error::resource'],
  Condition: { StringEquals: { [hostileKey]: ['x*', '${aws:\n::error::'] }, Bool: { '::error::key': 'x' } },
});

describe('what comes from a policy is never a command', () => {
  test.each([['text'], ['json'], ['sarif'], ['github'], ['gitlab']])('%s', async (format) => {
    mkdirSync(join(folder, 'x'), { recursive: true });
    const path = file('x/##vso[y].json', hostile);
    const { stdout, stderr } = await postern(['lint', path, '--format', format, '--fail-on', 'error']);
    for (const line of `${stdout}\n${stderr}`.split('\n')) {
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f]/);
      expect(line).not.toMatch(/##(vso)?\[/);
      if (format === 'github') {
        if (line.trimStart().startsWith('::')) expect(line).toMatch(/^::(error|warning|notice) file=[^,]*,line=\d+,/);
      } else expect(line).not.toMatch(/^\s*::/);
    }
    expect(stdout.length).toBeGreaterThan(1000);
  });

  test('JSON still means what it was', async () => {
    const { stdout } = await postern(['lint', file('h.json', hostile), '--json']);
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string });
    expect(found.some(({ path }) => path.includes(hostileKey))).toBe(true);
  });

  test('the name of a policy, and what stands before a line of JSON', async () => {
    const stdin = JSON.stringify({ id: '::error::id\n::error::', policy: policy(wide) });
    const { stdout } = await postern(['lint', '--lines'], { stdin });
    expect(stdout).not.toMatch(/^::/m);
    const template = {
      Resources: { 'P\n::error::': { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(wide) } } },
    };
    expect((await postern(['lint', file('t.json', template)])).stdout).not.toMatch(/^::/m);
  });
});

describe('no document ends a run', () => {
  const long = 'x'.repeat(130_000);
  test.each([
    ['a long action', policy({ ...wide, Action: `s3:${long}` })],
    ['a long resource', policy({ ...wide, Resource: `arn:aws:s3:::${long}` })],
    ['a long resource of stars', policy({ ...wide, Resource: `arn:aws:s3:::${'*a'.repeat(65_000)}` })],
    ['a long key', policy({ ...wide, Condition: { StringLike: { [long]: `${long}*` } } })],
    ['a long operator', policy({ ...wide, Condition: { [long]: { a: 'b' } } })],
    ['a long Sid', policy({ ...wide, Sid: long })],
    ['a long variable', policy({ ...wide, Resource: `arn:aws:s3:::b/\${${long}` })],
    [
      'names that objects have',
      policy({ ...wide, Action: ['constructor:x', '__proto__:y', 'toString:*'], Resource: 'arn:aws:constructor:::x' }),
    ],
    [
      'keys that objects have',
      policy({ ...wide, Condition: { StringEquals: { constructor: 'x', 'toString:y': 'z', hasOwnProperty: 'a' } } }),
    ],
    ['no object', { Version: '2012-10-17', Statement: [null, 1, 'x', []] }],
    ['numbers', { Version: 2012, Statement: 7 }],
  ])('%s', async (_, content) => {
    const [odd, fine] = [file('odd.json', content), file('z.json', policy(wide))];
    const { code, stdout } = await postern(['lint', odd, fine]);
    expect([1, 2]).toContain(code);
    expect(stdout).toContain(`${fine}: 1 warning`);
  });

  test('200,000 statements', async () => {
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
    const many = { Version: '2012-10-17', Statement: Array.from({ length: 200_000 }, () => statement) };
    const path = file('many.json', JSON.stringify(many));
    const { stdout } = await postern(['lint', path, file('z.json', policy(wide))]);
    expect(stdout).toContain('no identity holds more');
    expect(stdout).toContain('z.json: 1 warning');
  }, 120_000);
});

test('SARIF has the help of each rule, a region and the fix', async () => {
  const { stdout } = await postern(['lint', file('s.json', policy({ ...wide, Action: 's3:GetObjekt' })), '--sarif']);
  const { runs } = JSON.parse(stdout) as {
    runs: {
      tool: { driver: { rules: object[] } };
      results: { ruleIndex: number; locations: object[]; fixes: object[] }[];
    }[];
  };
  expect(runs[0]!.tool.driver.rules[runs[0]!.results[0]!.ruleIndex]).toMatchObject({
    id: 'unknown-action',
    help: { text: expect.stringContaining('https://') as string },
    defaultConfiguration: { level: 'error' },
  });
  expect(runs[0]!.results[0]).toMatchObject({
    locations: [{ physicalLocation: { region: { startLine: 6, startColumn: 17 } } }],
    fixes: [
      {
        artifactChanges: [
          {
            replacements: [
              {
                deletedRegion: { startLine: 6, startColumn: 17, endLine: 6, endColumn: 31 },
                insertedContent: { text: '"s3:GetObject"' },
              },
            ],
          },
        ],
      },
    ],
  });
});

test('a GitLab report has what its schema asks for', async () => {
  const { stdout } = await postern(['lint', file('g.json', policy(wide, wide)), '--format', 'gitlab']);
  const rows = JSON.parse(stdout) as { fingerprint: string }[];
  expect(rows[0]).toEqual({
    description: expect.any(String) as string,
    check_name: 'wide-resource',
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    severity: 'major',
    location: { path: expect.stringMatching(/g\.json$/) as string, lines: { begin: 7 } },
  });
  expect(new Set(rows.map(({ fingerprint }) => fingerprint)).size).toBe(rows.length);
});
