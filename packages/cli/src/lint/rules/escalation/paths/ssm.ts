import type { EscalationPath } from '../path.js';

export const ssmPaths: readonly EscalationPath[] = [
  {
    id: 'ssm-001',
    actions: ['ssm:StartSession'],
    gives: 'opens a shell on a machine that has a role',
    source: { pathfinding: 'ssm-001', prowler: 'SSMStartSession' },
  },
  {
    id: 'ssm-002',
    actions: ['ssm:SendCommand'],
    gives: 'runs commands on machines that have roles',
    source: { pathfinding: 'ssm-002', prowler: 'SSMSendCommand' },
  },
  {
    id: 'ssm-resume-session',
    actions: ['ssm:ResumeSession'],
    gives: "takes over another user's shell",
    source: {
      aws: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html',
    },
  },
  {
    id: 'ssm-automation-new-document',
    actions: ['iam:PassRole', 'ssm:CreateDocument', 'ssm:StartAutomationExecution'],
    service: 'ssm.amazonaws.com',
    gives: 'runs a runbook of its own with a role',
    source: { prowler: 'PassRole+SSMCreateDocument+StartAutomation' },
  },
  {
    id: 'ssm-automation',
    actions: ['iam:PassRole', 'ssm:StartAutomationExecution'],
    service: 'ssm.amazonaws.com',
    gives: 'runs a runbook with a role',
    source: { aws: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html' },
  },
  {
    id: 'ssm-association',
    actions: ['ssm:CreateAssociation'],
    gives: 'has machines that have roles run commands again and again',
    source: { aws: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/state-manager-about.html' },
  },
  {
    id: 'ssm-update-document',
    actions: ['ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'],
    gives: 'changes a document that others run on machines with roles',
    source: { aws: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents.html' },
  },
  {
    id: 'ssm-maintenance-window',
    actions: ['iam:PassRole', 'ssm:RegisterTaskWithMaintenanceWindow'],
    service: 'ssm.amazonaws.com',
    gives: 'has a maintenance window run its task with a role',
    source: { aws: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-permissions.html' },
  },
  {
    id: 'ssm-activation',
    actions: ['iam:PassRole', 'ssm:CreateActivation'],
    service: 'ssm.amazonaws.com',
    gives: 'registers a machine of its own that is given a role',
    source: { aws: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-service-role.html' },
  },
];
