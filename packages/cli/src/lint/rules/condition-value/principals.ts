/**
 * The service principals that AWS's managed policies and service pages name, without `.amazonaws.com`; the pages are cited, not read. What is
 * not here may be newer, so nothing is an error for that.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const knownPrincipals: ReadonlySet<string> = new Set(
  (
    'access-analyzer access-grants.s3 accessanalyzer account acm agentless.inspector2 aiops airflow ' +
    'airflow-serverless alexa-appkit alexa-connectedhome alexaforbusiness amplify amplifybackend ' +
    'apidestinations.events apigateway app-integrations appconfig appfabric appflow application-autoscaling ' +
    'application-insights application-signals.cloudwatch application-transformation appmesh apprunner ' +
    'appstream.application-autoscaling appsync aps arczonalshift artifact assets.marketplace athena ' +
    'auditmanager autoscaling aws-artifact-account-sync backup backup-gateway batch ' +
    'batch.application-autoscaling bedrock bedrock-agentcore billingconductor braket budgets bugbust ' +
    'build.apprunner cases cassandra cassandra-streams cassandra.application-autoscaling ce channels.lex ' +
    'channels.lexv2 chime cleanrooms cleanrooms-ml cloud9 cloudformation cloudfront cloudhsm cloudhsmv2 ' +
    'cloudsearch cloudtrail cloudwatch cloudwatch-crossaccount codeartifact codebuild codecatalyst ' +
    'codecatalyst-runner codecommit codeconnections codedeploy codeguru-profiler codeguru-reviewer ' +
    'codeguru-security codepipeline codestar codestar-connections codestar-notifications cognito-identity ' +
    'cognito-identity-us-gov cognito-idp cognito-sync comprehend comprehend.application-autoscaling ' +
    'compute-optimizer config config-conforms config-multiaccountsetup connect connect-campaigns ' +
    'connect-outbound-campaigns context.cloudtrail continuousexport.discovery contract.iq ' +
    'contributorinsights.dynamodb controltower cost-optimization-hub.bcm costalerts credentials.iot crowd ' +
    'cur custom-resource.application-autoscaling custom.rds custom.rds-preview databrew dataexchange ' +
    'datapipeline datasync datazone datazonecontrol dax deepracer delivery.logs detective devops-guru ' +
    'directconnect directquery.opensearchservice dlm dms dmsintegration.migrationhub docdb-elastic drs ds ' +
    'dsql dynamodb dynamodb.application-autoscaling ec2 ec2-images ec2.application-autoscaling ' +
    'ec2.capacitymanager ec2fastlaunch ec2fleet ec2scheduled ec2sqlha ecr ecs ecs-tasks ' +
    'ecs.application-autoscaling edgelambda eks eks-cluster eks-connector eks-fargate eks-fargate-pods ' +
    'eks-nodegroup elasticache elasticache.application-autoscaling elasticbeanstalk elasticfilesystem ' +
    'elasticloadbalancing elasticmapreduce elasticmapreduce.application-autoscaling elastictranscoder ' +
    'email.cognito-idp emr-containers emr-serverless entityresolution es event-processor.health events ' +
    'events.managedservices events.workmail export.rds fast-launch firehose fis fms forecast frauddetector ' +
    'fsx gamelift geo glacier globalaccelerator glue grafana greengrass groundstation guardduty health ' +
    'healthlake honeycode hooks.cloudformation iam identitystore imagebuilder importexport inspector ' +
    'inspector2 internetmonitor iot iotanalytics iotdeviceadvisor iotevents iotfleetwise ' +
    'iotmanagedintegrations iotroborunner iotsitewise iotthingsgraph iotwireless ipam ivs jellyfish ' +
    'justintimeaccess.ssm kafka kafka.application-autoscaling kendra kinesis kinesisanalytics ' +
    'kinesisreplication.dynamodb kms lakeformation lambda lambda.application-autoscaling lambda.beta ' +
    'lambda.preprod launchwizard lex lex.application-autoscaling lexv2 license-management.marketplace ' +
    'license-manager license-manager.member-account lightsail location logs lookoutequipment lookoutmetrics ' +
    'lookoutvision m2 macie macie2 maintenance.elasticbeanstalk malware-protection-plan.guardduty ' +
    'malware-protection.guardduty managedblockchain managedupdates.elasticbeanstalk mediaconnect ' +
    'mediaconvert medialive mediapackage mediapackagev2 mediastore mediatailor medical-imaging ' +
    'member.org.stacksets.cloudformation memorydb mgn migrationhub migrationhub-orchestrator ' +
    'migrationhub-strategy mobileanalytics mobiletargeting monitoring.thinclient monitron mpa mq mwaa ' +
    'neptune-graph neptune.application-autoscaling network-firewall network-security-director ' +
    'network.bedrock-agentcore networkmanager nimble notifications notifications.ssm observability.aoss ' +
    'observabilityadmin omics opensearchserverless opensearchservice ops.emr-serverless opsworks opsworks-cm ' +
    'organizations orgsdatasync.servicecatalog osis outposts panorama partnercentral-account-management ' +
    'payment-cryptography permission.iq personalize pinpoint pipes pods.eks polly ' +
    'private-marketplace.marketplace private-networks profile proton purchaseorders q qldb quicksight ram ' +
    'rds rds.application-autoscaling reachabilityanalyzer.networkinsights redshift redshift-data ' +
    'redshift-serverless refactor-spaces rekognition remediation.config replication.cassandra ' +
    'replication.dynamodb replication.ecr replication.lexv2 replication.s3tables replicator.lambda ' +
    'reporting.trustedadvisor resale-authorization.marketplace resource-explorer resource-explorer-2 ' +
    'resource-groups resource-snapshot-job.partnercentral-selling resources.cloudformation ' +
    'restore-testing.backup robomaker rolesanywhere route53 route53-recovery-control-config route53domains ' +
    'route53resolver runtime-identity.bedrock-agentcore s3 s3-outposts s3.data-source.lustre.fsx sagemaker ' +
    'sagemaker-geospatial sagemaker.application-autoscaling scaler.lambda scheduler schemas scraper.aps ' +
    'secretsmanager security-ir securityhub securityhubv2 securitylake serverlessrepo servicecatalog ' +
    'servicecatalog-appregistry servicediscovery servicequotas ses shield signer simspaceweaver sms ' +
    'smsintegration.migrationhub sns spot spotfleet sqlworkbench sqs ssm ssm-contacts ssm-guiconnect ' +
    'ssm-incidents ssm-quicksetup ssm-sap ssm.integrations ssmmessages sso sso-directory ' +
    'stacksets.cloudformation states storagegateway sts support supportapp swf sync.proton synthetics tag ' +
    'tagpolicies.tag tasks.apprunner telemetry-enablement.observabilityadmin ' +
    'telemetry-pipelines.observabilityadmin textract timestream timestream-influxdb tnb transcribe ' +
    'transcribe.streaming transfer transitgateway translate triage.security-ir trustedadvisor ' +
    'vendor-insights verifiedpermissions vmie voiceid vpc-flow-logs vpc-lattice waf waf-regional wafv2 ' +
    'wellarchitected wisdom workdocs worklink workmail workspaces workspaces-instances workspaces-web ' +
    'workspaces.application-autoscaling xray '
  )
    .trim()
    .split(' '),
);
