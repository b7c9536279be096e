import { describe, expect, test } from 'vitest';
import { build, ecrDockerPush } from '@postern/core';
import { resourceTypes } from '../src/policies/cloudformation/resource-types.js';
import { allow, policy, temporaryFolder } from './files.js';
import { place, postern } from './terminal.js';

const { file } = temporaryFolder();
const job = ['--use-case', 'ecr-docker-push', '--repositories', 'my-app', ...place];
const needed = build(ecrDockerPush, { repositories: ['my-app'], account: '123456789012', region: 'eu-west-1' });
const exactly = 'The policy allows exactly what `ecr-docker-push` needs.\n';
const arn = 'arn:aws:ecr:eu-west-1:123456789012:repository/my-app';

/** The policy that the job needs, with an expression in the place of the repository's ARN. */
function withRepository(expression: unknown): object {
  return JSON.parse(JSON.stringify(needed), (_, value: unknown) => (value === arn ? expression : value)) as object;
}

const repository = { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'my-app' } };

function template(expression: unknown, more: Record<string, unknown> = {}): object {
  const { Resources = {}, ...rest } = more as { Resources?: object };
  const Properties = { PolicyDocument: withRepository(expression) };
  return { ...rest, Resources: { Repo: repository, P: { Type: 'AWS::IAM::ManagedPolicy', Properties }, ...Resources } };
}

let count = 0;
function written(content: unknown): string {
  return file(`${(count += 1)}.json`, content);
}

