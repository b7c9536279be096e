import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  build,
  cdkDeploy,
  ecrDockerPush,
  ecsServiceDeployment,
  kindOf,
  listNotes,
  OptionsError,
  print,
  secretsRead,
  terraformRemoteStateS3,
  terragrunt,
  tryBuild,
  useCases,
  type Host,
  type OptionsOf,
  type UseCase,
} from '../../src/index.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const ecr = { repositories: ['my-app'], ...place };
const ecs = { cluster: 'c', services: ['web'], taskDefinitionFamilies: ['web'], ...place };
const state = { bucket: 'acme-state', keys: ['a/terraform.tfstate'], ...place };

function problemsOf(useCase: UseCase, options: unknown): string[] {
  return tryBuild(useCase, options).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('every problem names its place and its input, in one lowercase sentence', () => {
  test.each<[string, UseCase, unknown, string | RegExp]>([
    ['no options', ecrDockerPush, {}, 'repositories: missing: for example `repositories: my-app`'],
    ['no place', ecrDockerPush, { repositories: ['my-app'] }, 'account: missing: for example `account: 123456789012`'],
    ['no region', ecrDockerPush, { repositories: ['my-app'] }, 'region: missing: for example `region: eu-west-1`'],
    ['a text for options', ecrDockerPush, 'x', ': `x` is no set of options: give an object with the options by name'],
    [
      'an unknown option',
      ecrDockerPush,
      { ...ecr, repositries: [] },
      'repositries: `repositries` is no option of `ecr-docker-push`, did you mean `repositories`?',
    ],
    ['a __proto__ option', ecrDockerPush, JSON.parse('{"__proto__":{"a":1}}'), /^__proto__: `__proto__` is no option/],
    ['an empty list', ecrDockerPush, { ...ecr, repositories: [] }, /^repositories: the list is empty/],
    [
      'a text for a list',
      ecrDockerPush,
      { ...ecr, repositories: 'my-app' },
      /^repositories: `my-app` is no list: write `repositories: \[my-app\]`/,
    ],
    [
      'a number for a text',
      ecrDockerPush,
      { ...ecr, account: 123456789012 },
      /^account: `123456789012` is no AWS account id, which is a string: put it in quotes/,
    ],
    [
      'a text for a switch',
      ecrDockerPush,
      { ...ecr, pull: 'yes' },
      'pull: `yes` is neither true nor false: write one of them',
    ],
    [
      'an unknown word',
      ecrDockerPush,
      { ...ecr, pushClient: 'clasic' },
      'pushClient: `clasic` is none of `any`, `classic`, `cdk-assets`, did you mean `classic`?',
    ],
    [
      'a duplicate',
      ecrDockerPush,
      { ...ecr, repositories: ['a-a', 'a-a'] },
      'repositories[1]: `a-a` already stands at `repositories[0]`: keep one',
    ],
    [
      'a duplicate by ARN',
      ecrDockerPush,
      { ...ecr, repositories: ['a-a', 'arn:aws:ecr:eu-west-1:123456789012:repository/a-a'] },
      /^repositories\[1\]: `arn:aws:ecr:eu-west-1:123456789012:repository\/a-a` is the same as `a-a` at `repositories\[0\]`: keep one$/,
    ],
    [
      'a wildcard without scope',
      ecrDockerPush,
      { ...ecr, repositories: ['my-*'] },
      /^repositories\[0\]: `my-\*` .*the scope is `exact`: set `scope: pattern`/,
    ],
    [
      'a wildcard in an ARN without scope',
      ecrDockerPush,
      { ...ecr, repositories: ['arn:aws:ecr:eu-west-1:123456789012:repository/*'] },
      /^repositories\[0\]: `\*` .*scope is `exact`/,
    ],
    [
      'a wildcard where none is ever allowed',
      ecrDockerPush,
      { ...ecr, mountFrom: ['base-*'], scope: 'pattern' },
      /^mountFrom\[0\]: `base-\*` holds a wildcard, and `mountFrom` is always exact/,
    ],
    [
      'a list under scope account',
      ecrDockerPush,
      { ...ecr, scope: 'account' },
      /^repositories: the list and `scope: account` exclude each other/,
    ],
    [
      'an account of 11 digits',
      ecrDockerPush,
      { ...ecr, account: '12345678901' },
      /^account: `12345678901` is no AWS account id: use 12 digits/,
    ],
    [
      'a mistyped region',
      ecrDockerPush,
      { ...ecr, region: 'us-esat-1' },
      /^region: `us-esat-1` is no region known on \d{4}-\d\d-\d\d, did you mean `us-east-1`\?/,
    ],
    [
      'a mistyped region in a list',
      cdkDeploy,
      { ...place, targetRegions: ['us-esat-1'] },
      /^targetRegions\[0\]: `us-esat-1` is no region known on \d{4}-\d\d-\d\d, did you mean `us-east-1`\?/,
    ],
    [
      'a region in a list, in another partition than the region',
      cdkDeploy,
      { ...place, targetRegions: ['us-east-1', 'cn-north-1'] },
      'targetRegions[1]: `cn-north-1` has the partition `aws-cn`, and `region` `eu-west-1` is in `aws`: make them agree',
    ],
    [
      'an unknown region with a partition only',
      ecrDockerPush,
      { ...ecr, region: 'eu-north-9', partition: 'aws' },
      /^region: `eu-north-9` is no region known/,
    ],
    [
      'a region of another partition',
      ecrDockerPush,
      { ...ecr, partition: 'aws-cn' },
      /^partition: the region `eu-west-1` is in `aws`, not in `aws-cn`/,
    ],
    [
      'an unknown partition',
      ecrDockerPush,
      { ...ecr, partition: 'aws-ch' },
      /^partition: `aws-ch` is no partition .*did you mean `aws(-cn)?`/,
    ],
    [
      'an ARN of another service',
      ecrDockerPush,
      { ...ecr, repositories: ['arn:aws:ecs:eu-west-1:123456789012:cluster/x'] },
      'repositories[0]: `arn:aws:ecs:eu-west-1:123456789012:cluster/x` is no ECR repository ARN: write it as `arn:aws:ecr:REGION:ACCOUNT:repository/NAME`',
    ],
    [
      'an ARN of another region',
      ecrDockerPush,
      { ...ecr, repositories: ['arn:aws:ecr:eu-west-2:123456789012:repository/x1'] },
      /^repositories\[0\]: .* has the region `eu-west-2`, and `region` says `eu-west-1`: make them agree/,
    ],
    [
      'an ARN of another account',
      ecrDockerPush,
      { ...ecr, repositories: ['arn:aws:ecr:eu-west-1:999999999999:repository/x1'] },
      /^repositories\[0\]: .* has the account `999999999999`, and `account` says `123456789012`/,
    ],
    [
      'an ARN of another partition than its region',
      ecrDockerPush,
      { repositories: ['arn:aws:ecr:cn-north-1:123456789012:repository/x1'] },
      /has the partition `aws`, and its region is in `aws-cn`: make them agree$/,
    ],
    [
      'two ARNs that disagree',
      ecrDockerPush,
      {
        repositories: [
          'arn:aws:ecr:eu-west-1:123456789012:repository/x1',
          'arn:aws:ecr:eu-west-2:123456789012:repository/x2',
        ],
      },
      /^repositories\[1\]: .* has the region `eu-west-2`, and `repositories\[0\]` says `eu-west-1`/,
    ],
    [
      'half an ARN',
      ecrDockerPush,
      { ...ecr, repositories: ['arn:aws:ecr'] },
      /^repositories\[0\]: `arn:aws:ecr` is no ECR repository ARN/,
    ],
    [
      'an ARN with a word for an account',
      ecrDockerPush,
      { ...ecr, repositories: ['arn:aws:ecr:eu-west-1:me:repository/x1'] },
      /has `me` for an account: write 12 digits/,
    ],
    [
      'capitals in a bucket name',
      terraformRemoteStateS3,
      { ...state, bucket: 'Acme' },
      /^bucket: `Acme` is no S3 bucket: use lower case/,
    ],
    [
      'a policy variable',
      terraformRemoteStateS3,
      { ...state, keys: ['a/${aws:username}'] },
      /^keys\[0\]: `a\/\$\{aws:username\}` holds `\$\{`, which IAM reads as a policy variable/,
    ],
    [
      'a key that holds a star',
      terraformRemoteStateS3,
      { ...state, keys: ['a/*'] },
      /^keys\[0\]: `a\/\*` .* else the name cannot be written in a policy/,
    ],
    [
      'a key with a leading slash',
      terraformRemoteStateS3,
      { ...state, keys: ['/a'] },
      /^keys\[0\]: `\/a` begins or ends with a slash, which terraform refuses/,
    ],
    ['an emoji', terraformRemoteStateS3, { ...state, keys: ['a🚀'] }, /^keys\[0\]: `a🚀` is no state key/],
    [
      'a control character',
      terraformRemoteStateS3,
      { ...state, keys: ['a\u0007b'] },
      /^keys\[0\]: `a\\u0007b` is no state key/,
    ],
    [
      'an empty workspace key prefix',
      terraformRemoteStateS3,
      { ...state, workspaceKeyPrefix: '' },
      /^workspaceKeyPrefix: an empty text makes terraform list the whole bucket/,
    ],
    [
      'the workspace default',
      terraformRemoteStateS3,
      { ...state, workspaces: ['default'] },
      /^workspaces\[0\]: `default` keeps its state at the key itself/,
    ],
    [
      'an alias for a key',
      terraformRemoteStateS3,
      { ...state, kmsKey: 'alias/state' },
      /^kmsKey: `alias\/state` is an alias, and IAM does not decide by aliases/,
    ],
    [
      'the ARN of an alias',
      terraformRemoteStateS3,
      { ...state, kmsKey: 'arn:aws:kms:eu-west-1:123456789012:alias/x' },
      /^kmsKey: .* is an alias/,
    ],
    [
      'a lock table missing',
      terraformRemoteStateS3,
      { ...state, lock: 'dynamodb' },
      'lockTable: missing, and `lock` uses a table: for example `lockTable: terraform-locks`',
    ],
    ['a lock table too many', terraformRemoteStateS3, { ...state, lockTable: 'locks' }, /^lockTable: without use/],
    [
      'no workspace at all',
      terraformRemoteStateS3,
      { ...state, defaultWorkspace: false },
      /^workspaces: missing, and the default workspace is left out/,
    ],
    [
      'a user for a role',
      ecsServiceDeployment,
      { ...ecs, passRoles: ['arn:aws:iam::123456789012:user/x'] },
      'passRoles[0]: `arn:aws:iam::123456789012:user/x` is no IAM role ARN: write it as `arn:aws:iam::ACCOUNT:role/NAME`',
    ],
    [
      'a service of another cluster',
      ecsServiceDeployment,
      { ...ecs, services: ['arn:aws:ecs:eu-west-1:123456789012:service/d/web'] },
      /^services\[0\]: .*`arn:aws:ecs:REGION:ACCOUNT:service\/c\/NAME`/,
    ],
    [
      'a family with a revision',
      ecsServiceDeployment,
      { ...ecs, taskDefinitionFamilies: ['web:7'] },
      /^taskDefinitionFamilies\[0\]: `web:7` has a revision/,
    ],
    [
      'no services',
      ecsServiceDeployment,
      { cluster: 'c', taskDefinitionFamilies: ['web'], ...place },
      /^services: missing, and `runTask` is not set: for example `services: web`/,
    ],
    [
      'no families',
      ecsServiceDeployment,
      { cluster: 'c', services: ['web'], ...place },
      /^taskDefinitionFamilies: missing/,
    ],
    ['an empty passRoles', ecsServiceDeployment, { ...ecs, passRoles: [] }, /^passRoles: the list is empty/],
    [
      'no new task definition with the action',
      ecsServiceDeployment,
      { ...ecs, newTaskDefinition: false },
      /^newTaskDefinition: `false` works with the clients `aws-cli` and `ecs-deploy` only/,
    ],
    [
      'CodeDeploy with two services',
      ecsServiceDeployment,
      { ...ecs, services: ['a', 'b'], codeDeployApplication: 'x', codeDeployDeploymentGroup: 'y' },
      /^services: CodeDeploy deploys one service/,
    ],
    [
      'CodeDeploy with a script',
      ecsServiceDeployment,
      { ...ecs, client: 'fabfuel', codeDeployApplication: 'x', codeDeployDeploymentGroup: 'y' },
      /^client: CodeDeploy is used by/,
    ],
    [
      'a deployment group without its application',
      ecsServiceDeployment,
      { ...ecs, codeDeployDeploymentGroup: 'y' },
      /^codeDeployApplication: missing, and a deployment group or configuration is given/,
    ],
    [
      'half of CodeDeploy',
      ecsServiceDeployment,
      { ...ecs, codeDeployApplication: 'x' },
      /^codeDeployDeploymentGroup: missing/,
    ],
    ['nothing to allow', terragrunt, { ...state, lock: 'none' }, /^: with these options the job needs no permission/],
    [
      'a reference without an ARN and a name',
      ecrDockerPush,
      { ...ecr, repositories: [{}] },
      /^repositories\[0\]: .* is no reference to a resource: write `\{ arn \}`, `\{ name \}` or both/,
    ],
  ])('%s', (_, useCase, options, expected) => {
    const problems = problemsOf(useCase, options);
    expect(problems).toContainEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    for (const problem of problems) expect(problem).toMatch(/: (`|[a-zC]|CodeDeploy)/);
  });

  test.each(['', 'aws*', 'a.b', '${AWS::Partition}', 'https://example.com'])(
    'the partition %j is told once, as its form or as the table says',
    (partition) => {
      const told = problemsOf(ecrDockerPush, { ...ecr, partition });
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/^partition: /);
    },
  );

  test('a partition that is none leads to those that are', () => {
    expect(problemsOf(ecrDockerPush, { ...ecr, partition: 'aws-gov' })).toEqual([
      expect.stringMatching(/^partition: `aws-gov` is no partition known on .*: use one of `aws`, .*`aws-us-gov`/),
    ]);
  });

  test.each(['*', 'eu-*', 'EU-WEST-1', 'Frankfurt', 'eu-west-1a', 'eu_west_1', 'eu-west-1 '])(
    'an ARN with %j for a region is refused, also where it may be elsewhere',
    (region) => {
      const cells: [UseCase, string, string][] = [
        [ecrDockerPush, 'repositories', `arn:aws:ecr:${region}:123456789012:repository/app`],
        [secretsRead, 'secrets', `arn:aws:secretsmanager:${region}:123456789012:secret:app-AbCdEf`],
        [secretsRead, 'parameters', `arn:aws:ssm:${region}:123456789012:parameter/app`],
      ];
      for (const [entry, option, arn] of cells)
        expect(problemsOf(entry, { [option]: [arn] })).toContain(
          `${option}[0]: \`${arn}\` has \`${region}\` for a region: write one, such as \`eu-west-1\``,
        );
    },
  );

  test.each(['*', 'aws*', 'AWS', 'a b'])('an ARN with %j for a partition is refused, known or not', (partition) => {
    const repositories = [`arn:${partition}:ecr:eu-west-9:123456789012:repository/app`];
    expect(problemsOf(ecrDockerPush, { repositories, allowUnknownRegion: true })[0]).toContain(
      `has \`${partition}\` for a partition`,
    );
  });

  test('the same name in ARNs of two accounts is no duplicate: they disagree, and that is told alone', () => {
    const far = ['123456789012', '210987654321', '210987654321'].map(
      (account) => `arn:aws:ecr:eu-west-1:${account}:repository/app`,
    );
    expect(problemsOf(ecrDockerPush, { repositories: far.slice(0, 2) })).toEqual([
      expect.stringMatching(/^repositories\[1\]: .* has the account `210987654321`, .*: make them agree$/),
    ]);
    expect(problemsOf(ecrDockerPush, { repositories: far })).toContainEqual(
      `repositories[2]: \`${far[2]}\` already stands at \`repositories[1]\`: keep one`,
    );
  });

  test('an ARN that is wrong is no duplicate as well', () => {
    const wrong = 'arn:aws:ecr:eu-*:123456789012:repository/app';
    expect(problemsOf(ecrDockerPush, { ...ecr, repositories: ['app', wrong] })).toEqual([
      `repositories[1]: \`${wrong}\` has \`eu-*\` for a region: write one, such as \`eu-west-1\``,
    ]);
  });

  test('all problems come at once', () => {
    const options = { repositories: ['A', 'my-*'], account: '1', region: 'mars', pushClient: 'x', foo: 1 };
    expect(
      tryBuild(ecrDockerPush, options)
        .problems.map(({ path }) => path)
        .sort(),
    ).toEqual(['account', 'foo', 'pushClient', 'region', 'repositories[0]', 'repositories[1]']);
  });

  test('build throws them all in one error', () => {
    const options = { repositories: ['A'], account: '1', region: 'eu-west-1' };
    expect(() => build(ecrDockerPush, options)).toThrow(OptionsError);
    expect(() => build(ecrDockerPush, options)).toThrow(/^ecr-docker-push: repositories\[0\]: .*; account: /);
  });
});

describe('the place', () => {
  test('full ARNs supply account, region and partition', () => {
    const repositories = ['arn:aws-cn:ecr:cn-north-1:123456789012:repository/x1', 'x2'];
    expect(build(ecrDockerPush, { repositories }).Statement[1]?.Resource).toEqual([
      'arn:aws-cn:ecr:cn-north-1:123456789012:repository/x1',
      'arn:aws-cn:ecr:cn-north-1:123456789012:repository/x2',
    ]);
  });

  test('a region that is not in the table is taken with partition and allowUnknownRegion', () => {
    const options = { ...ecr, region: 'eu-north-9', partition: 'aws', allowUnknownRegion: true };
    expect(build(ecrDockerPush, options).Statement[1]?.Resource).toEqual([
      'arn:aws:ecr:eu-north-9:123456789012:repository/my-app',
    ]);
  });

  test('S3 alone needs no account', () => {
    expect(problemsOf(terraformRemoteStateS3, { bucket: 'b-1', keys: ['k'], region: 'eusc-de-east-1' })).toEqual([]);
    expect(problemsOf(terraformRemoteStateS3, { bucket: 'b-1', keys: ['k'], partition: 'aws' })).toEqual([]);
    expect(problemsOf(terraformRemoteStateS3, { bucket: 'b-1', keys: ['k'] })).toEqual([
      'region: missing: for example `region: eu-west-1`',
    ]);
  });

  test('assumed roles may be in another account, and a KMS key where no account is given', () => {
    const elsewhere = { assumeRoles: ['arn:aws:iam::999999999999:role/x'] };
    expect(problemsOf(terraformRemoteStateS3, { ...state, ...elsewhere })).toEqual([]);
    const kmsKey = 'arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(problemsOf(terraformRemoteStateS3, { bucket: 'b-1', keys: ['k'], kmsKey })).toEqual([]);
    expect(problemsOf(terraformRemoteStateS3, { ...state, kmsKey })[0]).toMatch(/has the account `999999999999`/);
  });
});

describe('values that are not known yet', () => {
  const deferred = (text: string) => text.startsWith('${Token[');
  const token = '${Token[1]}';

  test('are left alone, and keep the order of declaration', () => {
    const options = {
      repositories: [{ name: token }, 'my-app', { arn: '${Token[2]}' }],
      account: token,
      region: token,
      partition: token,
    };
    const { document, problems } = tryBuild(ecrDockerPush, options, { deferred });
    expect(problems).toEqual([]);
    expect(document.Statement[1]?.Resource).toEqual([
      `arn:${token}:ecr:${token}:${token}:repository/${token}`,
      `arn:${token}:ecr:${token}:${token}:repository/my-app`,
      '${Token[2]}',
    ]);
  });

  test('of which nobody knows whether they are names or ARNs are asked for', () => {
    const { problems } = tryBuild(ecrDockerPush, { ...ecr, repositories: [token] }, { deferred });
    expect(problems).toEqual([
      {
        path: 'repositories[0]',
        message:
          '`${Token[1]}` is known only at deployment, and may be a name or an ARN: write `{ name: … }` or `{ arn: … }` of the ECR repository around it',
      },
    ]);
  });

  test('are refused by those who know no deferred values', () => {
    expect(problemsOf(ecrDockerPush, { ...ecr, repositories: [token] })[0]).toMatch(/policy variable/);
  });

  test('an ARN without a name cannot give one', () => {
    const options = { ...state, bucket: { arn: token }, lock: 'dynamodb', lockTable: 'locks' };
    expect(tryBuild(terraformRemoteStateS3, options, { deferred }).problems).toEqual([
      { path: 'bucket', message: 'the name is needed and cannot be read from the ARN: give `{ arn, name }`' },
    ]);
    const named = { ...options, bucket: { arn: token, name: 'acme' } };
    expect(tryBuild(terraformRemoteStateS3, named, { deferred }).problems).toEqual([]);
  });
});

describe('an ARN of its own form', () => {
  const resources = (useCases as readonly UseCase[]).flatMap((useCase) =>
    Object.entries(useCase.options).flatMap(([name, option]) =>
      'form' in option && 'arn' in option.form ? [{ useCase, name, option, form: option.form }] : [],
    ),
  );

  test.each(resources.map((one) => [`${one.useCase.id} ${one.name}`, one] as const))(
    'is taken by %s',
    (_, { useCase, name, option, form }) => {
      const holder = (named: string) => {
        const other = useCase.options[named];
        return other !== undefined && 'form' in other ? other.form.example : '';
      };
      const end = form.arn.resource.map((part) =>
        typeof part === 'string' ? part : part.slot === 'text' ? holder(part.option) : form.example,
      );
      const named = form.arn.resource.flatMap((part) =>
        typeof part === 'object' && part.slot === 'text' ? [[part.option, holder(part.option)]] : [],
      );
      const { regional, account, service } = form.arn;
      const arn = `arn:aws:${service}:${regional ? place.region : ''}:${account ? place.account : ''}:${end.join('')}`;
      const options = { ...Object.fromEntries(named), [name]: kindOf(option).ofItems([arn]), ...place };
      expect(tryBuild(useCase, options).problems.filter(({ message }) => message.includes(arn))).toEqual([]);
    },
  );
});

describe('values that are known in part', () => {
  const hole = /<[a-z]*>/;
  const host: Host = {
    deferred: (text) => hole.test(text),
    pieces: (text) =>
      text.split(/(<[a-z]*>)/).flatMap((piece) => (piece === '' ? [] : [{ text: piece, known: !hole.test(piece) }])),
  };
  const push = (repository: unknown, others: object = {}) =>
    tryBuild(ecrDockerPush, { ...ecr, repositories: [repository], ...others }, host);

  test.each<[unknown, string]>([
    ['team/<x>', 'arn:aws:ecr:eu-west-1:123456789012:repository/team/<x>'],
    [{ name: '<x>' }, 'arn:aws:ecr:eu-west-1:123456789012:repository/<x>'],
    ['arn:aws:ecr:<region>:<account>:repository/a-a', 'arn:aws:ecr:<region>:<account>:repository/a-a'],
    ['arn:<p>:ecr:eu-west-1:123456789012:repository/<x>', 'arn:<p>:ecr:eu-west-1:123456789012:repository/<x>'],
    [{ arn: 'arn:aws:ecr:<region>:<account>:<rest>' }, 'arn:aws:ecr:<region>:<account>:<rest>'],
    [{ arn: 'arn:<rest>' }, 'arn:<rest>'],
  ])('%j is taken', (repository, expected) => {
    const { document, problems } = push(repository);
    expect(problems).toEqual([]);
    expect(document.Statement[1]?.Resource).toEqual([expected]);
  });

  test.each<[unknown, RegExp]>([
    ['<x>team', /may be a name or an ARN/],
    ['ar<x>', /may be a name or an ARN/],
    ['arn:aws:ecr:<region>:<account>:<rest>', /may be the ARN of something else: write `\{ arn: … \}` around it/],
    ['arn:aws:s3:<region>:<account>:repository/x', /is no ECR repository ARN/],
    ['arn:aws:ecr::<account>:repository/x', /is no ECR repository ARN/],
    ['arn:aws:ecr:<region>::repository/x', /is no ECR repository ARN/],
    ['arn:aws:ecr:<region>:<account>:image/<x>', /is no ECR repository ARN/],
    ['arn:aws:ecr:us-east-1:<account>:repository/<x>', /has the region `us-east-1`, and `region` says `eu-west-1`/],
    ['arn:aws:ecr:eu-west-1:1:repository/<x>', /has `1` for an account/],
    ['arn:awz:ecr:eu-west-1:<account>:repository/<x>', /has `awz` for a partition/],
    ['team/<x>/*', /holds a character that IAM reads as a wildcard/],
    ['arn:aws:ecr:<region>:<account>:repository/<x>?', /holds a character that IAM reads as a wildcard/],
    ['team/<x>/${aws:username}', /policy variable/],
    ['Team/<x>', /`T` cannot stand in one: use lower case/],
    [`${'a'.repeat(300)}<x>`, /has 300 characters and more/],
    [{ arn: 'my-<x>' }, /is no ECR repository ARN/],
    [{ name: 'A<x>' }, /cannot stand in one/],
    [{ arn: 1 }, /is no reference to a resource: write `\{ arn \}`, `\{ name \}` or both/],
    [{}, /is no reference to a resource/],
  ])('%j is refused', (repository, message) => {
    expect(push(repository).problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  });

  test('a wildcard where the scope allows it is taken', () => {
    expect(push('team/<x>/*', { scope: 'pattern' }).problems).toEqual([]);
  });

  test('where a resource is counts as if it stood in its ARN', () => {
    const elsewhere = { arn: '<arn>', name: 'app', place: { account: '<a>', region: 'us-east-1' } };
    expect(push(elsewhere).problems.map(({ message }) => message)).toEqual([
      '`<arn>` has the region `us-east-1`, and `region` says `eu-west-1`: make them agree',
    ]);
    const bucket = { arn: '<arn>', name: 'acme', place: { region: 'us-east-1' } };
    expect(tryBuild(terraformRemoteStateS3, { ...state, bucket }, host).problems).toEqual([]);
  });

  test('what refuses a text refuses it with unknown pieces too', () => {
    const keys = (key: string) =>
      tryBuild(terraformRemoteStateS3, { ...state, keys: [key] }, host).problems.map(({ message }) => message);
    expect(keys('<x>/state')).toEqual([]);
    expect(keys('/<x>')[0]).toMatch(/begins or ends with a slash/);
    expect(keys('<x>.tflock')[0]).toMatch(/is the key of a lock object/);
    expect(keys('a//<x>')[0]).toMatch(/empty or dot segment/);
    expect(tryBuild(terraformRemoteStateS3, { ...state, kmsKey: 'alias/<x>' }, host).problems[0]?.message).toMatch(
      /is an alias/,
    );
    expect(tryBuild(terraformRemoteStateS3, { ...state, kmsKey: 'mrk-<x>' }, host).problems).toEqual([]);
  });
});

describe('types', () => {
  test('follow from the entry', () => {
    type Options = OptionsOf<typeof ecrDockerPush>;
    expectTypeOf<Options['pushClient']>().toEqualTypeOf<'any' | 'classic' | 'cdk-assets' | undefined>();
    expectTypeOf<Options['pull']>().toEqualTypeOf<boolean | null | undefined>();
    expectTypeOf<{ keys: string[] }>().not.toExtend<OptionsOf<typeof terraformRemoteStateS3>>();
    expectTypeOf<{ bucket: string; keys: string[] }>().toExtend<OptionsOf<typeof terraformRemoteStateS3>>();
    expect(useCases.length).toBeGreaterThan(3);
  });
});

test('null means not given, so that hosts may pass it for every option', () => {
  const nulls = Object.fromEntries(Object.keys(ecrDockerPush.options).map((name) => [name, null]));
  expect(print(tryBuild(ecrDockerPush, { ...nulls, ...ecr }).document)).toBe(print(build(ecrDockerPush, ecr)));
});

test('notes say what the options leave open', () => {
  const notes = listNotes(ecsServiceDeployment, tryBuild(ecsServiceDeployment, ecs).resolved);
  expect(notes).toEqual([expect.stringContaining('no `passRoles`')]);
  const withRoles = tryBuild(ecsServiceDeployment, { ...ecs, passRoles: ['x'] });
  expect(listNotes(ecsServiceDeployment, withRoles.resolved)).toEqual([]);
});

test('of what stands for something wrong or missing, nothing more is said', () => {
  expect(
    problemsOf(ecrDockerPush, { ...ecr, repositories: [7, 'arn:aws:s3:::x', { arn: 'y' }, undefined, undefined] }),
  ).toEqual([
    expect.stringMatching(/^repositories\[0\]: `7` is no ECR repository/),
    expect.stringMatching(/^repositories\[1\]: `arn:aws:s3:::x` is no ECR repository ARN/),
    expect.stringMatching(/^repositories\[2\]: `y` is no ECR repository ARN/),
    expect.stringMatching(/^repositories\[3\]: `undefined` is no ECR repository/),
    expect.stringMatching(/^repositories\[4\]: `undefined` is no ECR repository/),
  ]);
  const service = 'arn:aws:ecs:eu-west-1:123456789012:service/prod/web';
  expect(problemsOf(ecsServiceDeployment, { services: [service], taskDefinitionFamilies: ['web'] })).toEqual([
    expect.stringMatching(/^cluster: missing/),
  ]);
  expect(problemsOf(ecsServiceDeployment, { services: ['arn:x'], taskDefinitionFamilies: ['web'], ...place })).toEqual([
    expect.stringMatching(/^cluster: missing/),
    'services[0]: `arn:x` is no ECS service ARN: write it as `arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME`',
  ]);
});
