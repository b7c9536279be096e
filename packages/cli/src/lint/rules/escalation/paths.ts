/** A way from what a policy allows to more. */
export interface EscalationPath {
  /** The name in the catalogue. */
  readonly id: string;
  /** All of these must be allowed. */
  readonly actions: readonly string[];
  /** The service that a role must be passed to. */
  readonly service?: string;
  readonly how: string;
}

/**
 * The paths of Rhino Security Labs' catalogue, by their names there, and those of pathfinding.cloud that take a role
 * through ECS.
 * @see https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation
 * @see https://pathfinding.cloud
 */
export const paths: readonly EscalationPath[] = [
  {
    id: 'CreateNewPolicyVersion',
    actions: ['iam:CreatePolicyVersion'],
    how: 'writes a new version of a policy it has',
  },
  {
    id: 'SetExistingDefaultPolicyVersion',
    actions: ['iam:SetDefaultPolicyVersion'],
    how: 'brings an older, wider version of a policy back',
  },
  {
    id: 'CreateEC2WithExistingIP',
    actions: ['iam:PassRole', 'ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    how: 'starts a machine with a role and uses it from there',
  },
  { id: 'CreateAccessKey', actions: ['iam:CreateAccessKey'], how: 'makes keys of another user' },
  { id: 'CreateLoginProfile', actions: ['iam:CreateLoginProfile'], how: 'gives another user a password' },
  { id: 'UpdateLoginProfile', actions: ['iam:UpdateLoginProfile'], how: "changes another user's password" },
  { id: 'AttachUserPolicy', actions: ['iam:AttachUserPolicy'], how: 'attaches any policy to a user' },
  { id: 'AttachGroupPolicy', actions: ['iam:AttachGroupPolicy'], how: 'attaches any policy to a group' },
  { id: 'AttachRolePolicy', actions: ['iam:AttachRolePolicy'], how: 'attaches any policy to a role, its own too' },
  { id: 'PutUserPolicy', actions: ['iam:PutUserPolicy'], how: 'writes an inline policy of a user' },
  { id: 'PutGroupPolicy', actions: ['iam:PutGroupPolicy'], how: 'writes an inline policy of a group' },
  { id: 'PutRolePolicy', actions: ['iam:PutRolePolicy'], how: 'writes an inline policy of a role, its own too' },
  { id: 'AddUserToGroup', actions: ['iam:AddUserToGroup'], how: 'adds a user to a group of administrators' },
  {
    id: 'UpdateRolePolicyToAssumeIt',
    actions: ['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'],
    how: 'lets itself into another role',
  },
  {
    id: 'PassExistingRoleToNewLambdaThenInvoke',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    how: 'runs a function of its own with a role',
  },
  {
    id: 'PassExistingRoleToNewLambdaThenTriggerWithNewDynamo',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    service: 'lambda.amazonaws.com',
    how: 'has a table run a function of its own with a role',
  },
  {
    id: 'EditExistingLambdaFunctionWithRole',
    actions: ['lambda:UpdateFunctionCode'],
    how: 'puts its own code into a function that has a role',
  },
  {
    id: 'PassExistingRoleToNewGlueDevEndpoint',
    actions: ['iam:PassRole', 'glue:CreateDevEndpoint'],
    service: 'glue.amazonaws.com',
    how: 'opens a development endpoint with a role',
  },
  {
    id: 'UpdateExistingGlueDevEndpoint',
    actions: ['glue:UpdateDevEndpoint'],
    how: 'puts its key into a development endpoint that has a role',
  },
  {
    id: 'PassExistingRoleToCloudFormation',
    actions: ['iam:PassRole', 'cloudformation:CreateStack'],
    service: 'cloudformation.amazonaws.com',
    how: 'has a stack make what it likes with a role',
  },
  {
    id: 'PassRoleToDataPipeline',
    actions: ['iam:PassRole', 'datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'],
    service: 'datapipeline.amazonaws.com',
    how: 'has a pipeline run commands with a role',
  },
  {
    id: 'ecs-run-task',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
    how: 'runs an image of its own as a task with a role',
  },
  {
    id: 'ecs-update-service',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:UpdateService'],
    service: 'ecs-tasks.amazonaws.com',
    how: 'runs an image of its own in a service with a role',
  },
];