const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const here = ['arn:', { Ref: 'AWS::Partition' }, ':ecr:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }];

describe('names that stand in the same template are followed', () => {
  const parameter = { Parameters: { Name: { Type: 'String', Default: 'my-app' } } };
  const cases: [string, unknown, Record<string, unknown>][] = [
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Repo', 'Arn'] }, {}],
    ['Fn::GetAtt with a point', { 'Fn::GetAtt': 'Repo.Arn' }, {}],
    ['Ref in Fn::Join', join(...here, ':repository/', { Ref: 'Repo' }), {}],
    ['Fn::Sub', { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${Repo}' }, {}],
    ['Fn::Sub with GetAtt', { 'Fn::Sub': '${Repo.Arn}' }, {}],
    ['Fn::Sub with its own names', { 'Fn::Sub': ['${A}', { A: { 'Fn::GetAtt': ['Repo', 'Arn'] } }] }, {}],
    ['a parameter with a default', join(...here, ':repository/', { Ref: 'Name' }), parameter],
    [
      'Fn::Select and Fn::Split',
      join(...here, ':', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Repo', 'Arn'] }] }] }),
      {},
    ],
    [
      'Fn::FindInMap',
      join(...here, ':repository/', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'name'] }),
      { Mappings: { M: { 'eu-west-1': { name: 'my-app' } } } },
    ],
    [
      'Fn::If that can be decided',
      { 'Fn::If': ['Here', { 'Fn::GetAtt': ['Repo', 'Arn'] }, '*'] },
      { Conditions: { Here: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }] } } },
    ],
    [
      'conditions of conditions',
      { 'Fn::If': ['Both', { 'Fn::GetAtt': ['Repo', 'Arn'] }, '*'] },
      {
        ...parameter,
        Conditions: {
          One: { 'Fn::Equals': [{ Ref: 'Name' }, 'my-app'] },
          Both: { 'Fn::And': [{ Condition: 'One' }, { 'Fn::Or': [{ Condition: 'One' }, { Condition: 'Unknown' }] }] },
        },
      },
    ],
    [
      'a list parameter',
      { 'Fn::Select': ['1', { Ref: 'Arns' }] },
      { Parameters: { Arns: { Type: 'CommaDelimitedList', Default: `x, ${arn}` } } },
    ],
  ];

  test.each(cases)('%s', async (_, expression, more) => {
    const { code, stdout, stderr } = await postern(['check', written(template(expression, more)), ...job]);
    expect([code, stdout, stderr]).toEqual([0, exactly, '']);
  });

  test('a parameter is given, as often as there are any, and must be there', async () => {
    const path = written(
      template(join(...here, ':repository/', { Ref: 'Name' }), { Parameters: { Name: { Type: 'String' } } }),
    );
    expect((await postern(['check', path, ...job, '--parameter', 'Name=my-app'])).stdout).toBe(exactly);
    expect((await postern(['check', path, ...job, '--parameter', 'Name=other'])).stdout).toContain('`ecr:PutImage`');
    const { code, stderr } = await postern([
      'check',
      path,
      ...job,
      '--parameter',
      'Nam=x',
      '--parameter',
      'Name=my-app',
    ]);
    expect([code, stderr]).toEqual([
      2,
      'postern: --parameter: no template here has a parameter `Nam`, did you mean `Name`?\n',
    ]);
    for (const [flags, message] of [
      [['--parameter', 'Name'], /`Name` is no parameter: write `NAME=VALUE`/],
      [['--parameter', 'Name=a', '--parameter', 'Name=b'], /`Name` is given twice/],
      [['--parameter', '__proto__=x'], /is no parameter/],
    ] as const) {
      const { code: exit, stderr: said } = await postern(['check', path, ...job, ...flags]);
      expect([exit, said]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  test('pseudo parameters that nobody gave are taken to be an example, and that is said', async () => {
    const path = written(template({ 'Fn::GetAtt': ['Repo', 'Arn'] }));
    const { stderr } = await postern(['diff', path, path]);
    expect(stderr).toContain('`AWS::AccountId` is taken to be `111122223333`: give it with `--account`');
    expect((await postern(['diff', path, path, ...place])).stderr).toBe('');
    const Policy = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(allow('s3:*', '*')) } };
    const without = written({ Resources: { Policy } });
    expect((await postern(['diff', without, without])).stderr).toBe('');
  });

  const returned: [string, Record<string, unknown>, unknown, string][] = [
    ['AWS::S3::Bucket', { BucketName: 'b' }, { 'Fn::GetAtt': ['X', 'Arn'] }, 'arn:aws:s3:::b'],
    [
      'AWS::S3::Bucket',
      { BucketName: { 'Fn::Sub': 'b-${AWS::AccountId}' } },
      join('arn:aws:s3:::', { Ref: 'X' }, '/*'),
      'arn:aws:s3:::b-123456789012/*',
    ],
    [
      'AWS::IAM::Role',
      { RoleName: 'r', Path: '/ci/' },
      { 'Fn::GetAtt': ['X', 'Arn'] },
      'arn:aws:iam::123456789012:role/ci/r',
    ],
    ['AWS::IAM::Role', { RoleName: 'r' }, { 'Fn::GetAtt': ['X', 'Arn'] }, 'arn:aws:iam::123456789012:role/r'],
    ['AWS::SNS::Topic', { TopicName: 't' }, { Ref: 'X' }, 'arn:aws:sns:eu-west-1:123456789012:t'],
    [
      'AWS::DynamoDB::Table',
      { TableName: 't' },
      { 'Fn::GetAtt': ['X', 'Arn'] },
      'arn:aws:dynamodb:eu-west-1:123456789012:table/t',
    ],
    [
      'AWS::Logs::LogGroup',
      { LogGroupName: '/a' },
      { 'Fn::GetAtt': ['X', 'Arn'] },
      'arn:aws:logs:eu-west-1:123456789012:log-group:/a:*',
    ],
    [
      'AWS::ECS::Service',
      { ServiceName: 's', Cluster: 'arn:aws:ecs:eu-west-1:123456789012:cluster/c' },
      { Ref: 'X' },
      'arn:aws:ecs:eu-west-1:123456789012:service/c/s',
    ],
    ['AWS::ECS::Service', { ServiceName: 's' }, { Ref: 'X' }, 'arn:aws:ecs:eu-west-1:123456789012:service/default/s'],
  ];
  test.each(returned)('what %s with %j returns for %j', async (Type, Properties, expression, expected) => {
    const Resources = {
      X: { Type, Properties },
      P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: policy(allow('s3:*', expression as string)) } },
    };
    const plain = written(policy(allow('s3:*', expected)));
    const { stdout } = await postern(['diff', written({ Resources }), plain, ...place]);
    expect(stdout).toContain('both allow the same requests');
  });

  test('every type of the table names its page, and fills in only what there is', () => {
    const known = ['Name', 'Partition', 'Region', 'Account', 'URLSuffix'];
    for (const [type, { page, ref, attributes, defaults = {} }] of Object.entries(resourceTypes)) {
      expect(page).toBe(`aws-resource-${type.split('::').slice(1).join('-').toLowerCase()}.html`);
      for (const text of [...(ref === undefined ? [] : [ref]), ...Object.values(attributes)]) {
        for (const [, slot = ''] of text.matchAll(/<([^>]*)>/g)) {
          expect([...known, ...Object.keys(defaults), '?revision', '?suffix']).toContain(slot.replace('/', ''));
        }
      }
    }
  });

  test('names and conditions that double end, and no text grows without end', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `B${index}`);
    const twice = (Ref: string) => ({ 'Fn::Join': ['', [{ Ref }, { Ref }]] });
    const Resources = Object.fromEntries(
      names.map((name, index) => [
        name,
        { Type: 'AWS::S3::Bucket', Properties: { BucketName: names[index + 1] ? twice(names[index + 1]!) : 'x' } },
      ]),
    );
    const Conditions = Object.fromEntries(
      names.map((name, index) => [
        name,
        index === 59
          ? { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] }
          : { 'Fn::Or': [{ Condition: names[index + 1] }, { Condition: names[index + 1] }] },
      ]),
    );
    const long = { Parameters: { Long: { Type: 'String', Default: 'x'.repeat(50_000) } } };
    const started = Date.now();
    for (const expression of [{ Ref: 'B0' }, { 'Fn::If': ['B0', 'a', 'b'] }, { 'Fn::Sub': '${Long}'.repeat(2_000) }]) {
      const path = written(template(expression, { Resources, Conditions, ...long }));
      const { code, stdout } = await postern(['check', path, ...job]);
      expect([code, stdout.length < 1_000_000]).toEqual([0, true]);
    }
    expect(Date.now() - started).toBeLessThan(60_000);
  }, 90_000);

  test('a resource that a transform makes is noted, and the others are read', async () => {
    const loop = { 'Fn::ForEach::Topics': ['T', ['a'], { 'X${T}': { Type: 'AWS::SNS::Topic' } }] };
    const path = written(template({ 'Fn::GetAtt': ['Repo', 'Arn'] }, { Resources: loop }));
    const { stdout, stderr } = await postern(['check', path, ...job]);
    expect(stdout).toBe(exactly);
    expect(stderr).toContain('`Fn::ForEach::Topics` is worked out only on deployment');
  });

  test('a circle of names ends', async () => {
    const Resources = {
      A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'B' } } },
      B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'A' } } },
    };
    const Conditions = { C: { Condition: 'D' }, D: { Condition: 'C' } };
    const path = written(template({ 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'B' }] }, { Resources, Conditions }));
    expect((await postern(['check', path, ...job])).stdout).toContain('Known only after deployment');
  });
});

