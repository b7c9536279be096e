import { describe, expect, test } from 'vitest';
import {
  cdkDeploy,
  ecrDockerPush,
  ecsServiceDeployment,
  hasForm,
  kindOf,
  takesSeveral,
  terraformRemoteStateS3,
  tryBuild,
  useCases,
  type UseCase,
} from '../../src/index.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const ecr = { repositories: ['my-app'], ...place };
const ecs = { cluster: 'production', services: ['web'], taskDefinitionFamilies: ['web'], ...place };
const state = { bucket: 'acme-state', keys: ['a/terraform.tfstate'], ...place };
const deploy = { ...ecs, codeDeployApplication: 'app', codeDeployDeploymentGroup: 'group' };

function problemsOf(useCase: UseCase, options: unknown): string {
  return tryBuild(useCase, options)
    .problems.map(({ path, message }) => `${path}: ${message}`)
    .join('\n');
}

describe('addresses of images and registries are no repositories', () => {
  test.each([
    [
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app',
      '`team/app`, with `account` 111122223333 and `region` eu-west-1',
    ],
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:v1.2', '`app`, with'],
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:v1@sha256:0123456789abcdef', '`app`, with'],
    ['https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app', '`team/app`, with'],
    ['https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/team/app', '`team/app`, with'],
    ['docker://111122223333.dkr.ecr.eu-west-1.amazonaws.com/app', '`app`, with'],
    ['oci://111122223333.dkr.ecr.eu-west-1.amazonaws.com/charts/app', '`charts/app`, with'],
    ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/app', '`region` us-gov-west-1'],
    ['111122223333.dkr-ecr.eu-west-1.on.aws/app', '`region` eu-west-1'],
    ['111122223333.dkr-ecr-fips.us-east-1.on.aws/app', '`region` us-east-1'],
    ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app', '`region` cn-north-1'],
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'is the address of a registry'],
    ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/', 'is the address of a registry'],
    [
      'arn:aws:ecr:eu-west-1:123456789012:repository/111122223333.dkr.ecr.eu-west-1.amazonaws.com/app',
      'address of an image',
    ],
    ['public.ecr.aws/acme/app', 'belongs to ECR Public'],
    ['https://public.ecr.aws/acme/app:v1', 'belongs to ECR Public'],
    ['arn:aws:ecr-public::123456789012:repository/app', 'belongs to ECR Public'],
    ['https://eu-west-1.console.aws.amazon.com/ecr/repositories', 'is a URL'],
    ['my-app:latest', 'has a tag, and permissions are for the whole repository: write it without, here `my-app`'],
    [
      'my-app@sha256:0123456789abcdef',
      'has a digest, and permissions are for the whole repository: write it without, here `my-app`',
    ],
    ['my-app:v1@sha256:0123456789abcdef', 'here `my-app`'],
    [
      'arn:aws:ecr:eu-west-1:123456789012:repository/my-app:v1',
      'has a tag, and permissions are for the whole repository: write it without, here `arn:aws:ecr:eu-west-1:123456789012:repository/my-app`',
    ],
  ])('%s', (text, expected) => {
    for (const option of ['repositories', 'mountFrom']) {
      expect(problemsOf(ecrDockerPush, { ...ecr, [option]: [text] })).toContain(expected);
    }
    expect(problemsOf(ecrDockerPush, { ...ecr, repositories: [text], scope: 'pattern' })).toContain(expected);
  });

  test.each(['dkr.ecr', 'ecr-public/acme/app', 'team/123456789012', 'public-ecr-aws'])('%s is a name', (text) => {
    expect(problemsOf(ecrDockerPush, { ...ecr, repositories: [text] })).toBe('');
  });
});

