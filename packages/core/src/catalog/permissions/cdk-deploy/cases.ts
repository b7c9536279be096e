import { defineRefused, defineSamples, type Case } from '../../cases.js';
import { cdkDeploy } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const role = (name: string, account = '123456789012') => `arn:aws:iam::${account}:role/${name}`;
const deploy = role('cdk-hnb659fds-deploy-role-123456789012-eu-west-1');
const files = role('cdk-hnb659fds-file-publishing-role-123456789012-eu-west-1');
const images = role('cdk-hnb659fds-image-publishing-role-123456789012-eu-west-1');
const lookup = role('cdk-hnb659fds-lookup-role-123456789012-eu-west-1');
const execution = role('cdk-hnb659fds-cfn-exec-role-123456789012-eu-west-1');
const stack = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/dev/1234abcd-12ab-34cd-56ef-1234567890ab';
const codeOf = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
const assets = 'arn:aws:s3:::cdk-hnb659fds-assets-123456789012-eu-west-1';

const assumes = (resource: string, why: string): Case => ({ actions: ['sts:AssumeRole'], resource, why });
const tags = (resource: string, why: string, ...keys: readonly string[]): Case => ({
  actions: ['sts:TagSession'],
  resource,
  ...(keys.length === 0 ? {} : { context: { 'aws:TagKeys': keys } }),
  why,
});

/** Every role of two accounts and two regions, and whether the job may assume it and tag its session. */
const all = ['deploy', 'file-publishing', 'image-publishing', 'lookup'] as const;
const rolesIn = (account: string, region: string) =>
  all.map((kind) => role(`cdk-hnb659fds-${kind}-role-${account}-${region}`, account));
const allowedIn = (account: string, region: string): Case[] =>
  rolesIn(account, region).flatMap((one) => [
    assumes(one, 'a target'),
    tags(one, 'a tag that is named, in a target', 'Team'),
  ]);
const deniedIn = (account: string, region: string, why: string): Case[] =>
  rolesIn(account, region).flatMap((one) => [assumes(one, why), tags(one, why, 'Team')]);

