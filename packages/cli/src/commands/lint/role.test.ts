import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assume, type DocumentSource, type WebIdentity } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-lint-role-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface PrintedRoleFinding {
  readonly policy: string;
  readonly rule: string;
  readonly code?: string;
  readonly level: string;
  readonly message: string;
  readonly details?: { readonly token?: WebIdentity };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

async function lint(...args: string[]): Promise<PrintedRoleFinding[]> {
  const { stdout } = await postern(['lint', ...args, '--json']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PrintedRoleFinding);
}

const host = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111122223333:oidc-provider/${host}`;
const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${host}:aud`]: 'sts.amazonaws.com',
          [`${host}:sub`]: ['repo:acme/shop:pull_request', 'repo:acme/shop:environment:production'],
          [`${host}:repository_id`]: '712000001',
          [`${host}:repository_owner_id`]: '41000001',
        },
      },
    },
  ],
};
const policy = (...Action: string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const writing = policy('iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction');
const reading = policy('ec2:DescribeInstances');

/** What each form of file says of a role with a trust policy and permissions. */
const forms: [name: string, make: (permissions: object) => string, role: string][] = [
  ['a list in JSON', (permissions) => file('list.json', [trust, permissions]), ''],
  [
    'a list in YAML',
    (permissions) => file('list.yaml', `- ${JSON.stringify(trust)}\n- ${JSON.stringify(permissions)}\n`),
    '',
  ],
  ['an inline policy of a template', (permissions) => file('inline.json', template(inline(permissions))), 'Ci'],
  ['a managed policy of a template', (permissions) => file('managed.json', template(attached(permissions))), 'Ci'],
  ['what CDK writes', (permissions) => assembly(template(attached(permissions))), 'Ci/Ci'],
  ['a plan that names the role', (permissions) => file('plan.json', plan(permissions, 'ci', true)), 'aws_iam_role.ci'],
  [
    'a plan that refers to the role',
    (permissions) => file('references.json', plan(permissions, undefined, true)),
    'aws_iam_role.ci',
  ],
  [
    'a plan with an attachment',
    (permissions) => file('attachment.json', plan(permissions, undefined, false)),
    'aws_iam_role.ci',
  ],
  ['a plan with modules', (permissions) => file('modules.json', modules(permissions)), 'module.role.aws_iam_role.ci'],
  [
    'account details',
    (permissions) =>
      file('details.json', {
        RoleDetailList: [
          {
            RoleName: 'ci',
            AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
            RolePolicyList: [{ PolicyName: 'p', PolicyDocument: permissions }],
          },
        ],
      }),
    'role/ci',
  ],
];

function inline(permissions: object) {
  return {
    Ci: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust,
        Policies: [{ PolicyName: 'p', PolicyDocument: permissions }],
      },
    },
  };
}

function attached(permissions: object) {
  return {
    Ci: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
    P: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: permissions, Roles: [{ Ref: 'Ci' }] },
    },
  };
}

function template(Resources: object) {
  return { Resources };
}

function assembly(content: object): string {
  const out = join(folder, 'cdk.out');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'Ci.template.json'), JSON.stringify(content));
  const artifacts = { Ci: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Ci.template.json' } } };
  const manifest = join(out, 'manifest.json');
  writeFileSync(manifest, JSON.stringify({ version: '36.0.0', artifacts }));
  return manifest;
}

const roleResource = (name: string | undefined) => ({
  address: 'aws_iam_role.ci',
  type: 'aws_iam_role',
  values: { assume_role_policy: JSON.stringify(trust), ...(name && { name }) },
});
const other = {
  address: 'aws_iam_role.other',
  type: 'aws_iam_role',
  values: { assume_role_policy: JSON.stringify(trust), name: 'other' },
};
const reference = (...references: string[]) => ({ references });

function plan(permissions: object, name: string | undefined, isInline: boolean) {
  const policyText = JSON.stringify(permissions);
  const own = isInline
    ? [
        {
          address: 'aws_iam_role_policy.p',
          type: 'aws_iam_role_policy',
          values: { policy: policyText, ...(name && { role: name }) },
        },
      ]
    : [
        { address: 'aws_iam_policy.p', type: 'aws_iam_policy', values: { policy: policyText } },
        { address: 'aws_iam_role_policy_attachment.p', type: 'aws_iam_role_policy_attachment', values: {} },
      ];
  const role = reference('aws_iam_role.ci.id', 'aws_iam_role.ci');
  const resources = [
    { address: 'aws_iam_role_policy.p', expressions: { role } },
    {
      address: 'aws_iam_role_policy_attachment.p',
      expressions: { role, policy_arn: reference('aws_iam_policy.p.arn', 'aws_iam_policy.p') },
    },
  ];
  return {
    format_version: '1.2',
    planned_values: { root_module: { resources: [roleResource(name), ...own] } },
    ...(name === undefined && { configuration: { root_module: { resources } } }),
  };
}