describe('buckets of other kinds, addresses and reserved names are no buckets', () => {
  test.each([
    ['state--euw1-az1--x-s3', 'is a directory bucket, which needs `s3express:CreateSession`'],
    ['arn:aws:s3express:eu-west-1:123456789012:bucket/state--euw1-az1--x-s3', 'is a directory bucket'],
    ['state--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com', 'is a directory bucket'],
    ['arn:aws:s3:::state--euw1-az1--x-s3', 'is a directory bucket'],
    ['my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias', 'is the alias of an access point'],
    ['my-olap-1a4n8yjrb3kda96f67zwrwiiuse1a--ol-s3', 'is the alias of an Object Lambda access point'],
    ['mfzwi23gnjvgw.mrap', 'is the alias of a Multi-Region Access Point'],
    ['acme--table-s3', 'belongs to S3 Tables'],
    ['arn:aws:s3tables:eu-west-1:123456789012:bucket/acme', 'belongs to S3 Tables'],
    ['arn:aws:s3:eu-west-1:123456789012:accesspoint/mine', 'is an access point'],
    ['arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap', 'is an access point'],
    ['arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/mine', 'is an access point'],
    ['arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/mine', 'is an access point'],
    ['mine-123456789012.s3-accesspoint.eu-west-1.amazonaws.com', 'is an access point'],
    ['xn--acme', 'which S3 keeps for itself'],
    ['sthree-acme', 'which S3 keeps for itself'],
    ['sthree-configurator-acme', 'which S3 keeps for itself'],
    ['amzn-s3-demo-bucket', 'which S3 keeps for itself'],
    ['s3://acme/a/b', 'names `a/b` in the bucket too, and `keys` is given: write the bucket alone, here `acme`'],
    ['s3a://acme/a/', 'is a URL: write the name of the bucket alone, here `acme`'],
    ['s3://acme#a', 'here `acme`'],
    ['s3://Acme', 'no S3 bucket'],
    ['s3://', 'is a URL'],
    ['acme.s3.amazonaws.com', 'is the address of a bucket: write the name alone, here `acme`'],
    ['https://acme.s3.eu-west-1.amazonaws.com/a/b', 'here `acme`'],
    ['my.acme.s3.eu-west-1.amazonaws.com', 'here `my.acme`'],
    ['acme.s3-eu-west-1.amazonaws.com', 'here `acme`'],
    ['acme.s3.dualstack.eu-west-1.amazonaws.com', 'here `acme`'],
    ['acme.s3-fips.us-gov-west-1.amazonaws.com', 'here `acme`'],
    ['acme.s3-accelerate.amazonaws.com', 'here `acme`'],
    ['acme.s3-accelerate.dualstack.amazonaws.com', 'here `acme`'],
    ['acme.s3.cn-north-1.amazonaws.com.cn', 'here `acme`'],
    ['acme.s3-website-eu-west-1.amazonaws.com', 'here `acme`'],
    ['http://acme.s3-website.eu-central-1.amazonaws.com/', 'here `acme`'],
    ['https://s3.eu-west-1.amazonaws.com/acme/a', 'here `acme`'],
    ['s3.amazonaws.com/acme', 'here `acme`'],
    ['https://s3-eu-west-1.amazonaws.com/acme', 'here `acme`'],
    ['s3.dualstack.eu-west-1.amazonaws.com/acme', 'here `acme`'],
    ['s3.eu-west-1.amazonaws.com', 'is the address of a service'],
    ['https://example.com/acme', 'is a URL'],
    ['arn:aws:s3:::acme/a/b', 'is the ARN of objects: write the ARN of the bucket, here `arn:aws:s3:::acme`'],
    ['arn:aws:s3:::acme/*', 'here `arn:aws:s3:::acme`'],
    ['acme/a/terraform.tfstate', 'is a bucket with a key: write the name of the bucket alone, here `acme`'],
    ['192.168.5.4', 'looks like an IP address'],
    ['ac', 'it has 2 characters, and names have 3 to 63 characters'],
    ['a'.repeat(64), 'it has 64 characters, and names have 3 to 63 characters'],
  ])('%s', (text, expected) => {
    expect(problemsOf(terraformRemoteStateS3, { ...state, bucket: text })).toContain(expected);
  });

  test.each(['acme', 'my.acme', 'acme-123456789012-eu-west-1-an', 'x-s3', 'acme-mrap', 's3.acme'])(
    '%s is a name',
    (text) => {
      expect(problemsOf(terraformRemoteStateS3, { ...state, bucket: text })).toBe('');
    },
  );
});

