/** As its client in the AWS SDK for JavaScript, whose model describes it, and what the sandbox serves of it. */
export const names = {
  client: '@aws-sdk/client-elastic-load-balancing-v2',
  operations: ['DescribeListeners', 'DescribeLoadBalancers', 'DescribeTags'],
} as const;
