import type { EscalationPath } from '../path.js';

export const ec2Paths: readonly EscalationPath[] = [
  {
    id: 'CreateEC2WithExistingIP',
    actions: ['iam:PassRole', 'ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    gives: 'starts a machine with a role and uses it from there',
    source: { pathfinding: 'ec2-001', prowler: 'PassRole+EC2', cloudsplaining: 'CreateEC2WithExistingIP', rhino: 3 },
  },
  {
    id: 'ModifyEC2InstanceUserDataThenRestart',
    actions: ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
    gives: 'has a machine with a role run its commands at the next start',
    source: {
      pathfinding: 'ec2-002',
      prowler: 'EC2ModifyInstanceAttribute',
      cloudsplaining: 'ModifyEC2InstanceUserDataThenRestart',
    },
  },
  {
    id: 'PassExistingRoleToNewEC2SpotInstance',
    actions: ['iam:PassRole', 'ec2:RequestSpotInstances'],
    service: 'ec2.amazonaws.com',
    gives: 'asks for a spot machine with a role',
    source: {
      pathfinding: 'ec2-003',
      prowler: 'PassRole+EC2SpotInstances',
      cloudsplaining: 'PassExistingRoleToNewEC2SpotInstance',
    },
  },
  {
    id: 'ModifyExistingEC2LaunchTemplate',
    actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
    gives: 'has the next machines of a template run its commands',
    source: {
      pathfinding: 'ec2-004',
      prowler: 'EC2ModifyLaunchTemplate',
      cloudsplaining: 'ModifyExistingEC2LaunchTemplate',
    },
  },
  {
    id: 'EC2InstanceConnectSendSSHPublicKey',
    actions: ['ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'],
    gives: 'logs in to a machine that has a role',
    source: {
      pathfinding: 'ec2instanceconnect-003',
      prowler: 'EC2InstanceConnect+SendSSHPublicKey',
      cloudsplaining: 'EC2InstanceConnectSendSSHPublicKey',
    },
  },
  {
    id: 'EC2SerialConsole',
    actions: ['ec2-instance-connect:SendSerialConsoleSSHPublicKey'],
    gives: 'reaches the serial console of a machine that has a role',
    source: { aws: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-serial-console.html' },
  },
  {
    id: 'AssociateInstanceProfile',
    actions: ['iam:PassRole', 'ec2:AssociateIamInstanceProfile'],
    service: 'ec2.amazonaws.com',
    gives: 'gives a machine that it uses a role',
    source: { aws: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html' },
  },
  {
    id: 'ReplaceInstanceProfile',
    actions: ['iam:PassRole', 'ec2:ReplaceIamInstanceProfileAssociation'],
    service: 'ec2.amazonaws.com',
    gives: 'gives a machine that it uses another role',
    source: {
      aws: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceIamInstanceProfileAssociation.html',
    },
  },
  {
    id: 'AddRoleToInstanceProfile',
    actions: ['iam:PassRole', 'iam:AddRoleToInstanceProfile'],
    service: 'ec2.amazonaws.com',
    gives: 'puts another role into the profile of machines that run',
    source: { aws: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html' },
  },
  {
    id: 'EC2Fleet',
    actions: ['iam:PassRole', 'ec2:CreateFleet'],
    service: 'ec2.amazonaws.com',
    gives: 'starts a fleet of machines with a role',
    source: { aws: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet-prerequisites.html' },
  },
  {
    id: 'EC2SpotFleet',
    actions: ['iam:PassRole', 'ec2:RequestSpotFleet'],
    service: 'spotfleet.amazonaws.com',
    gives: 'starts a spot fleet of machines with a role',
    source: { aws: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-fleet-prerequisites.html' },
  },
  {
    id: 'LaunchTemplateThenRun',
    actions: ['iam:PassRole', 'ec2:CreateLaunchTemplate', 'ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    gives: 'starts a machine with a role from a template of its own',
    source: { aws: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-template-permissions.html' },
  },
  {
    id: 'CreateAutoScalingGroup',
    actions: ['iam:PassRole', 'autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    service: 'ec2.amazonaws.com',
    gives: 'has a group start machines with a role',
    source: { prowler: 'PassRole+CreateAutoScaling' },
  },
  {
    id: 'UpdateAutoScalingGroup',
    actions: ['iam:PassRole', 'autoscaling:CreateLaunchConfiguration', 'autoscaling:UpdateAutoScalingGroup'],
    service: 'ec2.amazonaws.com',
    gives: 'has a group that is there start machines with a role',
    source: { prowler: 'PassRole+UpdateAutoScaling' },
  },
];