describe('other kinds that are something else', () => {
  const key = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const at = 'eu-west-1:123456789012';
  test.each<[string, UseCase, object, string]>([
    [
      'a revision',
      ecsServiceDeployment,
      { ...ecs, taskDefinitionFamilies: ['web:12'] },
      'has a revision, and this names the family: write it alone, here `web`',
    ],
    ['any revision', ecsServiceDeployment, { ...ecs, taskDefinitionFamilies: ['web:*'] }, 'has a revision'],
    [
      'an ARN with a revision',
      ecsServiceDeployment,
      { ...ecs, taskDefinitionFamilies: [`arn:aws:ecs:${at}:task-definition/web:12`] },
      `here \`arn:aws:ecs:${at}:task-definition/web\``,
    ],
    [
      'the end of an ARN',
      ecsServiceDeployment,
      { ...ecs, taskDefinitionFamilies: ['task-definition/web:1'] },
      'here `web`',
    ],
    ['a file', ecsServiceDeployment, { ...ecs, taskDefinitionFamilies: ['task-definition.json'] }, 'is a file'],
    [
      'cluster and service',
      ecsServiceDeployment,
      { ...ecs, services: ['production/web'] },
      'is a cluster and a service: write the service alone, and the cluster as `cluster`, here `web` and `production`',
    ],
    [
      'service/cluster/service',
      ecsServiceDeployment,
      { ...ecs, services: ['service/web'] },
      'is a cluster and a service',
    ],
    [
      'an old service ARN',
      ecsServiceDeployment,
      { ...ecs, services: [`arn:aws:ecs:${at}:service/web`] },
      'is an ARN in the old format, without the cluster',
    ],
    [
      'a service for a cluster',
      ecsServiceDeployment,
      { ...ecs, cluster: `arn:aws:ecs:${at}:service/production/web` },
      'is a service in a cluster: write the cluster alone, here `production`',
    ],
    [
      'the end of a cluster ARN',
      ecsServiceDeployment,
      { ...ecs, cluster: 'cluster/production' },
      'is the end of an ARN: write the name alone, here `production`',
    ],
    [
      'a slash before a role',
      ecsServiceDeployment,
      { ...ecs, passRoles: ['/ci/deploy'] },
      'begins with a slash: write the path without it, here `ci/deploy`',
    ],
    [
      'a session',
      ecsServiceDeployment,
      { ...ecs, passRoles: ['arn:aws:sts::123456789012:assumed-role/deploy/ci'] },
      'is the ARN of a session',
    ],
    [
      'an instance profile',
      ecsServiceDeployment,
      { ...ecs, passRoles: ['arn:aws:iam::123456789012:instance-profile/x'] },
      'is the ARN of an instance profile',
    ],
    ['a role name of 65 letters', ecsServiceDeployment, { ...ecs, passRoles: ['r'.repeat(65)] }, '1 to 64 characters'],
    [
      'a group for an application',
      ecsServiceDeployment,
      { ...deploy, codeDeployApplication: `arn:aws:codedeploy:${at}:deploymentgroup:app/group` },
      'is a deployment group',
    ],
    [
      'application and group',
      ecsServiceDeployment,
      { ...deploy, codeDeployDeploymentGroup: 'app/group' },
      'here `group` and `app`',
    ],
    [
      'the end of an application ARN',
      ecsServiceDeployment,
      { ...deploy, codeDeployApplication: 'application:app' },
      'here `app`',
    ],
    [
      'the end of a configuration ARN',
      ecsServiceDeployment,
      { ...deploy, codeDeployDeploymentConfig: 'deploymentconfig:x' },
      'here `x`',
    ],
    ['an alias', terraformRemoteStateS3, { ...state, kmsKey: 'alias/x' }, 'is an alias'],
    ['the alias of an AWS key', terraformRemoteStateS3, { ...state, kmsKey: 'aws/s3' }, 'a key that AWS manages'],
    ['the end of a key ARN', terraformRemoteStateS3, { ...state, kmsKey: `key/${key}` }, `here \`${key}\``],
    [
      'an index',
      terraformRemoteStateS3,
      { ...state, lock: 'dynamodb', lockTable: `arn:aws:dynamodb:${at}:table/locks/index/x` },
      `here \`arn:aws:dynamodb:${at}:table/locks\``,
    ],
    [
      'a stream',
      terraformRemoteStateS3,
      { ...state, lock: 'dynamodb', lockTable: `arn:aws:dynamodb:${at}:table/locks/stream/2026-01-01T00:00:00.000` },
      'is an index, a stream or a copy of a table',
    ],
    [
      'the end of a table ARN',
      terraformRemoteStateS3,
      { ...state, lock: 'dynamodb', lockTable: 'table/locks' },
      'here `locks`',
    ],
    [
      'a global table',
      terraformRemoteStateS3,
      { ...state, lock: 'dynamodb', lockTable: 'arn:aws:dynamodb::123456789012:global-table/locks' },
      'here `locks`',
    ],
    [
      'a URL for a key',
      terraformRemoteStateS3,
      { ...state, keys: ['s3://acme/a/b'] },
      'is in the bucket `acme`, and `bucket` is `acme-state`: make them agree',
    ],
    ['an ARN for a key', terraformRemoteStateS3, { ...state, keys: ['arn:aws:s3:::acme/a/b'] }, 'here `a/b`'],
    ['a URL for a prefix', terraformRemoteStateS3, { ...state, workspaceKeyPrefix: 's3://acme/env/' }, 'is a URL'],
    [
      'an account with hyphens',
      ecrDockerPush,
      { ...ecr, account: '1234-5678-9012' },
      'has signs between its digits: write the digits alone, here `123456789012`',
    ],
    [
      'an ARN for an account',
      ecrDockerPush,
      { ...ecr, account: 'arn:aws:iam::123456789012:root' },
      'here `123456789012`',
    ],
    [
      'a zone',
      ecrDockerPush,
      { ...ecr, region: 'eu-west-1a' },
      'is a zone: write the region that it is in, here `eu-west-1`',
    ],
    ['a local zone', ecrDockerPush, { ...ecr, region: 'us-west-2-lax-1a' }, 'here `us-west-2`'],
  ])('%s', (_, useCase, options, expected) => {
    expect(problemsOf(useCase, options)).toContain(expected);
  });
});

