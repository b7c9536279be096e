/** Where each type of resource of CloudFormation keeps the policy that says who may use it. */
export const templateHolders: ReadonlyMap<string, string> = new Map([
  ['AWS::S3::BucketPolicy', 'PolicyDocument'],
  ['AWS::S3::AccessPoint', 'Policy'],
  ['AWS::SQS::QueuePolicy', 'PolicyDocument'],
  ['AWS::SQS::QueueInlinePolicy', 'PolicyDocument'],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument'],
  ['AWS::SNS::TopicInlinePolicy', 'PolicyDocument'],
  ['AWS::KMS::Key', 'KeyPolicy'],
  ['AWS::KMS::ReplicaKey', 'KeyPolicy'],
  ['AWS::ECR::Repository', 'RepositoryPolicyText'],
  ['AWS::ECR::PublicRepository', 'RepositoryPolicyText'],
  ['AWS::ECR::RegistryPolicy', 'PolicyText'],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'],
]);

/** The same of Terraform's AWS provider. */
export const terraformHolders: ReadonlyMap<string, string> = new Map([
  ['aws_s3_bucket_policy', 'policy'],
  ['aws_s3_access_point', 'policy'],
  ['aws_s3control_access_point_policy', 'policy'],
  ['aws_sqs_queue_policy', 'policy'],
  ['aws_sqs_queue', 'policy'],
  ['aws_sns_topic_policy', 'policy'],
  ['aws_sns_topic', 'policy'],
  ['aws_kms_key', 'policy'],
  ['aws_kms_key_policy', 'policy'],
  ['aws_kms_replica_key', 'policy'],
  ['aws_ecr_repository_policy', 'policy'],
  ['aws_ecrpublic_repository_policy', 'policy'],
  ['aws_ecr_registry_policy', 'policy'],
  ['aws_secretsmanager_secret_policy', 'policy'],
  ['aws_secretsmanager_secret', 'policy'],
]);

/** What a permission of Lambda says, which both tools spell by properties of their own. */
export interface LambdaPermission {
  readonly function: unknown;
  readonly action: unknown;
  readonly principal: unknown;
  readonly sourceArn: unknown;
  readonly sourceAccount: unknown;
  readonly organization: unknown;
  readonly urlAuthType: unknown;
}

/**
 * The statement that `AddPermission` writes into the policy of a function.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function statementOfPermission(given: LambdaPermission): object {
  const principal = String(given.principal ?? '');
  const isService = /\.amazonaws\.com(\.cn)?$/.test(principal);
  const conditions: readonly (readonly [string, string, unknown])[] = [
    ['ArnLike', 'AWS:SourceArn', given.sourceArn],
    ['StringEquals', 'AWS:SourceAccount', given.sourceAccount],
    ['StringEquals', 'aws:PrincipalOrgID', given.organization],
    ['StringEquals', 'lambda:FunctionUrlAuthType', given.urlAuthType],
  ];
  const condition: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, value] of conditions) {
    if (value !== undefined && value !== null) condition[operator] = { ...condition[operator], [key]: value };
  }
  return {
    Effect: 'Allow',
    Principal: isService ? { Service: principal } : principal === '*' ? '*' : { AWS: principal },
    Action: given.action,
    Resource: given.function,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}
