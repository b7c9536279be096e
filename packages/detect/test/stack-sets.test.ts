import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const role = 'arn:aws:iam::123456789012:role/stack-set-admin';
const run = (...commands: readonly string[]) =>
  found(workflow(`- run: |\n${commands.map((command) => `    aws cloudformation ${command}`).join('\n')}`)).jobs;

test('commands about a stack set are one job, with its regions and its role', () => {
  expect(
    run(
      `create-stack-set --stack-set-name fleet --template-body file://a.yaml --administration-role-arn ${role}`,
      'create-stack-instances --stack-set-name fleet --accounts 210987654321 --regions eu-west-1 eu-central-1',
      'describe-stack-set-operation --stack-set-name fleet --operation-id $ID',
    ),
  ).toEqual([
    `cloudformation-deploy client=aws-cli createStackSets=true stackInstances=true stackSetRegions=eu-west-1|eu-central-1 stackSetRole=${role} stackSets=fleet ?region @7,8,9`,
  ]);
});

test('service-managed permissions are told, and what deletes', () => {
  const [job = ''] = run(
    'create-stack-set --stack-set-name fleet --permission-model SERVICE_MANAGED --auto-deployment Enabled=false',
    'delete-stack-instances --stack-set-name fleet --deployment-targets OrganizationalUnitIds=ou-ab12-cdef3456 --regions eu-west-1 --no-retain-stacks',
    'delete-stack-set --stack-set-name fleet',
  );
  expect(job).toContain('stackSetPermissions=service-managed');
  expect(job).toContain('deleteStackSets=true');
  expect(job).toContain('stackSetRegions=eu-west-1 ');
});

test('who only describes a stack set shows no deployment', () => {
  expect(run('describe-stack-set --stack-set-name fleet')).toEqual([]);
});
