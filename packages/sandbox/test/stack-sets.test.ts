import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../src/index.js';
import { query, send } from './http.js';

let sandbox: Sandbox;
let key: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  key = sandbox.principals.add({ policies: 'everything' }).accessKeyId;
});
beforeEach(() => {
  sandbox.world.stackSets.clear();
  sandbox.log.clear();
});
afterAll(() => sandbox.close());

const ask = async (operation: string, fields: Readonly<Record<string, string>> = {}) =>
  (await send(sandbox, key, 'cloudformation', query(operation, { StackSetName: 'fleet', ...fields }))).text();
const asked = () => sandbox.log.entries.at(-1)?.checks.map(({ action, resource }) => `${action} ${resource}`);

const template = '{"Resources":{"A":{"Type":"AWS::SNS::Topic"},"B":{"Type":"AWS::SNS::Topic"}}}';
const account = { 'Accounts.member.1': '210987654321', 'Regions.member.1': 'eu-west-1' };
const unit = {
  'DeploymentTargets.OrganizationalUnitIds.member.1': 'ou-ab12-cdef3456',
  'Regions.member.1': 'eu-west-1',
};
const operationIn = (answer: string) => /<OperationId>(.*?)<\/OperationId>/.exec(answer)?.[1] ?? '';

describe('a stack set', () => {
  test('is made once, has instances, and goes when it has none', async () => {
    expect(await ask('DescribeStackSet')).toContain('<Code>StackSetNotFoundException</Code>');
    expect(await ask('CreateStackSet', { TemplateBody: template })).toContain('<StackSetId>fleet:');
    expect(await ask('CreateStackSet', { TemplateBody: template })).toContain(
      '<Code>NameAlreadyExistsException</Code>',
    );
    expect(await ask('UpdateStackInstances', account)).toContain('<Code>StackInstanceNotFoundException</Code>');
    const OperationId = operationIn(await ask('CreateStackInstances', account));
    expect(await ask('DescribeStackSetOperation', { OperationId })).toContain('<Status>SUCCEEDED</Status>');
    expect(await ask('ListStackSetOperationResults', { OperationId })).toContain('<Account>210987654321</Account>');
    expect(await ask('DescribeStackSetOperation', { OperationId: 'no' })).toContain('OperationNotFoundException');
    expect(await ask('ListStackInstances')).toContain('<Region>eu-west-1</Region>');
    expect(await ask('DeleteStackSet')).toContain('<Code>StackSetNotEmptyException</Code>');
    await ask('DeleteStackInstances', { ...account, RetainStacks: 'false' });
    await ask('DeleteStackSet');
    expect(await ask('DescribeStackSet')).toContain('<Code>StackSetNotFoundException</Code>');
  });

  test('asks for targets and each type once with service-managed permissions alone', async () => {
    await ask('CreateStackSet', { TemplateBody: template });
    await ask('CreateStackInstances', account);
    expect(asked()).toEqual([
      'cloudformation:CreateStackInstances arn:aws:cloudformation:eu-west-1:123456789012:stackset/fleet:*',
    ]);
    sandbox.world.stackSets.clear();
    await ask('CreateStackSet', { TemplateBody: template, PermissionModel: 'SERVICE_MANAGED' });
    await ask('CreateStackInstances', unit);
    expect(asked()).toEqual([
      'cloudformation:CreateStackInstances arn:aws:cloudformation:eu-west-1:123456789012:stackset/fleet:*',
      'cloudformation:CreateStackInstances arn:aws:cloudformation:eu-west-1:123456789012:stackset-target/fleet:*/ou-ab12-cdef3456',
      'cloudformation:CreateStackInstances arn:aws:cloudformation:eu-west-1::type/resource/AWS-SNS-Topic',
    ]);
  });

  test('is known by its id too, and by no other', async () => {
    const [, id = ''] =
      /<StackSetId>(.*?)<\/StackSetId>/.exec(await ask('CreateStackSet', { TemplateBody: template })) ?? [];
    expect(await ask('DescribeStackSet', { StackSetName: id })).toContain(`<StackSetId>${id}</StackSetId>`);
    expect(await ask('DescribeStackSet', { StackSetName: 'fleet:0' })).toContain('StackSetNotFoundException');
  });

  test('is not served where what it asks for is not known', async () => {
    expect(await ask('CreateStackSet', { TemplateBody: template, CallAs: 'DELEGATED_ADMIN' })).toContain(
      'NotImplemented',
    );
    const transformed = '{"Transform":"AWS::Serverless-2016-10-31","Resources":{}}';
    expect(await ask('CreateStackSet', { TemplateBody: transformed })).toContain('NotImplemented');
    expect(sandbox.world.stackSets.size).toBe(0);
  });
});