describe('what is known only after deployment is neither missing nor extra', () => {
  const open: [string, unknown, Record<string, unknown>, string][] = [
    [
      'a repository without a name',
      { 'Fn::GetAtt': ['Other', 'Arn'] },
      { Resources: { Other: { Type: 'AWS::ECR::Repository' } } },
      '«Other»',
    ],
    [
      'a type that is not known',
      { 'Fn::GetAtt': ['Own', 'Arn'] },
      { Resources: { Own: { Type: 'Custom::Repo' } } },
      '«Own.Arn»',
    ],
    ['a resource that is not there', { 'Fn::GetAtt': ['Gone', 'Arn'] }, {}, '«Gone.Arn»'],
    ['an import', { 'Fn::ImportValue': 'RepoArn' }, {}, '«Fn::ImportValue RepoArn»'],
    ['a parameter without a value', { Ref: 'Arn' }, { Parameters: { Arn: { Type: 'String' } } }, '«Arn»'],
    [
      'a parameter of SSM',
      { Ref: 'Arn' },
      { Parameters: { Arn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/repo/arn' } } },
      '«Arn»',
    ],
    ['a dynamic reference', '{{resolve:ssm:/repo/arn}}', {}, '«ssm:/repo/arn»'],
    [
      'a condition that cannot be decided',
      { 'Fn::If': ['C', '*', 'x'] },
      { Parameters: { S: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'S' }, 'a'] } } },
      '«Fn::If C»',
    ],
    ['a function that needs AWS', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, {}, '«Fn::Select'],
  ];
  test.each(open)('%s', async (_, expression, more, shown) => {
    const path = written(template(expression, more));
    for (const flags of [[], ['--json'], ['--sarif']]) {
      const { code, stdout, stderr } = await postern(['check', `${path}#P`, ...job, ...flags]);
      expect(code).toBe(0);
      expect(stdout).toContain(shown);
      expect(`${stdout}${stderr}`).not.toMatch(/arn:aws:unknown|arn:deferred/);
    }
    const { stdout } = await postern(['check', `${path}#P`, ...job]);
    expect(stdout).toContain('Known only after deployment: neither missing nor extra');
    expect(stdout).toMatch(/needed, and perhaps given by these: .*`ecr:PutImage` on/);
  });

  test('what the open name can never be is missing all the same', async () => {
    const Resources = { Other: { Type: 'AWS::S3::Bucket' } };
    const { code, stdout } = await postern([
      'check',
      written(template({ 'Fn::GetAtt': ['Other', 'Arn'] }, { Resources })),
      ...job,
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Missing: these steps will break\n {2}`ecr:BatchCheckLayerAvailability`/);
  });

  test('an open Deny takes nothing away for certain', async () => {
    const document = policy(...needed.Statement, { Effect: 'Deny', Action: 'ecr:*', Resource: { Ref: 'Arn' } });
    const Resources = { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } } };
    const { code, stdout } = await postern([
      'check',
      written({ Resources, Parameters: { Arn: { Type: 'String' } } }),
      ...job,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('perhaps');
  });

  test('a statement under a condition that cannot be decided is open as a whole', async () => {
    const extra = { 'Fn::If': ['Prod', allow('iam:*', '*'), { Ref: 'AWS::NoValue' }] };
    const Resources = {
      P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(...needed.Statement, extra) } },
    };
    const rest = {
      Parameters: { E: { Type: 'String' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'E' }, 'prod'] } },
    };
    const path = written({ Resources, ...rest });
    const { code, stdout } = await postern(['check', path, ...job]);
    expect(code).toBe(0);
    expect(stdout).toContain('`iam:*` on every resource under `«Condition Prod»`');
    expect((await postern(['check', path, ...job, '--parameter', 'E=prod'])).stdout).toContain('Extra: allowed');
    expect((await postern(['check', path, ...job, '--parameter', 'E=dev'])).stdout).toBe(exactly);
  });

  test('diff says unknown where the name decides, and knows where it does not', async () => {
    const path = written(template({ Ref: 'Arn' }, { Parameters: { Arn: { Type: 'String' } } }));
    expect((await postern(['diff', `${path}#P`, `${path}#P`, ...place])).stdout).toContain(
      'both allow the same requests',
    );
    const { stdout } = await postern(['diff', `${path}#P`, written(needed), ...place, '--fail-on', 'wider']);
    expect(stdout).toMatch(/^What was gained and lost is not fully known: `Arn` is known only after deployment/);
    const bucket = policy(allow('s3:GetObject', '*'));
    expect((await postern(['diff', written(bucket), `${path}#P`, ...place, '--json'])).stdout).toContain(
      '"relation": "incomparable"',
    );
  });

  test('lint blames nobody for it', async () => {
    const { stderr, stdout } = await postern([
      'lint',
      written(template({ Ref: 'Arn' }, { Parameters: { Arn: { Type: 'String' } } })),
    ]);
    expect(stdout).not.toMatch(/«|unknown/);
    expect(stderr).toContain('`Arn` is known only after deployment');
  });

  test('a policy with such marks that is no template is read as it stands', async () => {
    const { code } = await postern(['check', written(withRepository('«x»')), ...job]);
    expect(code).toBe(1);
  });
});

