/** Which placeholders of a service stand for names that do not hold every character, and the page it is cited from. */
interface NameRules {
  /** Neither `/` nor `:`. */
  readonly names?: readonly string[];
  /** `/`, and no `:`. */
  readonly paths?: readonly string[];
  readonly source: string;
}

/** By the services' own rules for names; the pages are cited, not read. A placeholder that is not here may hold anything. */
const rules: Readonly<Record<string, NameRules>> = {
  s3: {
    names: ['BucketName', 'AccessPointName', 'JobId', 'ConfigId'],
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
  },
  dynamodb: {
    names: ['TableName', 'IndexName', 'StreamLabel', 'BackupName', 'ExportName', 'ImportName', 'GlobalTableName'],
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html',
  },
  ecs: {
    names: [
      'ClusterName',
      'ServiceName',
      'CapacityProviderName',
      'ContainerInstanceId',
      'TaskDefinitionFamilyName',
      'TaskDefinitionRevisionNumber',
      'ServiceDeploymentId',
      'ServiceRevisionId',
      'TaskId',
      'TaskSetId',
    ],
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html',
  },
  sqs: {
    names: ['QueueName'],
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  },
  sns: { names: ['TopicName'], source: 'https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html' },
  lambda: {
    names: ['FunctionName', 'Alias', 'Version', 'LayerName', 'LayerVersion', 'UUID'],
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
  },
  kms: { names: ['KeyId'], source: 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html' },
  kinesis: {
    names: ['StreamName'],
    source: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html',
  },
  firehose: {
    names: ['DeliveryStreamName'],
    source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html',
  },
  eks: {
    names: ['ClusterName', 'NodegroupName', 'AddonName', 'FargateProfileName'],
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html',
  },
  states: {
    names: ['StateMachineName', 'ActivityName', 'StateMachineAliasName'],
    source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html',
  },
  cloudformation: {
    names: ['StackName', 'StackSetName'],
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html',
  },
  rds: {
    names: ['DbInstanceName', 'DbClusterInstanceName'],
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html',
  },
  ec2: {
    names: [
      'InstanceId',
      'VpcId',
      'SubnetId',
      'SecurityGroupId',
      'VolumeId',
      'SnapshotId',
      'ImageId',
      'LaunchTemplateId',
    ],
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html',
  },
  codebuild: {
    names: ['ProjectName'],
    source: 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html',
  },
  codepipeline: {
    names: ['PipelineName', 'StageName', 'ActionName'],
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html',
  },
  codecommit: {
    names: ['RepositoryName'],
    source: 'https://docs.aws.amazon.com/codecommit/latest/APIReference/API_CreateRepository.html',
  },
  cloudfront: {
    names: ['DistributionId'],
    source: 'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html',
  },
  athena: {
    names: ['WorkGroupName'],
    source: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html',
  },
  ecr: {
    paths: ['RepositoryName'],
    source: 'https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html',
  },
  iam: {
    names: ['RoleName', 'UserName'],
    paths: [
      'RoleNameWithPath',
      'UserNameWithPath',
      'GroupNameWithPath',
      'PolicyNameWithPath',
      'InstanceProfileNameWithPath',
      'CertificateNameWithPath',
    ],
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  secretsmanager: {
    paths: ['SecretId'],
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html',
  },
  elasticfilesystem: {
    names: ['FileSystemId', 'AccessPointId'],
    source: 'https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html',
  },
};

/** What may stand in the place of a placeholder. */
export type NameKind = 'name' | 'path' | 'anything';

/** What may stand in the place of a placeholder of a service's ARN forms. */
export function kindOfName(service: string, hole: string): NameKind {
  if (['Partition', 'Region', 'Account'].includes(hole)) return 'name';
  const known = rules[service];
  if (known?.names?.includes(hole)) return 'name';
  return known?.paths?.includes(hole) ? 'path' : 'anything';
}
