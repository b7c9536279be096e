import type { EscalationPath } from '../path.js';

export const cloudformationPaths: readonly EscalationPath[] = [
  {
    id: 'PassExistingRoleToCloudFormation',
    actions: ['iam:PassRole', 'cloudformation:CreateStack'],
    service: 'cloudformation.amazonaws.com',
    gives: 'has a stack make what it likes with a role',
    source: {
      pathfinding: 'cloudformation-001',
      prowler: 'PassRole+CloudFormationCreateStack',
      cloudsplaining: 'PassExistingRoleToCloudFormation',
      rhino: 20,
    },
  },
  {
    id: 'cloudformation-002',
    actions: ['cloudformation:UpdateStack'],
    gives: 'has a stack that has a role make what it likes',
    source: { pathfinding: 'cloudformation-002', prowler: 'CloudFormationUpdateStack' },
  },
  {
    id: 'PassExistingRoleToNewCloudFormationStackSet',
    actions: ['iam:PassRole', 'cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    service: 'cloudformation.amazonaws.com',
    gives: 'has a stack set make what it likes with a role, in other accounts too',
    source: {
      pathfinding: 'cloudformation-003',
      prowler: 'PassRole+CloudFormationCreateStackSet',
      cloudsplaining: 'PassExistingRoleToNewCloudFormationStackSet',
    },
  },
  {
    id: 'PassRoleToUpdateCloudFormationStackSet',
    actions: ['iam:PassRole', 'cloudformation:UpdateStackSet'],
    service: 'cloudformation.amazonaws.com',
    gives: 'has a stack set that is there make what it likes with a role',
    source: {
      pathfinding: 'cloudformation-004',
      prowler: 'PassRole+CloudFormationUpdateStackSet',
      cloudsplaining: 'PassRoleToUpdateCloudFormationStackSet',
    },
  },
  {
    id: 'ExecuteCloudFormationChangeSet',
    actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    gives: 'has a stack that has a role make what a change set says',
    source: {
      pathfinding: 'cloudformation-005',
      prowler: 'CloudFormationChangeSet',
      cloudsplaining: 'ExecuteCloudFormationChangeSet',
    },
  },
  {
    id: 'PassRoleToChangeSet',
    actions: ['iam:PassRole', 'cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    service: 'cloudformation.amazonaws.com',
    gives: 'has a new stack make what a change set says with a role',
    source: { aws: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html' },
  },
  {
    id: 'PassRoleToUpdateStack',
    actions: ['iam:PassRole', 'cloudformation:UpdateStack'],
    service: 'cloudformation.amazonaws.com',
    gives: 'gives a stack that is there another role',
    source: { aws: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html' },
  },
  {
    id: 'PassRoleToCloudControl',
    actions: ['iam:PassRole', 'cloudformation:CreateResource'],
    service: 'cloudformation.amazonaws.com',
    gives: 'has Cloud Control make a resource with a role',
    source: { aws: 'https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations.html' },
  },
];
