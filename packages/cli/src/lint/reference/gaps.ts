// Each source is cited, not read, but for the managed policies, which were held against these lists on 2026-11-26.

/**
 * Service prefixes that AWS documents on several pages. The reference joins the pages, and where two have an action or
 * resource type of the same name, one of them wins: what it says about them is incomplete, so nothing follows from what
 * it lacks.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const joinedPages: ReadonlySet<string> = new Set([
  'apigateway',
  'aws-marketplace',
  'elasticloadbalancing',
  'greengrass',
  'kinesisanalytics',
  'lex',
  'ses',
  'sms-voice',
]);

/**
 * Keys that the reference calls lists, and that AWS's own examples compare without a set operator: a request with one value
 * meets it, one with several does not.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function isComparedAsOne(key: string): boolean {
  return /^events:(source|detail)/i.test(key);
}

/** A resource that an action takes although the reference does not say so. */
export interface KnownResource {
  /** `service:Name` patterns, in lower case. */
  readonly actions: readonly string[];
  readonly form: string;
  readonly source: string;
}

export const knownResources: readonly KnownResource[] = [
  {
    actions: ['cloudformation:*'],
    form: 'arn:${Partition}:cloudformation:${Region}:aws:transform/${Name}',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-overview.html',
  },
  {
    // A stack that does not exist yet has no id; policies of AWS name it without one.
    actions: [
      'cloudformation:*stack*',
      'cloudformation:*changeset*',
      'cloudformation:get*',
      'cloudformation:describe*',
    ],
    form: 'arn:${Partition}:cloudformation:${Region}:${Account}:stack/${StackName}',
    source:
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSManagedServices_DetectiveControlsConfig_ServiceRolePolicy.html',
  },
  {
    actions: ['cloudformation:*'],
    form: 'arn:${Partition}:cloudformation:${Region}:${Account}:type/resource/${Type}',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html',
  },
  {
    // Clusters from before 2018 have tasks, services and instances without the name of the cluster.
    actions: ['ecs:describetasks', 'ecs:stoptask', 'ecs:executecommand', 'ecs:*taskprotection'],
    form: 'arn:${Partition}:ecs:${Region}:${Account}:task/${TaskId}',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html',
  },
  {
    actions: ['ecs:*service', 'ecs:*services'],
    form: 'arn:${Partition}:ecs:${Region}:${Account}:service/${ServiceName}',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html',
  },
  {
    actions: ['ecs:*containerinstance*'],
    form: 'arn:${Partition}:ecs:${Region}:${Account}:container-instance/${ContainerInstanceId}',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html',
  },
  {
    actions: ['cloudformation:updateterminationprotection', 'cloudformation:continueupdaterollback'],
    form: 'arn:${Partition}:cloudformation:${Region}:${Account}:stack/${StackName}',
    source:
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSManagedServices_DetectiveControlsConfig_ServiceRolePolicy.html',
  },
  {
    actions: ['quicksight:createdataset'],
    form: 'arn:${Partition}:quicksight:${Region}:${Account}:dataset/${ResourceId}',
    source: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSQuickSightAssetBundleImportPolicy.html',
  },
  {
    actions: ['ec2:putresourcepolicy'],
    form: 'arn:${Partition}:ec2:${Region}:${Account}:security-group/${SecurityGroupId}',
    source:
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSApplicationMigrationNetworkMigrationMultiAccount.html',
  },
  {
    actions: ['securityagent:listsecurityrequirements'],
    form: 'arn:${Partition}:securityagent:${Region}:${Account}:agent-space/${AgentSpaceId}',
    source: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAgentWebAppPolicy.html',
  },
  {
    // The name that Secrets Manager gives a secret of OpsWorks stands where others have `secret:`.
    actions: ['secretsmanager:*'],
    form: 'arn:${Partition}:secretsmanager:${Region}:${Account}:${ServiceSecret}!${SecretId}',
    source: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSOpsWorksCMServiceRole.html',
  },
];

/** A condition key that an action has although the reference does not say so. */
export interface KnownKey {
  /** `service:Name` patterns, in lower case. */
  readonly actions: string;
  readonly key: string;
  readonly source: string;
}

export const knownKeys: readonly KnownKey[] = [
  {
    actions: 'aws-marketplace:*',
    key: 'aws-marketplace:ProductId',
    source: 'https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-iam-users-groups-policies.html',
  },
  {
    actions: 'aws-marketplace:*',
    key: 'aws-marketplace:AgreementType',
    source: 'https://docs.aws.amazon.com/marketplace/latest/userguide/detailed-management-portal-permissions.html',
  },
  {
    actions: 'aws-marketplace:*',
    key: 'aws-marketplace:PartyType',
    source: 'https://docs.aws.amazon.com/marketplace/latest/userguide/detailed-management-portal-permissions.html',
  },
  {
    actions: 'iottwinmaker:*',
    key: 'iottwinmaker:linkedServices',
    source: 'https://docs.aws.amazon.com/iot-twinmaker/latest/guide/security-iam.html',
  },
  {
    actions: 'lakeformation:getdataaccess',
    key: 'lakeformation:GlueARN',
    source:
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonDataZoneGlueManageAccessRolePolicy.html',
  },
  {
    actions: 'a4b:*',
    key: 'a4b:amazonId',
    source:
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AlexaForBusinessPolyDelegatedAccessPolicy.html',
  },
  {
    actions: 'a4b:*',
    key: 'a4b:filters_deviceType',
    source:
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AlexaForBusinessLifesizeDelegatedAccessPolicy.html',
  },
  {
    actions: '*',
    key: 'aws:PrincipalOrgMasterAccountId',
    source: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSSSOServiceRolePolicy.html',
  },
];
