/** What CloudFormation gives for a resource of a type, as texts in which `<…>` stands for what is filled in. */
export interface ResourceType {
  /** The page of the CloudFormation template reference whose "Return values" say it. */
  readonly page: string;
  /** The property that holds the physical name; without it, and without the property, the name is made up on deployment. */
  readonly name?: string;
  /** What a property is where the template does not say. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** What `Ref` returns. */
  readonly ref?: string;
  /** What `Fn::GetAtt` returns. */
  readonly attributes: Readonly<Record<string, string>>;
}

const here = '<Region>:<Account>';

/**
 * What `Ref` and `Fn::GetAtt` return for each type, as far as policies ask for it. `<Name>` is the physical name, `<Partition>`,
 * `<Region>`, `<Account>` and `<URLSuffix>` the place; anything else is a property of the resource, `<Cluster/>` the last part of
 * one that may be an ARN. A type or an attribute that is not here is known only after deployment.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::CloudWatch::Alarm': {
    page: 'aws-resource-cloudwatch-alarm.html',
    name: 'AlarmName',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:cloudwatch:${here}:alarm:<Name>` },
  },
  'AWS::CodeBuild::Project': {
    page: 'aws-resource-codebuild-project.html',
    name: 'Name',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:codebuild:${here}:project/<Name>` },
  },
  'AWS::CodeDeploy::Application': {
    page: 'aws-resource-codedeploy-application.html',
    name: 'ApplicationName',
    ref: '<Name>',
    attributes: {},
  },
  'AWS::CodeDeploy::DeploymentConfig': {
    page: 'aws-resource-codedeploy-deploymentconfig.html',
    name: 'DeploymentConfigName',
    ref: '<Name>',
    attributes: {},
  },
  'AWS::CodeDeploy::DeploymentGroup': {
    page: 'aws-resource-codedeploy-deploymentgroup.html',
    name: 'DeploymentGroupName',
    ref: '<Name>',
    attributes: {},
  },
  'AWS::CodePipeline::Pipeline': {
    page: 'aws-resource-codepipeline-pipeline.html',
    name: 'Name',
    ref: '<Name>',
    attributes: {},
  },
  'AWS::DynamoDB::GlobalTable': {
    page: 'aws-resource-dynamodb-globaltable.html',
    name: 'TableName',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:dynamodb:${here}:table/<Name>` },
  },
  'AWS::DynamoDB::Table': {
    page: 'aws-resource-dynamodb-table.html',
    name: 'TableName',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:dynamodb:${here}:table/<Name>` },
  },
  'AWS::ECR::Repository': {
    page: 'aws-resource-ecr-repository.html',
    name: 'RepositoryName',
    ref: '<Name>',
    attributes: {
      Arn: `arn:<Partition>:ecr:${here}:repository/<Name>`,
      RepositoryUri: '<Account>.dkr.ecr.<Region>.<URLSuffix>/<Name>',
    },
  },
  'AWS::ECS::Cluster': {
    page: 'aws-resource-ecs-cluster.html',
    name: 'ClusterName',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:ecs:${here}:cluster/<Name>` },
  },
  'AWS::ECS::Service': {
    page: 'aws-resource-ecs-service.html',
    name: 'ServiceName',
    defaults: { Cluster: 'default' },
    ref: `arn:<Partition>:ecs:${here}:service/<Cluster/>/<Name>`,
    attributes: {
      Name: '<Name>',
      ServiceArn: `arn:<Partition>:ecs:${here}:service/<Cluster/>/<Name>`,
    },
  },
  'AWS::ECS::TaskDefinition': {
    page: 'aws-resource-ecs-taskdefinition.html',
    name: 'Family',
    ref: `arn:<Partition>:ecs:${here}:task-definition/<Name>:<?revision>`,
    attributes: { TaskDefinitionArn: `arn:<Partition>:ecs:${here}:task-definition/<Name>:<?revision>` },
  },
  'AWS::EKS::Cluster': {
    page: 'aws-resource-eks-cluster.html',
    name: 'Name',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:eks:${here}:cluster/<Name>` },
  },
  'AWS::Events::EventBus': {
    page: 'aws-resource-events-eventbus.html',
    name: 'Name',
    ref: '<Name>',
    attributes: { Name: '<Name>', Arn: `arn:<Partition>:events:${here}:event-bus/<Name>` },
  },
  'AWS::IAM::Group': {
    page: 'aws-resource-iam-group.html',
    name: 'GroupName',
    defaults: { Path: '/' },
    ref: '<Name>',
    attributes: { Arn: 'arn:<Partition>:iam::<Account>:group<Path><Name>' },
  },
  'AWS::IAM::InstanceProfile': {
    page: 'aws-resource-iam-instanceprofile.html',
    name: 'InstanceProfileName',
    defaults: { Path: '/' },
    ref: '<Name>',
    attributes: { Arn: 'arn:<Partition>:iam::<Account>:instance-profile<Path><Name>' },
  },
  'AWS::IAM::ManagedPolicy': {
    page: 'aws-resource-iam-managedpolicy.html',
    name: 'ManagedPolicyName',
    defaults: { Path: '/' },
    ref: 'arn:<Partition>:iam::<Account>:policy<Path><Name>',
    attributes: { PolicyArn: 'arn:<Partition>:iam::<Account>:policy<Path><Name>' },
  },
  'AWS::IAM::Role': {
    page: 'aws-resource-iam-role.html',
    name: 'RoleName',
    defaults: { Path: '/' },
    ref: '<Name>',
    attributes: { Arn: 'arn:<Partition>:iam::<Account>:role<Path><Name>' },
  },
  'AWS::IAM::User': {
    page: 'aws-resource-iam-user.html',
    name: 'UserName',
    defaults: { Path: '/' },
    ref: '<Name>',
    attributes: { Arn: 'arn:<Partition>:iam::<Account>:user<Path><Name>' },
  },
  'AWS::Kinesis::Stream': {
    page: 'aws-resource-kinesis-stream.html',
    name: 'Name',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:kinesis:${here}:stream/<Name>` },
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    page: 'aws-resource-kinesisfirehose-deliverystream.html',
    name: 'DeliveryStreamName',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:firehose:${here}:deliverystream/<Name>` },
  },
  'AWS::KMS::Alias': { page: 'aws-resource-kms-alias.html', name: 'AliasName', ref: '<Name>', attributes: {} },
  'AWS::KMS::Key': {
    page: 'aws-resource-kms-key.html',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:kms:${here}:key/<Name>`, KeyId: '<Name>' },
  },
  'AWS::Lambda::Function': {
    page: 'aws-resource-lambda-function.html',
    name: 'FunctionName',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:lambda:${here}:function:<Name>` },
  },
  'AWS::Logs::LogGroup': {
    page: 'aws-resource-logs-loggroup.html',
    name: 'LogGroupName',
    ref: '<Name>',
    attributes: { Arn: `arn:<Partition>:logs:${here}:log-group:<Name>:*` },
  },
  'AWS::S3::Bucket': {
    page: 'aws-resource-s3-bucket.html',
    name: 'BucketName',
    ref: '<Name>',
    attributes: { Arn: 'arn:<Partition>:s3:::<Name>' },
  },
  'AWS::SecretsManager::Secret': {
    page: 'aws-resource-secretsmanager-secret.html',
    name: 'Name',
    ref: `arn:<Partition>:secretsmanager:${here}:secret:<Name>-<?suffix>`,
    attributes: { Id: `arn:<Partition>:secretsmanager:${here}:secret:<Name>-<?suffix>` },
  },
  'AWS::SNS::Topic': {
    page: 'aws-resource-sns-topic.html',
    name: 'TopicName',
    ref: `arn:<Partition>:sns:${here}:<Name>`,
    attributes: { TopicArn: `arn:<Partition>:sns:${here}:<Name>`, TopicName: '<Name>' },
  },
  'AWS::SQS::Queue': {
    page: 'aws-resource-sqs-queue.html',
    name: 'QueueName',
    ref: 'https://sqs.<Region>.<URLSuffix>/<Account>/<Name>',
    attributes: { Arn: `arn:<Partition>:sqs:${here}:<Name>`, QueueName: '<Name>' },
  },
  'AWS::SSM::Parameter': { page: 'aws-resource-ssm-parameter.html', name: 'Name', ref: '<Name>', attributes: {} },
  'AWS::StepFunctions::StateMachine': {
    page: 'aws-resource-stepfunctions-statemachine.html',
    name: 'StateMachineName',
    ref: `arn:<Partition>:states:${here}:stateMachine:<Name>`,
    attributes: { Arn: `arn:<Partition>:states:${here}:stateMachine:<Name>`, Name: '<Name>' },
  },
};