describe('all policies of one role are checked together', () => {
  const [login, push, ...rest] = needed.Statement;
  const role = { AssumeRolePolicyDocument: {}, RoleName: 'deploy', Path: '/ci/' };
  const Resources = {
    Ci: {
      Type: 'AWS::IAM::Role',
      Metadata: { 'aws:cdk:path': 'Stack/CiRole/Resource' },
      Properties: {
        ...role,
        Policies: [{ PolicyName: 'p', PolicyDocument: policy(login!) }],
        ManagedPolicyArns: [{ Ref: 'Attached' }],
      },
    },
    Attached: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(push!) } },
    Default: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: policy(rest[0]!), Roles: [{ Ref: 'Ci' }] } },
    Inline: { Type: 'AWS::IAM::RolePolicy', Properties: { PolicyDocument: policy(...rest), RoleName: 'deploy' } },
    Alone: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(allow('iam:*', '*')) } },
  };

  test.each([
    'Ci',
    'deploy',
    'role/deploy',
    'role/Ci',
    'arn:aws:iam::123456789012:role/ci/deploy',
    'Stack/CiRole/Resource',
    'Stack/CiRole',
  ])('named %s', async (name) => {
    const { code, stdout } = await postern(['check', `${written({ Resources })}#${name}`, ...job]);
    expect([code, stdout]).toEqual([0, exactly]);
  });

  test('one policy of it alone, too; a role that has none is said not to be there', async () => {
    const { stdout } = await postern(['check', `${written({ Resources })}#Attached`, ...job]);
    expect(stdout).toContain('`ecr:GetAuthorizationToken`');
    const { code, stderr } = await postern(['check', written({ Resources }), ...job]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds 2 policies: name one, .*#Ci`, `.*#Alone`$/m);
  });

  test('the only role of a file needs no name, and what is attached from elsewhere is noted', async () => {
    const { Alone: _, ...one } = Resources;
    const Ci = {
      ...Resources.Ci,
      Properties: {
        ...Resources.Ci.Properties,
        ManagedPolicyArns: [{ Ref: 'Attached' }, 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
      },
    };
    expect(_).toBeDefined();
    const { code, stdout, stderr } = await postern(['check', written({ Resources: { ...one, Ci } }), ...job]);
    expect(stdout).toBe(
      'Not known\n  `arn:aws:iam::aws:policy/ReadOnlyAccess` is attached and not in the file: what it allows besides is not looked at\n',
    );
    expect(stderr).toContain('`arn:aws:iam::aws:policy/ReadOnlyAccess` is attached and not in the template');
    expect(code).toBe(1);
  });

  const managed = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser';
  const less = JSON.parse(JSON.stringify(needed).replace('"ecr:PutImage",', '')) as object;
  const roleOf = (Policies: object[]) => ({
    Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r', ManagedPolicyArns: [managed], Policies } } },
  });
  const account = (documents: object[]) => ({
    RoleDetailList: [
      {
        RoleName: 'r',
        RolePolicyList: documents.map((PolicyDocument) => ({ PolicyName: 'p', PolicyDocument })),
        AttachedManagedPolicies: [{ PolicyArn: managed }],
      },
    ],
  });

  test.each([
    ['a template', roleOf([{ PolicyName: 'p', PolicyDocument: less }])],
    ['account details', account([less])],
  ])('what a policy from elsewhere may give is not called missing: %s', async (_, content) => {
    const path = `${written(content)}#role/r`;
    const { code, stdout, stderr } = await postern(['check', path, ...job]);
    expect(stdout).toBe(
      `Not known\n  \`${managed}\` is attached and not in the file: what it allows besides is not looked at\n` +
        `  needed, not given by the policies in the file, and perhaps given by those: \`ecr:PutImage\` on \`${arn}\`\n`,
    );
    expect(stderr).toMatch(/not all could be told$/m);
    expect(code).toBe(1);
    const json = JSON.parse((await postern(['check', path, ...job, '--json'])).stdout) as Record<string, unknown>;
    expect(json['missing']).toEqual([]);
    expect(json['elsewhere']).toEqual({ attached: [managed], needed: [`\`ecr:PutImage\` on \`${arn}\``] });
    expect((await postern(['check', path, ...job, '--sarif'])).stdout).toContain('perhaps given by those');
    expect((await postern(['check', path, ...job, '--fail-on', 'missing'])).code).toBe(1);
    const fixed = await postern(['check', path, ...job, '--fix']);
    expect([fixed.code, fixed.stdout]).toEqual([1, '']);
    expect(fixed.stderr).toContain('attached and not in the file, so nothing could be proved');
  });

  const more = policy(allow('s3:GetObject', 'arn:aws:s3:::b/*'));
  const denying = policy({ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' });
  const managedArn = 'arn:aws:iam::123456789012:policy/x/objects';
  test.each<[string, string, unknown]>([
    [
      'a template',
      'R',
      {
        Resources: {
          R: {
            Type: 'AWS::IAM::Role',
            Properties: {
              Policies: [
                { PolicyName: 'push', PolicyDocument: needed },
                { PolicyName: 'guard', PolicyDocument: denying },
              ],
            },
          },
          objects: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'R' }], PolicyDocument: more } },
        },
      },
    ],
    [
      'account details',
      'role/r',
      {
        RoleDetailList: [
          {
            RoleName: 'r',
            RolePolicyList: [
              { PolicyName: 'push', PolicyDocument: needed },
              { PolicyName: 'guard', PolicyDocument: denying },
            ],
            AttachedManagedPolicies: [{ PolicyArn: managedArn }],
          },
        ],
        Policies: [{ Arn: managedArn, PolicyVersionList: [{ IsDefaultVersion: true, Document: more }] }],
      },
    ],
  ])('a statement of one policy of several is told by the policy: %s', async (_, name, content) => {
    const { stdout } = await postern(['check', `${written(content)}#${name}`, ...job]);
    expect(stdout).toContain('`s3:GetObject` on `arn:aws:s3:::b/*`, in objects.Statement[0]\n');
    expect(stdout).toContain('the Deny of `guard.Statement[0]` refuses it');
    const plain = written(needed);
    const compared = await postern(['diff', plain, `${written(content)}#${name}`, ...place]);
    expect(compared.stdout).toContain('`s3:GetObject` on `arn:aws:s3:::b/*`, in objects.Statement[0]\n');
    expect(compared.stdout).toMatch(/now denied: `ecr:PutImage` on every resource, in guard\.Statement\[0\]\n/);
  });

  test('nothing is missing where the policies in the file give all', async () => {
    const path = written(roleOf([{ PolicyName: 'p', PolicyDocument: needed }]));
    expect((await postern(['check', path, ...job, '--fail-on', 'missing'])).code).toBe(0);
    expect((await postern(['check', path, ...job, '--fail-on', 'extra'])).code).toBe(1);
  });

  test('a Deny in the file refuses whatever is attached', async () => {
    const deny = policy({ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' });
    const content = roleOf([
      { PolicyName: 'p', PolicyDocument: less },
      { PolicyName: 'd', PolicyDocument: deny },
    ]);
    const { stdout } = await postern(['check', written(content), ...job]);
    expect(stdout).toMatch(/^Missing: these steps will break\n {2}`ecr:PutImage` on .*\n(.*\n)+? {6}the Deny of /);
  });

  test.each([
    ['a template', roleOf([])],
    ['account details', account([])],
  ])('an identity whose policies all stand elsewhere is there: %s', async (_, content) => {
    const { code, stdout } = await postern(['check', `${written(content)}#role/r`, ...job]);
    expect(stdout).toContain('`ecr:GetAuthorizationToken` on `*`');
    expect(stdout).not.toContain('Missing');
    expect(code).toBe(1);
  });

  test.each([
    ['AWS::CloudFormation::Stack', 'it has a template of its own, which is not looked at'],
    ['AWS::Serverless::Function', 'the role and the policies that SAM makes of `AWS::Serverless::Function` are not'],
    ['My::Own::Thing::MODULE', 'what the module makes is not looked at'],
  ])('what %s holds is said to be left out', async (Type, said) => {
    const P = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: needed } };
    const { stdout, stderr } = await postern(['check', written({ Resources: { P, Other: { Type } } }), ...job]);
    expect(stdout).toBe(exactly);
    expect(stderr).toContain(`note: \`Other\`: ${said}`);
    const alone = await postern(['check', written({ Resources: { Other: { Type } } }), ...job]);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain(said);
  });

  test('account details know names and ARNs', async () => {
    const Arn = 'arn:aws:iam::123456789012:role/ci/deploy';
    const RoleDetailList = [
      { RoleName: 'deploy', Arn, RolePolicyList: [{ PolicyName: 'p', PolicyDocument: needed }] },
      { RoleName: 'other', RolePolicyList: [{ PolicyName: 'p', PolicyDocument: policy() }] },
    ];
    for (const name of ['role/deploy', 'deploy', Arn]) {
      expect((await postern(['check', `${written({ RoleDetailList })}#${name}`, ...job])).stdout).toBe(exactly);
    }
  });

  test('lint looks at each document once', async () => {
    const bad = {
      Resources: {
        ...Resources,
        Attached: { ...Resources.Attached, Properties: { PolicyDocument: policy(allow('s3:Gett', '*')) } },
      },
    };
    const { stdout } = await postern(['lint', written(bad)]);
    expect(stdout.match(/unknown-action/g)).toHaveLength(1);
    expect(stdout).toContain('Attached: Statement[0].Action');
  });
});