describe('lengths and lists', () => {
  test('every message for a length says its limits', () => {
    for (const useCase of useCases as readonly UseCase[]) {
      for (const [name, option] of Object.entries(useCase.options)) {
        if (!hasForm(option) || option.form.shortest === option.form.longest) continue;
        const { form } = option;
        const letter = /^\^\[?a-z/.test(form.pattern) ? 'a' : 'A';
        const long = letter.repeat(2001);
        const given = (text: string) => ({ [name]: kindOf(option).ofItems([text]) });
        const limits = `have ${form.shortest} to ${form.longest} characters`;
        expect(problemsOf(useCase, given(long)), name).toContain(`it has 2001 characters, and`);
        expect(problemsOf(useCase, given(long)), name).toContain(limits);
        if (form.shortest < 2) continue;
        // Some forms know better than the length what a lone letter is.
        const refused = (text: string) => form.refuse?.some(({ pattern }) => new RegExp(pattern).test(text)) === true;
        const short = [letter, '/'].find((text) => !refused(text))!;
        expect(problemsOf(useCase, given(short)), name).toContain(`it has 1 character, and`);
        expect(problemsOf(useCase, given(short)), name).toContain(limits);
      }
    }
  });

  test.each([
    ['a1,b1', 'repositories: [a1, b1]'],
    ['a1, b1;c1', 'repositories: [a1, b1, c1]'],
    ['a1 b1', 'repositories: [a1, b1]'],
    ['["a1","b1"]', 'repositories: [a1, b1]'],
  ])('%s is several values', (text, expected) => {
    const problem = problemsOf(ecrDockerPush, { ...ecr, repositories: [text] });
    expect(problem).toContain(`is no ECR repository: if several are meant, write \`${expected}\``);
  });

  test.each([
    ['targetAccounts', '123456789012 210987654321', '123456789012, 210987654321'],
    ['targetAccounts', '123456789012,123456789012', '123456789012, 123456789012'],
    ['targetRegions', 'eu-west-1,eu-central-1;us-east-1,us-west-2', 'eu-west-1, eu-central-1, us-east-1, us-west-2'],
  ])('%s: several values may be longer than one can be', (option, text, expected) => {
    const given = { targetAccounts: ['123456789012'], targetRegions: ['eu-west-1'], region: 'eu-west-1' };
    const problem = problemsOf(cdkDeploy, { ...given, [option]: [text] });
    expect(problem).toContain(`if several are meant, write \`${option}: [${expected}]\``);
  });

  test.each(['a,b', 'A1,b1', 'a b'])('%s may be several values that are no names either', (text) => {
    const problem = problemsOf(ecrDockerPush, { ...ecr, repositories: [text] });
    const [one, other] = text.split(/[, ]/);
    expect(problem).toContain('is no ECR repository: use lower case');
    expect(problem).toContain(`; if several are meant, write \`repositories: [${one}, ${other}]\``);
  });

  test('a pattern may be shorter than a name', () => {
    expect(problemsOf(ecrDockerPush, { ...ecr, repositories: ['*'], scope: 'pattern' })).toBe('');
  });

  test('a long hostile text is refused at once', () => {
    const started = performance.now();
    for (const text of [
      `${'a.s3.'.repeat(300_000)}x`,
      `https://${'a.'.repeat(500_000)}`,
      `${'a:'.repeat(900)}x`,
      `${'s3.'.repeat(600)}/`,
    ]) {
      expect(problemsOf(terraformRemoteStateS3, { ...state, bucket: text })).toContain('bucket: ');
      expect(problemsOf(ecrDockerPush, { ...ecr, repositories: [text] })).toContain('repositories[0]: ');
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe.each(useCases.map((useCase) => [useCase.id, useCase] as const))(
  'what %s says to write instead',
  (_, useCase) => {
    const before = ['', '/', '//', 's3://', 'https://', 'repository/', 'key/', 'parameter/', 'a/../', 'x.io/'];
    const behind = ['', '/', '//', ':1', ':latest', ':1:2', '@sha256:abc', '/..', '//b', '/*', '-AbCdEf'];
    const named = Object.entries(useCase.options).flatMap(([name, option]) =>
      hasForm(option) ? [[name, option] as const] : [],
    );

    test.each(named)('of %s can be written', (name, option) => {
      const given = (text: string) => (takesSeveral(useCase.options, name) ? [text] : text);
      const problemOf = (text: string) =>
        tryBuild(useCase, { ...place, [name]: given(text) })
          .problems.filter(({ path }) => path.replace(/\[\d+\]$/, '') === name)
          .map(({ message }) => message)
          .join('; ');
      for (const start of before)
        for (const end of behind)
          for (const text of [`${start}${option.form.example}${end}`, `${start}${end}`]) {
            const [, instead] = /, here `([^`]*)`$/.exec(problemOf(text)) ?? [];
            if (instead !== undefined) expect([text, instead, problemOf(instead)]).toEqual([text, instead, '']);
          }
    });
  },
);
