/** As its client in the AWS SDK for JavaScript, whose model describes it, and what the sandbox serves of it. */
export const names = {
  client: '@aws-sdk/client-ec2',
  operations: [
    'DescribeAvailabilityZones',
    'DescribeImages',
    'DescribeRouteTables',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeVpcs',
    'DescribeVpnGateways',
  ],
} as const;
