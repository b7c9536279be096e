import type { EscalationPath } from '../path.js';

export const lambdaPaths: readonly EscalationPath[] = [
  {
    id: 'PassExistingRoleToNewLambdaThenInvoke',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    gives: 'runs a function of its own with a role',
    source: {
      pathfinding: 'lambda-001',
      prowler: 'PassRole+CreateLambda+Invoke',
      cloudsplaining: 'PassExistingRoleToNewLambdaThenInvoke',
      rhino: 15,
    },
  },
  {
    id: 'PassExistingRoleToNewLambdaThenTriggerWithExistingDynamo',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    service: 'lambda.amazonaws.com',
    gives: 'has a table that is there run a function of its own with a role',
    source: {
      pathfinding: 'lambda-002',
      prowler: 'PassRole+CreateLambda+ExistingDynamo',
      cloudsplaining: 'PassExistingRoleToNewLambdaThenTriggerWithExistingDynamo',
    },
  },
  {
    id: 'PassExistingRoleToNewLambdaThenTriggerWithNewDynamo',
    actions: [
      'iam:PassRole',
      'lambda:CreateFunction',
      'lambda:CreateEventSourceMapping',
      'dynamodb:CreateTable',
      'dynamodb:PutItem',
    ],
    service: 'lambda.amazonaws.com',
    gives: 'has a table of its own run a function of its own with a role',
    source: {
      prowler: 'PassRole+CreateLambda+NewDynamo',
      cloudsplaining: 'PassExistingRoleToNewLambdaThenTriggerWithNewDynamo',
      rhino: 16,
    },
  },
  {
    id: 'PassExistingRoleToNewLambdaThenAddPermission',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:AddPermission'],
    service: 'lambda.amazonaws.com',
    gives: 'lets someone else run a function of its own with a role',
    source: {
      pathfinding: 'lambda-006',
      prowler: 'PassRole+CreateLambda+AddPermission',
      cloudsplaining: 'PassExistingRoleToNewLambdaThenAddPermission',
    },
  },
  {
    id: 'PassExistingRoleToNewLambdaWithUrl',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateFunctionUrlConfig'],
    service: 'lambda.amazonaws.com',
    gives: 'runs a function of its own with a role from the internet',
    source: { aws: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html' },
  },
  {
    id: 'EditExistingLambdaFunctionWithRole',
    actions: ['lambda:UpdateFunctionCode'],
    gives: 'puts its own code into a function that has a role',
    source: {
      pathfinding: 'lambda-003',
      prowler: 'lambda:UpdateFunctionCode',
      cloudsplaining: 'EditExistingLambdaFunctionWithRole',
      rhino: 17,
    },
  },
  {
    id: 'UpdateAndInvokeLambdaFunction',
    actions: ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
    gives: 'puts its own code into a function that has a role and runs it',
    source: {
      pathfinding: 'lambda-004',
      prowler: 'UpdateFunctionCode+InvokeFunction',
      cloudsplaining: 'UpdateAndInvokeLambdaFunction',
    },
  },
  {
    id: 'UpdateLambdaFunctionAndAddPermission',
    actions: ['lambda:UpdateFunctionCode', 'lambda:AddPermission'],
    gives: 'puts its own code into a function that has a role and lets someone else run it',
    source: {
      pathfinding: 'lambda-005',
      prowler: 'UpdateFunctionCode+AddPermission',
      cloudsplaining: 'UpdateLambdaFunctionAndAddPermission',
    },
  },
  {
    id: 'UpdateLambdaConfiguration',
    actions: ['lambda:UpdateFunctionConfiguration'],
    gives: 'puts a layer or a handler of its own into a function that has a role',
    source: { prowler: 'lambda:UpdateFunctionConfiguration' },
  },
  {
    id: 'PublishLayerThenUpdateLambda',
    actions: ['lambda:PublishLayerVersion', 'lambda:UpdateFunctionConfiguration'],
    gives: 'loads a layer of its own into a function that has a role',
    source: { aws: 'https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html' },
  },
  {
    id: 'ChangeLambdaRole',
    actions: ['iam:PassRole', 'lambda:UpdateFunctionConfiguration'],
    service: 'lambda.amazonaws.com',
    gives: 'gives a function that is there another role',
    source: { aws: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html' },
  },
];