export const samples = defineSamples(cdkDeploy, [
  {
    name: 'default',
    options: { ...place },
    allows: [
      assumes(deploy, 'cdk deploy'),
      assumes(files, 'templates are uploaded as assets are'),
      assumes(lookup, 'a lookup, or the comparison before approval'),
    ],
    denies: [
      assumes(execution, 'CloudFormation alone assumes it'),
      assumes(images, 'no image asset is said to be there'),
      assumes(role('cdk-other-deploy-role-123456789012-eu-west-1'), 'the stack of another qualifier'),
      assumes(role('cdk-hnb659fds-deploy-role-123456789012-eu-west-1-old'), 'a name that begins alike'),
      assumes(role('ci/cdk-hnb659fds-deploy-role-123456789012-eu-west-1'), 'the same name under a path'),
      assumes(role('cdk-hnb659fds-deploy-role-123456789012-us-east-1'), 'another region'),
      assumes(role('cdk-hnb659fds-deploy-role-999999999999-eu-west-1', '999999999999'), 'another account'),
      assumes(role('cdk-hnb659fds-deploy-role-123456789012-eu-west-1', '999999999999'), 'the name in another account'),
      tags(deploy, 'no session tag is named', 'Team'),
      {
        actions: ['cloudformation:CreateChangeSet', 'cloudformation:DeleteStack', 'cloudformation:GetTemplate'],
        resource: stack,
        why: 'the deploy role does it, and never the job itself',
      },
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resource: `${assets}/template.json`,
        why: 'the publishing role writes assets, and never the job itself',
      },
      { actions: ['iam:PassRole'], resource: execution, why: 'the deploy role passes it' },
      { actions: ['lambda:UpdateFunctionCode'], resource: codeOf('dev-api'), why: 'nothing is swapped' },
    ],
  },
  {
    name: 'images',
    options: { imageAssets: true, lookups: false, sessionTags: ['Team'], ...place },
    allows: allowedIn('123456789012', 'eu-west-1').filter(({ resource }) => resource !== lookup),
    denies: [
      ...deniedIn('123456789012', 'eu-west-1', 'nothing is looked up').filter(({ resource }) => resource === lookup),
      ...[deploy, files, images].flatMap((one) => [
        tags(one, 'a tag that is not named', 'Department'),
        tags(one, 'a tag that is not named beside one that is', 'Team', 'Department'),
        tags(one, 'no tag at all'),
      ]),
    ],
  },
  {
    name: 'accounts',
    options: {
      targetAccounts: ['111111111111', '222222222222'],
      targetRegions: ['us-east-1'],
      imageAssets: true,
      sessionTags: ['Team'],
      ...place,
    },
    allows: ['111111111111', '222222222222'].flatMap((one) => allowedIn(one, 'us-east-1')),
    denies: [
      ...deniedIn('123456789012', 'us-east-1', 'the account of the job is no target'),
      ...deniedIn('111111111111', 'eu-west-1', 'the region of the job is no target'),
      ...deniedIn('111111111111', 'eu-central-1', 'another region'),
      ...deniedIn('333333333333', 'us-east-1', 'another account'),
      ...all.flatMap((kind) => [
        assumes(role(`cdk-hnb659fds-${kind}-role-111111111111-us-east-1`, '222222222222'), 'a name that is mixed up'),
        tags(role(`cdk-hnb659fds-${kind}-role-111111111111-us-east-1`, '111111111111'), 'another tag', 'Department'),
        tags(role(`cdk-hnb659fds-${kind}-role-111111111111-us-east-1`, '111111111111'), 'no tag at all'),
      ]),
    ],
  },
  {
    name: 'regions',
    options: { targetRegions: ['us-east-1'], imageAssets: true, sessionTags: ['Team'], ...place },
    allows: allowedIn('123456789012', 'us-east-1'),
    denies: deniedIn('123456789012', 'eu-west-1', 'the region of the job is no target'),
  },
  {
    name: 'two-regions',
    options: { targetRegions: ['eu-west-1', 'us-east-1'], lookups: false, ...place },
    allows: [assumes(deploy, 'one'), assumes(role('cdk-hnb659fds-deploy-role-123456789012-us-east-1'), 'the other')],
    denies: [assumes(role('cdk-hnb659fds-deploy-role-123456789012-us-east-2'), 'a third')],
  },
  {
    name: 'another-account',
    options: { targetAccounts: ['111111111111'], imageAssets: true, sessionTags: ['Team'], ...place },
    allows: allowedIn('111111111111', 'eu-west-1'),
    denies: deniedIn('123456789012', 'eu-west-1', 'the account of the job is no target'),
  },
  {
    name: 'diff',
    options: { mode: 'diff', lookups: false, imageAssets: true, ...place },
    allows: [
      assumes(lookup, 'cdk diff reads with the lookup role'),
      assumes(deploy, 'and makes a change set with the deploy role'),
      assumes(files, 'whose template is uploaded'),
    ],
    denies: [assumes(images, 'no image is pushed for a comparison')],
  },
  {
    name: 'diff-template',
    options: { mode: 'diff-template', sessionTags: ['Team'], ...place },
    allows: [assumes(lookup, 'cdk diff --method=template'), tags(lookup, 'a tag that is named', 'Team')],
    denies: deniedIn('123456789012', 'eu-west-1', 'nothing is changed, uploaded or pushed').filter(
      ({ resource }) => resource !== lookup,
    ),
  },
  {
    name: 'destroy',
    options: { mode: 'destroy', lookups: false, qualifier: 'team-a', ...place },
    allows: [assumes(role('cdk-team-a-deploy-role-123456789012-eu-west-1'), 'cdk destroy')],
    denies: [
      assumes(deploy, 'the usual qualifier'),
      assumes(role('cdk-team-a-file-publishing-role-123456789012-eu-west-1'), 'nothing is uploaded'),
      assumes(role('cdk-team-a-lookup-role-123456789012-eu-west-1'), 'nothing is looked up'),
    ],
  },
  {
    name: 'named-roles',
    options: {
      assumeRoles: ['ci/deployer', 'arn:aws:iam::111111111111:role/publisher'],
      sessionTags: ['Team'],
      ...place,
    },
    allows: [
      assumes(role('ci/deployer'), 'a role of a name of its own'),
      assumes(role('publisher', '111111111111'), 'one of another account'),
      tags(role('ci/deployer'), 'a tag that is named', 'Team'),
    ],
    denies: [
      assumes(deploy, 'the usual name'),
      assumes(role('ci/deployer-old'), 'a name that begins alike'),
      assumes(role('deployer'), 'the same name under another path'),
      tags(role('ci/deployer-old'), 'a role that is not named', 'Team'),
      tags(role('ci/deployer'), 'a tag that is not named', 'Department'),
      tags(role('ci/deployer'), 'no tag at all'),
    ],
  },
  {
    name: 'hotswap',
    options: { hotswapStacks: ['dev'], hotswapFunctions: ['dev-api'], hotswapVersions: true, ...place },
    allows: [
      {
        actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate', 'cloudformation:ListStackResources'],
        resource: stack,
        why: 'what is deployed is read with the credentials of the job',
      },
      {
        actions: [
          'lambda:UpdateFunctionCode',
          'lambda:UpdateFunctionConfiguration',
          'lambda:GetFunction',
          'lambda:PublishVersion',
          'lambda:UpdateAlias',
        ],
        resource: codeOf('dev-api'),
        why: 'the function is swapped with them too',
      },
      { actions: ['s3:GetObject'], resource: `${assets}/0123.zip`, why: 'Lambda reads the new code' },
    ],
    denies: [
      {
        actions: ['cloudformation:GetTemplate', 'cloudformation:DescribeStacks', 'cloudformation:ListStackResources'],
        resource: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/dev-2/1234abcd-12ab-34cd-56ef-1234567890ab',
        why: 'another stack',
      },
      {
        actions: ['cloudformation:UpdateStack', 'cloudformation:DeleteStack'],
        resource: stack,
        why: 'the stack is only read',
      },
      {
        actions: ['lambda:UpdateFunctionCode', 'lambda:GetFunction', 'lambda:UpdateAlias'],
        resource: codeOf('dev-api-2'),
        why: 'another function',
      },
      {
        actions: ['lambda:InvokeFunction', 'lambda:DeleteFunction'],
        resource: codeOf('dev-api'),
        why: 'the code of a function is only swapped',
      },
      {
        actions: ['s3:GetObject'],
        resource: 'arn:aws:s3:::cdk-other-assets-123456789012-eu-west-1/0123.zip',
        why: 'the assets of another qualifier',
      },
      { actions: ['s3:PutObject', 's3:DeleteObject'], resource: `${assets}/0123.zip`, why: 'assets are only read' },
    ],
  },
  {
    name: 'hotswap-plain',
    options: { hotswapStacks: ['dev'], hotswapFunctions: ['dev-api'], ...place },
    allows: [{ actions: ['lambda:UpdateFunctionCode'], resource: codeOf('dev-api'), why: 'the function is swapped' }],
    denies: [
      {
        actions: ['lambda:PublishVersion', 'lambda:UpdateAlias'],
        resource: codeOf('dev-api'),
        why: 'it has no versions and aliases',
      },
    ],
  },
  {
    name: 'diff-hotswap',
    options: { mode: 'diff', hotswapStacks: ['dev'], hotswapFunctions: ['dev-api'], ...place },
    allows: [assumes(lookup, 'cdk diff')],
    denies: [
      { actions: ['cloudformation:GetTemplate'], resource: stack, why: 'the lookup role reads it' },
      { actions: ['lambda:UpdateFunctionCode'], resource: codeOf('dev-api'), why: 'a comparison swaps nothing' },
      { actions: ['s3:GetObject'], resource: `${assets}/0123.zip`, why: 'and reads no code' },
    ],
  },
]);

