/** As its client in the AWS SDK for JavaScript, whose model describes it, and what the sandbox serves of it. */
export const names = {
  client: '@aws-sdk/client-lambda',
  operations: [
    'CreateAlias',
    'CreateFunction',
    'DeleteFunction',
    'GetAlias',
    'GetFunction',
    'GetFunctionConfiguration',
    'Invoke',
    'ListAliases',
    'ListTags',
    'ListVersionsByFunction',
    'PublishVersion',
    'TagResource',
    'UntagResource',
    'UpdateAlias',
    'UpdateFunctionCode',
    'UpdateFunctionConfiguration',
  ],
} as const;