describe('a CDK assembly', () => {
  const logical = (path: string, data: string) => ({ [path]: [{ type: 'aws:cdk:logicalId', data }] });
  const stack = (templateFile: string, environment: string, more: object = {}) => ({
    type: 'aws:cloudformation:stack',
    environment,
    properties: { templateFile },
    ...more,
  });
  const role = (Ref: string) => ({
    R1234ABCD: { Type: 'AWS::IAM::Role', Properties: {} },
    P: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: withRepository({ 'Fn::ImportValue': Ref }), Roles: [{ Ref: 'R1234ABCD' }] },
    },
  });
  const artifacts = {
    Repos: stack('repos.json', 'aws://123456789012/eu-west-1'),
    Ci: stack('ci.json', 'aws://123456789012/eu-west-1', { additionalMetadataFile: 'ci.metadata.json' }),
    'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
    Evil: stack('../outside.json', 'aws://123456789012/eu-west-1'),
  };
  const manifest = file('cdk.out/manifest.json', { version: '1', artifacts });
  const out = manifest.replace('/manifest.json', '');
  file('outside.json', {
    Resources: { Outside: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy() } } },
  });
  file('cdk.out/repos.json', {
    Resources: { Repo: repository },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Repo', 'Arn'] }, Export: { Name: 'Repos:Arn' } } },
  });
  file('cdk.out/ci.json', { Resources: role('Repos:Arn') });
  file('cdk.out/ci.metadata.json', logical('/Ci/Deploy/Resource', 'R1234ABCD'));
  file('cdk.out/assembly-Prod/manifest.json', {
    artifacts: {
      ProdCi: stack('p.json', 'aws://unknown-account/unknown-region', {
        metadata: logical('/Prod/Ci/Deploy/Resource', 'R1234ABCD'),
      }),
    },
  });
  file('cdk.out/assembly-Prod/p.json', { Resources: role('Elsewhere') });

  test.each(['Ci/R1234ABCD', 'Ci/Deploy', 'Ci/Deploy/Resource'])(
    'names %s, and follows what other stacks export',
    async (name) => {
      const { stdout } = await postern(['check', `${out}#${name}`, ...job]);
      expect(stdout).toBe(exactly);
      expect((await postern(['check', `${manifest}#${name}`, ...job])).stdout).toBe(exactly);
    },
  );

  test('stages are part of it, and no file outside is', async () => {
    const { code, stdout } = await postern(['check', `${out}#Prod/Ci/Deploy`, ...job]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('«Fn::ImportValue Elsewhere»')]);
    const { stderr } = await postern(['check', out, ...job]);
    expect(stderr).toMatch(/holds 2 policies/);
    expect((await postern(['check', `${out}#R1234ABCD`, ...job])).stderr).toMatch(
      /has 2 policies that are called `R1234ABCD`: name one/,
    );
  });
});