export const refused = defineRefused(cdkDeploy, [
  {
    name: 'a qualifier of eleven characters',
    options: { ...place, qualifier: 'hnb659fds00' },
    says: /^qualifier: `hnb659fds00` is no CDK qualifier: it has 11 characters, and texts have 1 to 10 characters/,
  },
  {
    name: 'a role for a qualifier',
    options: { ...place, qualifier: 'cdk-team-a-deploy-role-123456789012-eu-west-1' },
    says: /^qualifier: .* is a role: write the qualifier in its name alone, here `team-a`$/,
  },
  {
    name: 'a qualifier with a star',
    options: { ...place, qualifier: '*' },
    says: /^qualifier: `\*` holds a wildcard, and `qualifier` is always exact/,
  },
  {
    name: 'an account twice',
    options: { ...place, targetAccounts: ['111111111111', '222222222222', '111111111111'] },
    says: /^targetAccounts\[2\]: `111111111111` already stands at `targetAccounts\[0\]`: keep one$/,
  },
  {
    name: 'an account with eleven digits',
    options: { ...place, targetAccounts: ['11111111111'] },
    says: /^targetAccounts\[0\]: `11111111111` is no AWS account id: use 12 digits/,
  },
  {
    name: 'a region that is a zone',
    options: { ...place, targetRegions: ['eu-west-1a'] },
    says: /^targetRegions\[0\]: `eu-west-1a` is a zone: write the region that it is in, here `eu-west-1`$/,
  },
  {
    name: 'a region in another partition',
    options: { ...place, targetRegions: ['eu-west-1', 'cn-north-1'] },
    says: /^targetRegions\[1\]: `cn-north-1` has the partition `aws-cn`, and `region` `eu-west-1` is in `aws`: make them agree$/,
  },
  {
    name: 'a region that nobody knows',
    options: { ...place, targetRegions: ['eu-wset-1'] },
    says: /^targetRegions\[0\]: `eu-wset-1` is no region known on .*did you mean `eu-west-1`/,
  },
  {
    name: 'a session tag with its value',
    options: { ...place, sessionTags: ['Team=a'] },
    says: /^sessionTags\[0\]: `Team=a` has a value behind it, .*here `Team`$/,
  },
  {
    name: 'a stack with a dot',
    options: { ...place, hotswapStacks: ['dev.api'], hotswapFunctions: ['dev-api'] },
    says: /^hotswapStacks\[0\]: `dev\.api` holds a dot or an underscore/,
  },
  {
    name: 'a function with an alias',
    options: { ...place, hotswapStacks: ['dev'], hotswapFunctions: ['dev-api:live'] },
    says: /^hotswapFunctions\[0\]: `dev-api:live` has a version or an alias, .*here `dev-api`$/,
  },
  {
    name: 'functions without their stacks',
    options: { ...place, hotswapFunctions: ['dev-api'] },
    says: /^hotswapStacks: missing: name the stacks of `hotswapFunctions`/,
  },
  {
    name: 'a role in another partition',
    options: { ...place, assumeRoles: ['arn:aws-cn:iam::123456789012:role/deployer'], partition: 'aws' },
    says: /^assumeRoles\[0\]: .* has the partition `aws-cn`, and `partition` says `aws`: make them agree$/,
  },
]);
