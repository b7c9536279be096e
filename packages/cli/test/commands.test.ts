import { build, ecrDockerPush, listPermissions, print, trustEntries, useCases, type UseCase } from '@postern/core';
import { parse as parseYaml } from 'yaml';
import { describe, expect, test } from 'vitest';
import { place, postern, push, pushMyApp } from './terminal.js';
import { kebabCase } from '../src/options/spell.js';
import { findUseCase } from '../src/use-cases.js';

const myApp = build(ecrDockerPush, { repositories: ['my-app'], account: '123456789012', region: 'eu-west-1' });

describe('generate', () => {
  test('prints the policy on stdout, size and notes on stderr', async () => {
    const { code, stdout, stderr } = await postern(pushMyApp);
    expect(code).toBe(0);
    expect(stdout).toBe(`${print(myApp)}\n`);
    expect(stderr).toMatch(
      /^size: \d+ of 6,144 characters that a managed policy may have\nnote: .*repository policies.*\nnote: clients may ask to mount layers .*`--mount-from`.*\n$/,
    );
  });

  test('takes flags in any order, lists in several values and several times, and = signs', async () => {
    const { stdout } = await postern([
      'generate',
      '--region=eu-west-1',
      '--account',
      '123456789012',
      'ecr-docker-push',
      '--repositories',
      'a1',
      'b1',
      '--no-check-existing',
      '--repositories',
      'c,1'.replace(',', '-'),
      '--push-client',
      'classic',
      '--pull',
    ]);
    const document = build(ecrDockerPush, {
      repositories: ['a1', 'b1', 'c-1'],
      account: '123456789012',
      region: 'eu-west-1',
      checkExisting: false,
      pushClient: 'classic',
      pull: true,
    });
    expect(stdout).toBe(`${print(document)}\n`);
  });

  test('does not split lists at commas', async () => {
    const { code, stderr } = await postern([...push, '--repositories', 'a,b', ...place]);
    expect(code).toBe(2);
    expect(stderr).toContain('`a,b` is no ECR repository');
  });

  test('prints YAML that reads as the same policy, dates in quotes', async () => {
    const { stdout } = await postern([...pushMyApp, '--format', 'yaml']);
    expect(stdout).toContain('Version: "2012-10-17"');
    expect(parseYaml(stdout)).toEqual(myApp);
  });

  test('explains every line of YAML in a comment', async () => {
    const { stdout } = await postern([...pushMyApp, '--format', 'yaml', '--explain']);
    const actions = stdout.split('\n').filter((line) => /- "ecr:/.test(line));
    expect(actions).toHaveLength(8);
    for (const line of actions) expect(line).toMatch(/" # .{10,}/);
    expect(stdout).toMatch(/- "\*" # the action has no resource type/);
    expect(parseYaml(stdout)).toEqual(myApp);
  });

  test('explains conditions of YAML as well', async () => {
    const { stdout } = await postern([
      'generate',
      'terraform-remote-state-s3',
      '--bucket',
      'b-1',
      '--keys',
      'k',
      ...place,
      '--lock',
      'dynamodb',
      '--lock-table',
      'locks',
      '--format',
      'yaml',
      '--explain',
    ]);
    expect(stdout).toMatch(/# only the lock of these states, in a table that may be shared\n +dynamodb:LeadingKeys:/);
  });

  test('explains JSON in a table on stderr', async () => {
    const { stdout, stderr } = await postern([...pushMyApp, '--explain']);
    expect(stdout).toBe(`${print(myApp)}\n`);
    for (const action of ['ecr:PutImage', 'ecr:GetAuthorizationToken', 'ecr:DescribeImages'])
      expect(stderr).toContain(action);
    expect(stderr).toContain('write the manifest and its tag');
  });

  test.each([
    ['JSON', '{"repositories":["my-app"],"account":"123456789012","region":"eu-west-1"}'],
    [
      'JSON with a byte order mark and Windows line ends',
      '\ufeff{\r\n"repositories":["my-app"],\r\n"account":"123456789012",\r\n"region":"eu-west-1"}\r\n',
    ],
    ['YAML', 'repositories: [my-app]\naccount: "123456789012"\nregion: eu-west-1\n'],
    ['YAML with Windows line ends', 'repositories:\r\n  - my-app\r\naccount: "123456789012"\r\nregion: eu-west-1\r\n'],
    ['YAML in braces', '{repositories: [my-app], account: "123456789012", region: eu-west-1,}'],
  ])('reads options from standard input: %s', async (_, stdin) => {
    expect((await postern([...push, '--options', '-'], { stdin })).stdout).toBe(`${print(myApp)}\n`);
  });

  test('flags replace what the file says, lists as a whole', async () => {
    const stdin = '{"repositories":["other","more"],"account":"123456789012","region":"us-east-1","pull":true}';
    const { stdout } = await postern(
      [...push, '--options', '-', '--repositories', 'my-app', '--region', 'eu-west-1', '--no-pull'],
      { stdin },
    );
    expect(stdout).toBe(`${print(myApp)}\n`);
  });

  test('says when a policy is too large, and what to do', async () => {
    const keys = Array.from(
      { length: 60 },
      (_, index) => `a-rather-long-folder-name/for-stack-number-${index}/terraform.tfstate`,
    );
    const { code, stderr } = await postern([
      'generate',
      'terraform-remote-state-s3',
      '--bucket',
      'b-1',
      '--region',
      'eu-west-1',
      '--keys',
      ...keys,
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^size: \d\d,\d{3} of 6,144 characters.*: too large/);
  });

  test("names Terragrunt's caller identity in a note", async () => {
    const { stderr } = await postern(['generate', 'terragrunt', '--bucket', 'b-1', '--keys', 'k', ...place]);
    expect(stderr).toContain('GetCallerIdentity needs no permission');
  });

  test.each(useCases.map(({ id }) => id))('%s --help gives flags, defaults and an example that works', async (id) => {
    const { code, stdout } = await postern(['generate', id, '--help']);
    expect(code).toBe(0);
    for (const name of Object.keys(findUseCase(id).options))
      expect(stdout).toMatch(new RegExp(`\n  --${kebabCase(name)}[ \n]`));
    expect(stdout).toContain('(default: ');
    const example = /postern (generate \S+ --.*)/.exec(stdout.replace(/ \\\n +/g, ' '))?.[1];
    expect(example).toBeDefined();
    expect(await postern(example!.split(' '))).toMatchObject({ code: 0 });
  });

  test('entry options never hide the flags of generate itself', () => {
    const own = ['options', 'format', 'output', 'explain', 'help', 'json', 'name', 'version'];
    for (const { options } of useCases) expect(Object.keys(options).filter((name) => own.includes(name))).toEqual([]);
  });
});

describe('bad command lines: every problem in a sentence, exit 2, nothing on stdout', () => {
  test.each<[string, string[], RegExp]>([
    [
      'unknown use case',
      ['generate', 'ecr-docker-pusj'],
      /^postern: `ecr-docker-pusj` is no use case, did you mean `ecr-docker-push`\?\n$/,
    ],
    ['no use case', ['generate'], /^postern: `postern generate` needs a use case: see `postern list`\n$/],
    [
      'use case eaten by a list',
      ['generate', '--repositories', 'a1', 'ecr-docker-push'],
      /is read as a value of the flag before it/,
    ],
    ['unknown command', ['generat'], /^postern: `generat` is no command, did you mean `generate`\?\n$/],
    [
      'unknown flags, all of them',
      [...pushMyApp, '--pul', '--scpe', 'x'],
      /^postern: `--pul` is no flag of `postern generate ecr-docker-push`, did you mean `--pull`\?\npostern: `--scpe` .*did you mean `--scope`\?\n$/,
    ],
    [
      'unknown flag of list',
      ['list', '--jsn'],
      /^postern: `--jsn` is no flag of `postern list`, did you mean `--json`\?\n$/,
    ],
    ['a word too many', [...pushMyApp, '--pull', 'extra'], /^postern: `extra` belongs to no flag/],
    [
      'a text without quotes',
      ['split', 'a', 'b', 'c'],
      /^postern: `b` is too much, `postern split` takes one argument: put quotes around a text with blanks\n$/,
    ],
    ['three of two', ['diff', 'a', 'b', 'c'], /^postern: `c` is too much, `postern diff` takes 2 arguments: /],
    [
      'an argument of none',
      ['terraform-external', 'x'],
      /^postern: `x` is too much, `postern terraform-external` takes no argument: see `postern terraform-external --help`\n$/,
    ],
    [
      'a value missing',
      [...push, '--region'],
      /^postern: `--region` needs a value: see `postern generate ecr-docker-push --help`\n$/,
    ],
    [
      'a value twice',
      [...pushMyApp, '--region', 'us-east-1'],
      /^postern: `--region` is given twice, as `eu-west-1` and `us-east-1`: keep one\n$/,
    ],
    [
      'missing options, all of them',
      push,
      /--repositories: missing: for example `--repositories my-app`\n.*--account: missing: .*\n.*--region: missing: .*\n$/,
    ],
    [
      'unknown format',
      [...pushMyApp, '--format', 'ymal'],
      /^postern: --format: `ymal` is none of `json`, `yaml`, .*, did you mean `yaml`\?\n$/,
    ],
    [
      'unknown word',
      [...pushMyApp, '--push-client', 'docker'],
      /^postern: --push-client: `docker` is none of `any`, `classic`, `cdk-assets`: choose one of them\n$/,
    ],
    [
      'a wildcard',
      [...push, '--repositories', 'my-*', ...place],
      /^postern: --repositories: `my-\*` .*`--scope pattern`/,
    ],
    [
      'a repository named as an option',
      [...push, '--repositories', 'Region', ...place],
      /^postern: --repositories: `Region` is no ECR repository/,
    ],
    [
      'a lock table missing',
      ['generate', 'terragrunt', '--bucket', 'b-1', '--keys', 'k', '--lock', 'both', ...place],
      /--lock-table: missing, and `--lock` uses a table: for example `--lock-table terraform-locks`/,
    ],
    ['show without anything', ['show'], /^postern: give either a use case or `--action`/],
    ['show an action without a service', ['show', '--action', 'PutImage'], /^postern: `PutImage` is no action/],
    ['completion for another shell', ['completion', 'bsh'], /did you mean `bash`\?/],
  ])('%s', async (_, args, expected) => {
    const { code, stdout, stderr } = await postern(args);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('bad options files', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /^postern: standard input is empty: write the options as JSON or YAML\n$/],
    ['2 MB', `{"repositories":["${'a'.repeat(2_000_000)}"]}`, /^postern: standard input is larger than 1 MiB/],
    ['duplicate JSON keys', '{"region":"a","region":"b"}', /^postern: standard input: the key `region` stands twice/],
    [
      'duplicate YAML keys',
      'region: a\nregion: b\n',
      /^postern: standard input is neither JSON nor YAML: Map keys must be unique/,
    ],
    [
      '__proto__ in JSON',
      '{"__proto__":{"pull":true}}',
      /postern: __proto__: `__proto__` is no option of `ecr-docker-push`/,
    ],
    [
      '__proto__ in YAML',
      '__proto__:\n  pull: true\n',
      /postern: __proto__: `__proto__` is no option of `ecr-docker-push`/,
    ],
    [
      'broken JSON',
      '{"region": "eu-west-1"',
      /is neither JSON nor YAML: not JSON: the text ends too early at line 1, column 23/,
    ],
    [
      'anchors that expand without end',
      'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nrepositories: *c\n',
      /anchors and aliases are not taken/,
    ],
    ['a list', '[1]', /holds no set of options/],
    ['a text', 'hello', /holds no set of options/],
    ['two documents', 'region: a\n---\nregion: b\n', /neither JSON nor YAML/],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00]), /is not UTF-8 text/],
    [
      'a number for an account',
      '{"account":123456789012}',
      /postern: account: `123456789012` is no AWS account id, which is a string: put it in quotes/,
    ],
    [
      'an unknown name',
      'repositries: [a1]',
      /postern: repositries: `repositries` is no option of `ecr-docker-push`, did you mean `repositories`\?/,
    ],
    ['deep nesting', '['.repeat(1_000_000), /is nested more than 64 levels deep: flatten it/],
  ])('%s', async (_, stdin, expected) => {
    const { code, stdout, stderr } = await postern([...push, '--options', '-'], { stdin });
    expect(stderr).toMatch(expected);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('list and show', () => {
  test('list names every use case, in words and in JSON', async () => {
    const { stdout } = await postern(['list']);
    const parts = stdout.trimEnd().split('\n\nWho may assume a role, with `postern trust`:\n');
    const ids = parts.map((part) => part.split('\n').map((line) => line.split(' ')[0]));
    expect(ids).toEqual([useCases, trustEntries].map((entries) => entries.map(({ id }) => id)));
    const json = JSON.parse((await postern(['list', '--json'])).stdout) as { kind: string; id: string }[];
    expect(json.filter(({ kind }) => kind === 'use-case').map(({ id }) => id)).toEqual(ids[0]);
    expect(json.filter(({ kind }) => kind === 'trust').map(({ id }) => id)).toEqual(ids[1]);
  });

  test.each(useCases.map((useCase) => [useCase.id, useCase] as const))(
    'show %s gives every option, action, reason and evidence',
    async (id, useCase) => {
      const { code, stdout } = await postern(['show', id]);
      expect(code).toBe(0);
      for (const { sid, actions } of useCase.statements) {
        expect(stdout).toContain(`  ${sid}\n`);
        for (const action of Object.keys(actions)) expect(stdout).toContain(`    ${action}\n`);
      }
      for (const option of Object.values(useCase.options)) expect(stdout).toContain(option.help);
      const json = JSON.parse((await postern(['show', id, '--json'])).stdout) as { permissions: { reason: string }[] };
      expect(json.permissions.every(({ reason }) => reason.length > 5)).toBe(true);
    },
  );

  test('show terraform-remote-state-s3 names the known widening and what restricting costs', async () => {
    const { stdout } = await postern(['show', 'terraform-remote-state-s3']);
    expect(stdout).toMatch(/Wider than the job needs\n.*ListBucket.*403.*`--restrict-listing`/);
  });

  test('show says which release was run, and what another client makes of the part', async () => {
    const { stdout } = await postern(['show', 'terraform-remote-state-s3']);
    expect(stdout).toMatch(
      /s3:PutObjectTagging\n.*\n.*\n {8}proof proved: tofu \d\S+ fails at "tofu apply" without it \(opentofu\); terraform \d\S+ does not ask for it\n/,
    );
    // Neither misses the digest where both run: nothing is said of it.
    expect(stdout).toMatch(
      /dynamodb:GetItem\n.*\n.*\n {8}proof proved: terraform \d\S+ fails at "[^"]+" without it \([\w ]+\)\n/,
    );
  });

  test('show --action says which use cases and options bring it, letter case ignored', async () => {
    const { stdout } = await postern(['show', '--action', 'ECR:batchgetimage']);
    expect(stdout).toMatch(
      /ecr-docker-push: ecr:BatchGetImage\n {2}why {3}.*\n {2}when {2}`--push-client` is one of `any`, `cdk-assets`/,
    );
    expect(stdout).toMatch(/when {2}`--pull` is `true` and `--push-client` is `classic`/);
    const json = JSON.parse((await postern(['show', '--action', 's3:*', '--json'])).stdout) as { useCase: string }[];
    const bringing = (useCases as readonly UseCase[]).filter((useCase) =>
      listPermissions(useCase).some(({ action }) => action.startsWith('s3:')),
    );
    expect(bringing.length).toBeGreaterThan(0);
    expect(new Set(json.map(({ useCase }) => useCase))).toEqual(new Set(bringing.map(({ id }) => id)));
  });

  test('an action that nothing brings is a finding', async () => {
    const { code, stdout, stderr } = await postern(['show', '--action', 'account:CloseAccount']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('postern: no use case brings `account:CloseAccount`: see `postern list` for what there is\n');
  });
});

describe('the program', () => {
  test('--help gives a real example for each use case, --version the version', async () => {
    const { code, stdout } = await postern(['--help']);
    expect(code).toBe(0);
    for (const { id } of useCases) expect(stdout).toContain(`  postern generate ${id} --`);
    expect((await postern(['--version'])).stdout).toBe('1.2.3\n');
  });

  test('headings are bold on a terminal only, and not where NO_COLOR is set', async () => {
    expect((await postern(['show', 'terragrunt'], { terminal: true })).stdout).toContain('\u001b[1m');
    expect((await postern(['show', 'terragrunt'])).stdout).not.toContain('\u001b');
    expect((await postern(['show', 'terragrunt'], { terminal: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(
      '\u001b',
    );
  });
});

describe('completion', () => {
  const idsFrom = (start: string) => useCases.map(({ id }) => id).filter((id) => id.startsWith(start));
  const trustsFrom = (start: string) => trustEntries.map(({ id }) => id).filter((id) => id.startsWith(start));
  const complete = async (...words: string[]) =>
    (await postern(['complete', '--', ...words])).stdout.trimEnd().split('\n');
  test.each<[string[], string[]]>([
    [['g'], ['generate']],
    [['generate', 'terraf'], idsFrom('terraf')],
    [
      ['show', 'ec'],
      [...idsFrom('ec'), ...trustsFrom('ec')],
    ],
    [['trust', ''], trustsFrom('')],
    [['trust', 'github-actions', '--pull'], ['--pull-requests']],
    [['trust', 'github-actions', '--subject-form', 'im'], ['immutable']],
    [['help', 'trust', 'github'], ['github-actions']],
    [['generate', 'github'], ['']],
    [['generate', 'ecr-docker-push', '--push'], ['--push-client']],
    [
      ['generate', 'ecr-docker-push', '--push-client', ''],
      ['any', 'classic', 'cdk-assets'],
    ],
    [['generate', 'ecr-docker-push', '--format', 'y'], ['yaml']],
    [['generate', 'ecr-docker-push', '--output', ''], [':files']],
    [['completion', 'f'], ['fish']],
    [['nonsense', ''], ['']],
  ])('%j: %j', async (words, expected) => {
    expect(await complete(...words)).toEqual(expected);
  });
});
