/** Services whose IAM prefix is not what SDKs, CloudTrail or host names call them. */
const prefixes: Readonly<Record<string, string>> = {
  apigatewayv2: 'apigateway',
  applicationautoscaling: 'application-autoscaling',
  cloudwatchlogs: 'logs',
  cloudwatchevents: 'events',
  cognitoidentityprovider: 'cognito-idp',
  cognitoidentity: 'cognito-identity',
  ecrpublic: 'ecr-public',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  elasticsearchservice: 'es',
  email: 'ses',
  eventbridge: 'events',
  monitoring: 'cloudwatch',
  opensearch: 'es',
  resourcegroupstaggingapi: 'tag',
  tagging: 'tag',
  securitytokenservice: 'sts',
  sesv2: 'ses',
  sfn: 'states',
  stepfunctions: 'states',
  dynamodbv2: 'dynamodb',
  identitymanagement: 'iam',
  elasticcontainerservice: 'ecs',
  elasticcontainerregistry: 'ecr',
  simplesystemsmanagement: 'ssm',
};

/** Prefixes as IAM writes them, for names that are written without their hyphens. */
export function iamPrefixOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/\.amazonaws\.com(?:\.cn)?$/, '')
    .replace(/^(?:amazon|aws)(?=[ a-z])/, '')
    .replace(/[^a-z0-9-]/g, '');
  return Object.hasOwn(prefixes, plain) ? prefixes[plain]! : plain;
}
