/** As its client in the AWS SDK for JavaScript, whose model describes it, and what the sandbox serves of it. */
export const names = {
  client: '@aws-sdk/client-ecs',
  operations: [
    'CreateService',
    'DeleteService',
    'DeregisterTaskDefinition',
    'DescribeClusters',
    'DescribeServices',
    'DescribeTaskDefinition',
    'DescribeTasks',
    'ExecuteCommand',
    'ListClusters',
    'ListServices',
    'ListTaskDefinitionFamilies',
    'ListTaskDefinitions',
    'ListTasks',
    'RegisterTaskDefinition',
    'RunTask',
    'StopTask',
    'TagResource',
    'UpdateService',
  ],
} as const;
