/** As its client in the AWS SDK for JavaScript, whose model describes it, and what the sandbox serves of it. */
export const names = {
  client: '@aws-sdk/client-eventbridge',
  operations: [
    'DeleteRule',
    'DescribeRule',
    'DisableRule',
    'EnableRule',
    'ListRules',
    'ListTargetsByRule',
    'PutRule',
    'PutTargets',
    'RemoveTargets',
    'TagResource',
  ],
} as const;