/** The role in one module, its policy in another, with the name handed on by an output and a variable. */
function modules(permissions: object) {
  const role = { ...roleResource(undefined), address: 'module.role.aws_iam_role.ci' };
  const own = {
    address: 'module.policy["a.b"].aws_iam_role_policy.p[0]',
    type: 'aws_iam_role_policy',
    values: { policy: JSON.stringify(permissions) },
  };
  return {
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [other],
        child_modules: [
          { address: 'module.role', resources: [role] },
          { address: 'module.policy["a.b"]', resources: [own] },
        ],
      },
    },
    configuration: {
      root_module: {
        module_calls: {
          role: {
            module: {
              outputs: { name: { expression: reference('aws_iam_role.ci.name', 'aws_iam_role.ci') } },
            },
          },
          policy: {
            expressions: { role: reference('module.role.name', 'module.role') },
            module: {
              resources: [{ address: 'aws_iam_role_policy.p', expressions: { role: reference('var.role') } }],
            },
          },
        },
      },
    },
  };
}

describe.each(forms)('trust and permissions of a role together, in %s', (_, make, role) => {
  test('where it can write, pull requests are an error, and so is a path to more', async () => {
    const findings = (await lint(make(writing))).filter(({ policy: name }) => name.startsWith(role));
    const of = (rule: string) => findings.filter((one) => one.rule === rule);
    expect(of('trust-pull-request')).toMatchObject([{ code: 'T06', level: 'error' }]);
    expect(of('trust-plan-and-apply')).toMatchObject([{ code: 'T19', level: 'error' }]);
    const [escalation, ...more] = of('trust-escalation');
    expect(escalation).toMatchObject({ level: 'error' });
    expect(more).toEqual([]);
    expect(escalation!.message).toContain('`repo:acme/shop:pull_request`');
    expect(assume(trust as DocumentSource, escalation!.details!.token!).allowed).toBe(true);
  });

  test('where it can only read, nothing is said of pull requests', async () => {
    const findings = (await lint(make(reading))).filter(({ policy: name }) => name.startsWith(role));
    expect(findings.filter(({ rule }) => rule.startsWith('trust-') && rule !== 'trust-names-only')).toEqual([]);
  });
});

test('where the file does not have the permissions, pull requests stay a warning', async () => {
  const found = await lint(file('alone.json', trust));
  expect(found).toMatchObject([{ code: 'T06', level: 'warning' }]);
  const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } };
  expect(await lint(file('bare.json', template({ Ci: role })))).toMatchObject([{ code: 'T06', level: 'warning' }]);
});

test.each([
  ['AdministratorAccess', 'error', true],
  ['job-function/ViewOnlyAccess', undefined, false],
  ['ReadOnlyAccess', undefined, false],
  ['AmazonS3FullAccess', 'error', false],
])('what AWS has attached by the name of %s', async (name, level, escalates) => {
  const Properties = {
    AssumeRolePolicyDocument: trust,
    ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` }],
  };
  const findings = await lint(file('aws.json', template({ Ci: { Type: 'AWS::IAM::Role', Properties } })));
  expect(findings.find(({ code }) => code === 'T06')?.level).toBe(level);
  expect(findings.some(({ rule }) => rule === 'trust-escalation')).toBe(escalates);
});

test('what a plan attaches to nobody knows whom leaves every role open', async () => {
  const { planned_values: planned } = plan(reading, 'ci', true);
  const writes = {
    address: 'aws_iam_role_policy.w["a"]',
    type: 'aws_iam_role_policy',
    values: { policy: JSON.stringify(writing) },
  };
  const show = {
    format_version: '1.2',
    planned_values: { root_module: { resources: [...planned.root_module.resources, writes] } },
    configuration: {
      root_module: {
        resources: [{ address: 'aws_iam_role_policy.w', expressions: { role: reference('each.value') } }],
      },
    },
  };
  const findings = await lint(file('each.json', show));
  expect(findings.find(({ code }) => code === 'T06')?.level).toBe('warning');
});

test('a policy of the account that is not in the file leaves it open', async () => {
  const Properties = {
    AssumeRolePolicyDocument: trust,
    ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/ours'],
  };
  const findings = await lint(file('ours.json', template({ Ci: { Type: 'AWS::IAM::Role', Properties } })));
  expect(findings.find(({ code }) => code === 'T06')?.level).toBe('warning');
});
