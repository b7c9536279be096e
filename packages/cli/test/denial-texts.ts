/**
 * Refusals as people paste them into public bug reports, and as AWS documents them: names and numbers are changed, the
 * wording, folding and quoting are not. Each with what is to be read in it.
 */
export interface DenialText {
  readonly title: string;
  /** Where texts of this form were seen. */
  readonly seen: string;
  readonly text: string;
  readonly denials: readonly Readonly<Record<string, unknown>>[];
}

const user = 'arn:aws:iam::123456789012:user/ci';
const session = 'arn:aws:sts::123456789012:assumed-role/ci/run';
const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const app = 'arn:aws:ecr:eu-west-1:123456789012:repository/team/app';
const documented = 'IAM user guide, troubleshoot access denied error messages';

const sentence = (
  action: string,
  resource: string,
  end = ` because no identity-based policy allows the ${action} action`,
) => `User: ${session} is not authorized to perform: ${action} on resource: ${resource}${end}`;

const values: readonly DenialText[] = [
  {
    title: 'a lock object, unquoted, folded, with an explicit deny',
    seen: 'opentofu/opentofu 2970',
    text: 'Error message: operation error S3: PutObject,\naccess denied: User is not authorized to perform: s3:PutObject on resource:\narn:aws:s3:::my-states/demo/terraform.tfstate.tflock with an explicit deny in a resource-based policy\n',
    denials: [
      {
        action: 's3:PutObject',
        resource: 'arn:aws:s3:::my-states/demo/terraform.tfstate.tflock',
        reason: 'explicit deny in resource-based policy',
      },
    ],
  },
  {
    title: 'a lock object, quoted',
    seen: 'terraform 1.11',
    text: `Error: Error acquiring the state lock\n\nError message: operation error S3: PutObject, https response error StatusCode: 403, RequestID: A, HostID: b, api error AccessDenied: ${sentence('s3:PutObject', '"arn:aws:s3:::my-states/app/terraform.tfstate.tflock"')}`,
    denials: [
      {
        action: 's3:PutObject',
        resource: 'arn:aws:s3:::my-states/app/terraform.tfstate.tflock',
        operation: 'PutObject',
      },
    ],
  },
  {
    title: 'a role with a dot',
    seen: 'IAM',
    text: sentence('iam:PassRole', 'arn:aws:iam::123456789012:role/my.role'),
    denials: [{ action: 'iam:PassRole', resource: 'arn:aws:iam::123456789012:role/my.role' }],
  },
  {
    title: 'a role with a dot at the end of a sentence',
    seen: 'IAM',
    text: sentence('iam:PassRole', 'arn:aws:iam::123456789012:role/my.role', '.'),
    denials: [{ resource: 'arn:aws:iam::123456789012:role/my.role' }],
  },
  {
    title: 'a key with blanks, commas, a semicolon, parentheses and the word because',
    seen: 'S3, which quotes the resource',
    text: sentence('s3:GetObject', '"arn:aws:s3:::b/a b, c; (d) because no one, with an explicit deny.txt"'),
    denials: [{ resource: 'arn:aws:s3:::b/a b, c; (d) because no one, with an explicit deny.txt' }],
  },
  {
    title: 'the same key unquoted',
    seen: 'tools that take the quotes away',
    text: sentence('s3:GetObject', 'arn:aws:s3:::b/a b, c; (d) because no one.txt'),
    denials: [{ resource: 'arn:aws:s3:::b/a b, c; (d) because no one.txt', reason: 'identity-based policy' }],
  },
  {
    title: 'a key with a quote in it',
    seen: 'S3',
    text: sentence('s3:GetObject', '"arn:aws:s3:::b/say "hi".txt"'),
    denials: [{ resource: 'arn:aws:s3:::b/say "hi".txt' }],
  },
  {
    title: 'JSON with escapes',
    seen: 'SDKs for JSON protocols',
    text: `{"__type":"AccessDenied","message":"User: ${session} is not authorized to perform: s3:GetObject on resource: \\"arn:aws:s3:::b\\u002Fa b.txt\\" because no identity-based policy allows the s3:GetObject action"}`,
    denials: [{ action: 's3:GetObject', resource: 'arn:aws:s3:::b/a b.txt', reason: 'identity-based policy' }],
  },
  {
    title: 'JSON with escaped slashes, unquoted resource at the end',
    seen: 'PHP',
    text: `{"message":"User: arn:aws:sts::123456789012:assumed-role\\/ci\\/run is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository\\/team\\/app"}`,
    denials: [{ action: 'ecr:PutImage', resource: app, principal: session }],
  },
  {
    title: 'JSON in JSON',
    seen: 'CloudWatch Logs of Lambda functions',
    text: JSON.stringify({ log: JSON.stringify({ error: sentence('s3:PutObject', '"arn:aws:s3:::b/k v"') }) }),
    denials: [{ action: 's3:PutObject', resource: 'arn:aws:s3:::b/k v' }],
  },
  {
    title: 'XML',
    seen: 'S3 over HTTP',
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>User: ${session} is not authorized to perform: s3:PutObject on resource: &quot;arn:aws:s3:::b/a&amp;b &lt;1&gt;.txt&quot; because no identity-based policy allows the s3:PutObject action</Message><RequestId>A</RequestId></Error>`,
    denials: [{ action: 's3:PutObject', resource: 'arn:aws:s3:::b/a&b <1>.txt', reason: 'identity-based policy' }],
  },
  {
    title: 'XML with a resource at the end',
    seen: 'IAM over HTTP',
    text: `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: ${user} is not authorized to perform: iam:GetRole on resource: role my.role</Message></Error></ErrorResponse>`,
    denials: [{ action: 'iam:GetRole', principal: user }],
  },
  {
    title: 'parentheses around the sentence',
    seen: 'CloudFormation',
    text: `Resource handler returned message: "Access denied (${sentence('ecr:CreateRepository', 'arn:aws:ecr:eu-west-1:123456789012:repository/a.b', '')})" (RequestToken: 1, HandlerErrorCode: AccessDenied)`,
    denials: [{ action: 'ecr:CreateRepository', resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/a.b' }],
  },
  {
    title: 'Java, version 1',
    seen: 'serverless-operations/serverless-step-functions 189',
    text: `User: ${session} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/ecsTaskExecutionRole (Service: AmazonECS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 37158697-a9c5-4ce8-8044-812c988dea0a)`,
    denials: [
      { action: 'iam:PassRole', resource: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole', service: 'ecs' },
    ],
  },
  {
    title: 'Java, version 2',
    seen: 'SDK for Java',
    text: `software.amazon.awssdk.services.ecs.model.EcsException: ${sentence('ecs:UpdateService', 'arn:aws:ecs:eu-west-1:123456789012:service/c/s.')} (Service: Ecs, Status Code: 400, Request ID: x)`,
    denials: [{ action: 'ecs:UpdateService', resource: 'arn:aws:ecs:eu-west-1:123456789012:service/c/s.' }],
  },
  {
    title: 'a colon behind the resource and a traceback',
    seen: 'wellcomecollection/platform 374',
    text: `An error occurred (AccessDeniedException) when calling the RegisterTaskDefinition operation: User: ${session} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/id_minter_task_role: ClientError\nTraceback (most recent call last):\nFile "/var/task/update.py", line 78, in main\n`,
    denials: [
      {
        action: 'iam:PassRole',
        resource: 'arn:aws:iam::123456789012:role/id_minter_task_role',
        operation: 'RegisterTaskDefinition',
      },
    ],
  },
  {
    title: 'colours',
    seen: 'terraform on a terminal',
    text: `\u001b[31m╷\u001b[0m\n\u001b[31m│\u001b[0m \u001b[1mError:\u001b[0m User: ${session}\n\u001b[31m│\u001b[0m is not authorized to perform: \u001b[33mdynamodb:GetItem\u001b[0m on resource:\n\u001b[31m│\u001b[0m \u001b[4marn:aws:dynamodb:eu-west-1:123456789012:table/my.locks\u001b[0m because no identity-based\n\u001b[31m│\u001b[0m policy allows the dynamodb:GetItem action\n\u001b[31m╵\u001b[0m`,
    denials: [
      {
        action: 'dynamodb:GetItem',
        resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/my.locks',
        reason: 'identity-based policy',
        principal: session,
      },
    ],
  },
  {
    title: 'timestamps on folded lines',
    seen: 'GitHub Actions logs',
    text: [
      '2026-11-25T10:00:00.1234567Z ##[error]User:',
      `2026-11-25T10:00:00.1234568Z │ ${session} is not`,
      '2026-11-25T10:00:00.1234569Z │ authorized to perform: s3:GetObject on resource:',
      '2026-11-25T10:00:00.1234570Z │ "arn:aws:s3:::b/a',
      '2026-11-25T10:00:00.1234571Z │ b.tfstate" because no resource-based',
      '2026-11-25T10:00:00.1234572Z │ policy allows the s3:GetObject action',
    ].join('\r\n'),
    denials: [
      {
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::b/a b.tfstate',
        reason: 'resource-based policy',
        principal: session,
      },
    ],
  },
  {
    title: 'prefixes of BuildKit',
    seen: 'docker buildx --progress plain',
    text: `#12 0.345 denied: User: ${session} is not authorized to\n#12 0.346 perform: ecr:InitiateLayerUpload on resource:\n#12 0.347 ${app} because no identity-based policy allows the ecr:InitiateLayerUpload action`,
    denials: [{ action: 'ecr:InitiateLayerUpload', resource: app }],
  },
  {
    title: 'prefixes of terragrunt and syslog',
    seen: 'terragrunt, cloud-init',
    text: `10:00:00.123 ERROR  [unit] terraform: │ ${sentence('s3:ListBucket', '"arn:aws:s3:::my.bucket"')}\nNov 27 10:16:49 ip-10-0-0-54 cloud-init: ${sentence('s3:GetObject', '"arn:aws:s3:::my.bucket/k"')}`,
    denials: [
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::my.bucket' },
      { action: 's3:GetObject', resource: 'arn:aws:s3:::my.bucket/k' },
    ],
  },
  {
    title: 'line folds inside a JSON string',
    seen: 'JSON logs of terraform',
    text: `{"@level":"error","diagnostic":{"detail":"User: ${session} is not authorized to perform: s3:PutObject on resource:\\n\\"arn:aws:s3:::b/k.tflock\\"\\nbecause no identity-based policy allows the s3:PutObject action"}}`,
    denials: [{ action: 's3:PutObject', resource: 'arn:aws:s3:::b/k.tflock', reason: 'identity-based policy' }],
  },
  {
    title: 'masked values',
    seen: 'Airfordable/ecs-deploy-task-definition-to-scheduled-task 22',
    text: 'Error: User: arn:aws:iam::***:user/my-github-actions-user is not authorized to perform: iam:PassRole on resource: arn:aws:iam::***:role/ecsEventsRole',
    denials: [{ action: 'iam:PassRole', resource: 'arn:aws:iam::***:role/ecsEventsRole' }],
  },
];

const reasons: readonly DenialText[] = [
  [
    'service control policy',
    'codecommit:ListRepositories',
    ' because no service control policy allows the codecommit:ListRepositories action',
  ],
  [
    'resource control policy',
    'secretsmanager:GetSecretValue',
    ' because no resource control policy allows the secretsmanager:GetSecretValue action',
  ],
  [
    'VPC endpoint policy',
    'codecommit:ListRepositories',
    ' because no VPC endpoint policy allows the codecommit:ListRepositories action',
  ],
  [
    'permissions boundary',
    'codedeploy:ListDeployments',
    ' because no permissions boundary allows the codedeploy:ListDeployments action',
  ],
  [
    'session policy',
    'codecommit:ListRepositories',
    ' because no session policy allows the codecommit:ListRepositories action',
  ],
  [
    'resource-based policy',
    'secretsmanager:GetSecretValue',
    ' because no resource-based policy allows the secretsmanager:GetSecretValue action',
  ],
  ['role trust policy', 'sts:AssumeRole', ' because no role trust policy allows the sts:AssumeRole action'],
  [
    'identity-based policy',
    'codecommit:ListRepositories',
    ' because no identity-based policy allows the codecommit:ListRepositories action',
  ],
  [
    'explicit deny in service control policy',
    'codedeploy:ListDeployments',
    ' with an explicit deny in a service control policy',
  ],
  ['explicit deny in resource control policy', 's3:GetObject', ' with an explicit deny in a resource control policy'],
  [
    'explicit deny in VPC endpoint policy',
    'codedeploy:ListDeployments',
    ' with an explicit deny in a VPC endpoint policy',
  ],
  ['explicit deny in permissions boundary', 'sagemaker:ListModels', ' with an explicit deny in a permissions boundary'],
  ['explicit deny in session policy', 'sagemaker:ListModels', ' with an explicit deny in a session policy'],
  [
    'explicit deny in resource-based policy',
    'secretsmanager:GetSecretValue',
    ' with an explicit deny in a resource-based policy',
  ],
  ['explicit deny in role trust policy', 'sts:AssumeRole', ' with an explicit deny in the role trust policy'],
  [
    'explicit deny in identity-based policy',
    'codedeploy:ListDeployments',
    ' with an explicit deny in an identity-based policy',
  ],
  [
    'explicit deny in service control policy',
    'iam:ListRoles',
    ' with an explicit deny in a service control policy: arn:aws:organizations::777788889999:policy/o-1/service_control_policy/p-1',
  ],
  ['explicit deny', 'ec2:RunInstances', ' with an explicit deny'],
].flatMap(([reason, action, end]) => [
  {
    title: `${reason}, without a resource`,
    seen: documented,
    text: `User: ${user} is not authorized to perform: ${action}${end}`,
    denials: [{ action, resource: undefined, reason, principal: user }],
  },
  {
    title: `${reason}, with a resource and folded`,
    seen: documented,
    text: `User: ${user} is not authorized to perform:\n${action} on resource: arn:aws:x:us-east-1:777788889999:y:z.1${(end ?? '').replaceAll(' ', '\n  ')}`,
    denials: [{ action, resource: 'arn:aws:x:us-east-1:777788889999:y:z.1', reason, principal: user }],
  },
]);

const registry: readonly DenialText[] = [
  {
    title: 'buildx, HEAD of a manifest',
    seen: 'docker/build-push-action 826 and 901',
    text: `ERROR: failed to solve: failed to push ${host}/team/app:1: unexpected status from HEAD request to https://${host}/v2/team/app/manifests/1: 403 Forbidden`,
    denials: [{ action: 'ecr:BatchGetImage', resource: app }],
  },
  {
    title: 'buildx, PUT of a manifest',
    seen: 'medic/cht-core 9175',
    text: `ERROR: failed to push ${host}/team/app:4.9.0: failed commit on ref "manifest-sha256:fdcb9b1b802a": unexpected status from PUT request to https://${host}/v2/team/app/manifests/sha256:fdcb9b1b802a: 403 Forbidden`,
    denials: [{ action: 'ecr:PutImage', resource: app }],
  },
  {
    title: 'buildx, POST of a layer',
    seen: 'moby/buildkit',
    text: `unexpected status from POST request to https://${host}/v2/team/app/blobs/uploads/: 403 Forbidden`,
    denials: [{ action: 'ecr:InitiateLayerUpload', resource: app }],
  },
  {
    title: 'a blob in an ECS task',
    seen: 'aws-samples/bedrock-access-gateway 114',
    text: `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${host}/team/app:latest@sha256:5de487: unexpected status from HEAD request to https://${host}/v2/team/app/blobs/sha256:5de487: 403 Forbidden`,
    denials: [{ action: 'ecr:BatchCheckLayerAvailability', resource: app }],
  },
  {
    title: 'kaniko with the sentence',
    seen: 'GoogleContainerTools/kaniko 1455',
    text: `error checking push permissions -- make sure you entered the correct tag name, and that you are authenticated correctly, and try again: checking push permission for "${host}/team/app:b263001f": POST https://${host}/v2/team/app/blobs/uploads/: DENIED: User: ${session} is not authorized to perform: ecr:InitiateLayerUpload on resource: ${app}`,
    denials: [{ action: 'ecr:InitiateLayerUpload', resource: app, principal: session }],
  },
  {
    title: 'kaniko with 401',
    seen: 'GoogleContainerTools/kaniko 2088',
    text: `checking push permission for "${host}/team/app:master": POST https://${host}/v2/team/app/blobs/uploads/: unexpected status code 401 Unauthorized: Not Authorized`,
    denials: [{ action: 'ecr:InitiateLayerUpload', resource: app, status: 401 }],
  },
  {
    title: 'ko and crane',
    seen: 'ko-build/terraform-provider-ko 185',
    text: `Error: [id=] create doPublish: publish: HEAD https://${host}/v2/team/app/blobs/sha256:abc: unexpected status code 403 Forbidden (HEAD responses have no body, use GET for details)`,
    denials: [{ action: 'ecr:BatchCheckLayerAvailability', resource: app }],
  },
  {
    title: 'the daemon of docker',
    seen: 'moby/moby',
    text: `Error response from daemon: Head "https://${host}/v2/team/app/manifests/latest": denied: Not Authorized`,
    denials: [{ action: 'ecr:BatchGetImage', resource: app }],
  },
  {
    title: 'docker without a login',
    seen: 'moby/moby',
    text: `Error response from daemon: Get "https://${host}/v2/team/app/manifests/latest": no basic auth credentials`,
    denials: [{ action: 'ecr:BatchGetImage', resource: app, status: 401 }],
  },
  {
    title: 'docker push, whose HEAD has no body',
    seen: 'aws-actions/amazon-ecr-login 14, aws/aws-toolkit-azure-devops 311',
    text: `The push refers to repository [${host}/team/app]\n5216338b40a7: Preparing\nerror parsing HTTP 403 response body: unexpected end of JSON input: ""`,
    denials: [{ action: 'ecr:BatchCheckLayerAvailability', resource: app }],
  },
  {
    title: 'containerd before 2.0',
    seen: 'containerd/containerd',
    text: `failed to pull and unpack image "${host}/team/app:latest": failed to resolve reference "${host}/team/app:latest": pulling from host ${host} failed with status code [manifests latest]: 403 Forbidden`,
    denials: [{ action: 'ecr:BatchGetImage', resource: app }],
  },
  {
    title: 'the debug log of BuildKit',
    seen: 'docker/build-push-action 826',
    text: `time="2023-03-02T22:37:24Z" level=debug msg="fetch response received" request.method=HEAD response.status="403 Forbidden" spanID=1 url="https://${host}/v2/team/app/manifests/latest"`,
    denials: [{ action: 'ecr:BatchGetImage', resource: app }],
  },
  {
    title: 'skopeo, asking for a blob',
    seen: 'containers/image docker_image_dest.go',
    text: `time="2026-11-25T10:00:00Z" level=fatal msg="trying to reuse blob sha256:abc at destination: checking whether a blob sha256:abc exists in ${host}/team/app: StatusCode: 403, "`,
    denials: [{ action: 'ecr:BatchCheckLayerAvailability', resource: app }],
  },
  {
    title: 'buildah, starting an upload',
    seen: 'containers/image docker_image_dest.go',
    text: `Error: writing blob: initiating layer upload to /v2/team/app/blobs/uploads/ in ${host}: denied: Not Authorized`,
    denials: [{ action: 'ecr:InitiateLayerUpload', resource: app }],
  },
  {
    title: 'podman, writing a manifest',
    seen: 'containers/image docker_image_dest.go',
    text: `Error: writing manifest: uploading manifest latest to ${host}/team/app: denied: Not Authorized`,
    denials: [{ action: 'ecr:PutImage', resource: app }],
  },
  {
    title: 'podman, reading a manifest',
    seen: 'containers/image docker_client.go',
    text: `Error: initializing source docker://${host}/team/app:1: reading manifest 1 in ${host}/team/app: denied: Not Authorized`,
    denials: [{ action: 'ecr:BatchGetImage', resource: app }],
  },
  {
    title: 'oras',
    seen: 'oras-project/oras',
    text: `Error response from registry: HEAD "https://${host}/v2/team/app/manifests/1": response status code 403: Forbidden`,
    denials: [{ action: 'ecr:BatchGetImage', resource: app }],
  },
  {
    title: 'an access log',
    seen: 'proxies before a registry',
    text: `"PATCH /v2/team/app/blobs/uploads/1-2-3 HTTP/1.1" 403 0 "-" "containerd/1.7"`,
    denials: [{ action: 'ecr:UploadLayerPart' }],
  },
  {
    title: 'a China region',
    seen: 'ECR endpoints and quotas',
    text: `unexpected status from PUT request to https://123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/v2/app/blobs/uploads/1?digest=sha256%3Aabc: 403 Forbidden`,
    denials: [{ action: 'ecr:CompleteLayerUpload', resource: 'arn:aws-cn:ecr:cn-north-1:123456789012:repository/app' }],
  },
];

const trail = (event: object) => ({
  eventVersion: '1.11',
  userIdentity: { type: 'AssumedRole', arn: session, accountId: '123456789012' },
  eventTime: '2026-11-25T10:00:00Z',
  awsRegion: 'eu-west-1',
  recipientAccountId: '123456789012',
  ...event,
});
const getObject = trail({
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  errorCode: 'AccessDenied',
  errorMessage: 'Access Denied',
  requestParameters: { bucketName: 'b', Host: 'b.s3.eu-west-1.amazonaws.com', key: 'a b/terraform.tfstate' },
  resources: [
    { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::b/a b/terraform.tfstate' },
    { accountId: '123456789012', type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::b' },
  ],
});
const decrypt = trail({
  eventSource: 'kms.amazonaws.com',
  eventName: 'Decrypt',
  errorCode: 'AccessDenied',
  errorMessage: `User: ${session} is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab because no identity-based policy allows the kms:Decrypt action`,
  requestParameters: null,
});
const runInstances = trail({
  eventSource: 'ec2.amazonaws.com',
  eventName: 'RunInstances',
  errorCode: 'Client.UnauthorizedOperation',
  errorMessage: 'You are not authorized to perform this operation. Encoded authorization failure message: aBcD-123_x',
});
const describeImages = trail({
  eventSource: 'ecr.amazonaws.com',
  eventName: 'DescribeImages',
  errorCode: 'AccessDenied',
  requestParameters: { repositoryName: 'team/app', registryId: '123456789012' },
});
const objectRead = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/a b/terraform.tfstate', principal: session };
const keyRead = {
  action: 'kms:Decrypt',
  resource: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
};

const events: readonly DenialText[] = [
  { title: 'an event, compact', seen: 'CloudTrail', text: JSON.stringify(getObject), denials: [objectRead] },
  {
    title: 'an event, pretty-printed',
    seen: 'CloudTrail',
    text: JSON.stringify(getObject, null, 4),
    denials: [objectRead],
  },
  {
    title: 'a log file of CloudTrail',
    seen: 'CloudTrail log file examples',
    text: JSON.stringify(
      { Records: [getObject, trail({ eventSource: 's3.amazonaws.com', eventName: 'ListBuckets' }), decrypt] },
      null,
      2,
    ),
    denials: [objectRead, keyRead],
  },
  {
    title: 'events as JSON lines',
    seen: 'CloudTrail Lake, jq -c',
    text: `${JSON.stringify(getObject)}\n${JSON.stringify(decrypt)}\n`,
    denials: [objectRead, keyRead],
  },
  {
    title: 'pretty-printed events one after the other',
    seen: 'jq .Records[]',
    text: `${JSON.stringify(getObject, null, 2)}\n${JSON.stringify(decrypt, null, 2)}\n`,
    denials: [objectRead, keyRead],
  },
  {
    title: 'an event in other text',
    seen: 'bug reports',
    text: `In CloudTrail I see this:\n\n${JSON.stringify(getObject, null, 2)}\n\nand nothing else.`,
    denials: [objectRead],
  },
  {
    title: 'aws cloudtrail lookup-events',
    seen: 'AWS CLI',
    text: JSON.stringify({ Events: [{ EventName: 'GetObject', CloudTrailEvent: JSON.stringify(getObject) }] }, null, 2),
    denials: [objectRead],
  },
  {
    title: 'an event of EventBridge',
    seen: 'EventBridge user guide',
    text: JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.s3', detail: getObject }),
    denials: [objectRead],
  },
  {
    title: 'an event of EC2 with an encoded message',
    seen: 'CloudTrail',
    text: JSON.stringify(runInstances),
    denials: [{ action: 'ec2:RunInstances', encoded: true }],
  },
  {
    title: 'a resource that follows from the parameters',
    seen: 'CloudTrail',
    text: JSON.stringify(describeImages),
    denials: [{ action: 'ecr:DescribeImages', resource: app }],
  },
  {
    title: 'an event with a version in its name',
    seen: 'CloudTrail of Lambda',
    text: JSON.stringify(
      trail({
        eventSource: 'lambda.amazonaws.com',
        eventName: 'UpdateFunctionCode20150331v2',
        errorCode: 'AccessDenied',
      }),
    ),
    denials: [{ action: 'lambda:UpdateFunctionCode' }],
  },
  {
    title: 'a service whose events have another name than its actions',
    seen: 'CloudTrail of CloudWatch',
    text: JSON.stringify(
      trail({ eventSource: 'monitoring.amazonaws.com', eventName: 'PutMetricAlarm', errorCode: 'AccessDenied' }),
    ),
    denials: [{ action: 'cloudwatch:PutMetricAlarm' }],
  },
  {
    title: 'a decoded authorization message',
    seen: 'aws sts decode-authorization-message',
    text: JSON.stringify({
      DecodedMessage: JSON.stringify({
        allowed: false,
        explicitDeny: false,
        context: {
          principal: { id: 'AROA:run', arn: session },
          action: 'ec2:RunInstances',
          resource: 'arn:aws:ec2:eu-west-1:123456789012:instance/*',
        },
      }),
    }),
    denials: [
      { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:123456789012:instance/*', principal: session },
    ],
  },
];

const refusals: readonly DenialText[] = [
  {
    title: 'terraform, HEAD without a body, folded in its box',
    seen: 'ministryofjustice/modernisation-platform 9380, patrickchugh/terravision 105',
    text: '╷\n│ Error: Error refreshing state: Unable to access object "env/app/terraform.tfstate" in S3\n│ bucket "my-states": operation error S3: HeadObject, https response error StatusCode: 403,\n│ RequestID: PJ, HostID: n0=, api error Forbidden: Forbidden\n│ \n╵',
    denials: [
      { action: 's3:GetObject', resource: 'arn:aws:s3:::my-states/env/app/terraform.tfstate', operation: 'HeadObject' },
    ],
  },
  {
    title: 'terraform, listing',
    seen: 'hashicorp/terraform',
    text: 'Error: Failed to get existing workspaces: Unable to list objects in S3 bucket "my-states" with prefix "env:/": operation error S3: ListObjectsV2, https response error StatusCode: 403, RequestID: A, HostID: b, api error AccessDenied: Access Denied',
    denials: [{ action: 's3:ListBucket', resource: 'arn:aws:s3:::my-states', operation: 'ListObjectsV2' }],
  },
  {
    title: 'aws s3 cp, with its command',
    seen: 'aws-samples/non-profit-blockchain 3',
    text: '$ aws s3 cp s3://my-bucket/dir/service-2.json .\nfatal error: An error occurred (403) when calling the HeadObject operation: Forbidden',
    denials: [
      { action: 's3:GetObject', resource: 'arn:aws:s3:::my-bucket/dir/service-2.json', operation: 'HeadObject' },
    ],
  },
  {
    title: 'an old aws s3 cp',
    seen: 'aws/aws-cli 1689',
    text: 'root@ip:~# aws s3 cp s3://my-bucket/my-key /tmp\nA client error (403) occurred when calling the HeadObject operation: Forbidden',
    denials: [{ action: 's3:GetObject', resource: 'arn:aws:s3:::my-bucket/my-key', operation: 'HeadObject' }],
  },
  {
    title: 'an upload that failed',
    seen: 'aws/aws-cli',
    text: 'upload failed: ./x y.txt to s3://b/k.v An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    denials: [{ action: 's3:PutObject', resource: 'arn:aws:s3:::b/k.v', operation: 'PutObject' }],
  },
  {
    title: 'DynamoDB with the key of its table',
    seen: 'aws/aws-cdk 10010, aws-samples/aws-secure-environment-accelerator 919',
    text: 'An error occurred (AccessDeniedException) when calling the PutItem operation: KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 0e35; Proxy: null)',
    denials: [{ action: 'kms:Decrypt', operation: 'PutItem', via: 'dynamodb' }],
  },
  {
    title: 'the same by Go',
    seen: 'terraform with a table',
    text: 'operation error DynamoDB: GetItem, https response error StatusCode: 400, RequestID: A, api error AccessDeniedException: KMS key access denied error: software.amazon.awssdk.services.kms.model.KmsException: x',
    denials: [{ action: 'kms:Decrypt', operation: 'GetItem', via: 'dynamodb' }],
  },
  {
    title: 'OIDC without an action of a user',
    seen: 'aws-actions/configure-aws-credentials 318, 1293, 1358, 1446',
    text: 'Assuming role with OIDC\nError: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    denials: [{ action: 'sts:AssumeRoleWithWebIdentity', resource: undefined }],
  },
  {
    title: 'OIDC by the AWS CLI',
    seen: 'GitLab forum',
    text: 'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    denials: [{ action: 'sts:AssumeRoleWithWebIdentity', operation: 'AssumeRoleWithWebIdentity' }],
  },
  {
    title: 'OIDC by Go',
    seen: 'hashicorp/terraform-provider-aws',
    text: 'operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: A, api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    denials: [{ action: 'sts:AssumeRoleWithWebIdentity', operation: 'AssumeRoleWithWebIdentity' }],
  },
  {
    title: 'Java without an operation',
    seen: 'nimran/Amazon-S3-Integration-in-Android 1, wurstmeister/storm-s3 4',
    text: 'java.lang.RuntimeException: com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 21722BC29BCED4A8), S3 Extended Request ID: EUx7=',
    denials: [{ action: undefined, service: 's3' }],
  },
  {
    title: 'Java with an operation in its stack',
    seen: 'aws-samples/aws-java-sample 11',
    text: 'com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: A; S3 Extended Request ID: b=; Proxy: null)\n\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:541)\n\tat com.amazonaws.services.s3.AmazonS3Client.invoke(AmazonS3Client.java:5456)\n\tat com.amazonaws.services.s3.AmazonS3Client.putObject(AmazonS3Client.java:1789)',
    denials: [{ action: 's3:PutObject', operation: 'PutObject', service: 's3' }],
  },
  {
    title: 'Java, version 2, with an operation in its stack',
    seen: 'quarkusio/quarkus-quickstarts 815, aws/aws-toolkit-jetbrains 3129',
    text: 'software.amazon.awssdk.services.s3.model.S3Exception: Access Denied (Service: S3, Status Code: 403, Request ID: M652, Extended Request ID: IVFI=)\n\tat software.amazon.awssdk.services.s3.DefaultS3Client.listObjectsV2(DefaultS3Client.java:1)',
    denials: [{ action: 's3:ListBucket', operation: 'ListObjectsV2', service: 's3' }],
  },
  {
    title: 'old Java',
    seen: 'yegor256/s3auth 209',
    text: "'acvmp0714.zip': Status Code: 403, AWS Service: Amazon S3, AWS Request ID: 3ACA31E72F490BD2, AWS Error Code: AccessDenied, AWS Error Message: Access Denied",
    denials: [{ action: undefined, service: 's3' }],
  },
  {
    title: 'old Go without an operation',
    seen: 'hashicorp/terraform 18801, gruntwork-io/terragrunt 640',
    text: 'Error loading state: AccessDenied: Access Denied\n\tstatus code: 403, request id: somerequestid, host id: someid',
    denials: [{ action: undefined }],
  },
  {
    title: 'PHP',
    seen: 'aws/aws-sdk-php',
    text: 'Error executing "PutObject" on "https://my.bucket.s3.eu-west-1.amazonaws.com/a/b%20c.txt"; AWS HTTP error: Client error: `PUT https://my.bucket.s3.eu-west-1.amazonaws.com/a/b%20c.txt` resulted in a `403 Forbidden` response:\n<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message>',
    denials: [{ action: 's3:PutObject', operation: 'PutObject', resource: 'arn:aws:s3:::my.bucket/a/b c.txt' }],
  },
  {
    title: '.NET and Ruby',
    seen: 'aws/aws-sdk-net 3271',
    text: 'Amazon.S3.AmazonS3Exception: Access Denied\n ---> Amazon.Runtime.Internal.HttpErrorResponseException',
    denials: [{ action: undefined, service: 's3' }],
  },
  {
    title: 'JavaScript, version 2, with its stack',
    seen: 'aws/aws-sdk-js 2404',
    text: "{ AccessDenied: Access Denied\nat Request.extractError (/var/runtime/node_modules/aws-sdk/lib/services/s3.js:577:35)\nmessage: 'Access Denied',\ncode: 'AccessDenied',",
    denials: [{ action: undefined, service: 's3' }],
  },
  {
    title: 'CloudFormation, by API',
    seen: 'CloudFormation events',
    text: 'CREATE_FAILED AWS::S3::Bucket Logs API: s3:CreateBucket Access Denied',
    denials: [{ action: 's3:CreateBucket' }],
  },
  {
    title: 'CloudFormation, encoded',
    seen: 'aws/aws-parallelcluster 372',
    text: '  - AWS::EC2::Instance MasterServer API: ec2:RunInstances You are not authorized to perform this operation. Encoded authorization failure message: rHU-pVHMSckD0OAc5l3r9_x',
    denials: [{ action: 'ec2:RunInstances', encoded: true }],
  },
  {
    title: 'an encoded message of the AWS CLI',
    seen: 'EC2',
    text: 'An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: rHU-pVHMSckD0',
    denials: [{ action: 'ec2:RunInstances', encoded: true, operation: 'RunInstances' }],
  },
  {
    title: 'an encoded message, folded, with nothing else',
    seen: 'hashicorp/terraform-provider-aws 29710',
    text: '╷\n│ Error: creating EC2 Instance: UnauthorizedOperation: You are not authorized to perform this operation. Encoded\n│ authorization failure message: abcDEF-12_3\n│ \tstatus code: 403, request id: 1550870c\n╵',
    denials: [{ action: undefined, encoded: true }],
  },
  {
    title: 'the role of a Lambda function',
    seen: 'Lambda',
    text: 'InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    denials: [{ action: 'ec2:CreateNetworkInterface' }],
  },
  {
    title: 'a short bucket and key',
    seen: 'terraform',
    text: 'Unable to access object "a" in S3 bucket "b": operation error S3: HeadObject, https response error StatusCode: 403, RequestID: , HostID: , api error Forbidden: Forbidden',
    denials: [{ action: 's3:GetObject', resource: 'arn:aws:s3:::b/a' }],
  },
  {
    title: 'a plain HTTP client',
    seen: 'tools of other languages',
    text: 'ForbiddenException: 403 on HEAD https://my-bucket.s3.eu-west-1.amazonaws.com/app/terraform.tfstate',
    denials: [
      { action: 's3:GetObject', operation: 'HeadObject', resource: 'arn:aws:s3:::my-bucket/app/terraform.tfstate' },
    ],
  },
  {
    title: 'an address of S3 in the partition aws-cn, my-bucket.s3.cn-north-1.amazonaws.com.cn',
    seen: 'made up',
    text: 'GET https://my-bucket.s3.cn-north-1.amazonaws.com.cn/a/b.txt: 403 Forbidden',
    denials: [{ action: 's3:GetObject', resource: 'arn:aws-cn:s3:::my-bucket/a/b.txt' }],
  },
  {
    title: 'an address of S3 in the partition aws-us-gov, my-bucket.s3-fips.us-gov-west-1.amazonaws.com',
    seen: 'made up',
    text: 'GET https://my-bucket.s3-fips.us-gov-west-1.amazonaws.com/a/b.txt: 403 Forbidden',
    denials: [{ action: 's3:GetObject', resource: 'arn:aws-us-gov:s3:::my-bucket/a/b.txt' }],
  },
  {
    title: 'an address of S3 in the partition aws-us-gov, my-bucket.s3-us-gov-west-1.amazonaws.com',
    seen: 'made up',
    text: 'GET https://my-bucket.s3-us-gov-west-1.amazonaws.com/a/b.txt: 403 Forbidden',
    denials: [{ action: 's3:GetObject', resource: 'arn:aws-us-gov:s3:::my-bucket/a/b.txt' }],
  },
  {
    title: 'an address of S3 in the partition aws-eusc, my-bucket.s3.dualstack.eusc-de-east-1.amazonaws.eu',
    seen: 'made up',
    text: 'GET https://my-bucket.s3.dualstack.eusc-de-east-1.amazonaws.eu/a/b.txt: 403 Forbidden',
    denials: [{ action: 's3:GetObject', resource: 'arn:aws-eusc:s3:::my-bucket/a/b.txt' }],
  },
  {
    title: 'an address of S3 in another partition beside an error that names no object',
    seen: 'made up',
    text: 'reading https://my-bucket.s3.cn-north-1.amazonaws.com.cn/a.txt\nAn error occurred (AccessDenied) when calling the GetObject operation: Access Denied',
    denials: [{ action: 's3:GetObject', resource: 'arn:aws-cn:s3:::my-bucket/a.txt' }],
  },
  {
    title: 'a registry of ECR in the partition aws-eusc',
    seen: 'made up',
    text: 'GET https://123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/v2/team/app/manifests/1: 403 Forbidden',
    denials: [
      {
        action: 'ecr:BatchGetImage',
        resource: 'arn:aws-eusc:ecr:eusc-de-east-1:123456789012:repository/team/app',
      },
    ],
  },
  {
    title: 'a plain HTTP client, path style',
    seen: 'tools of other languages',
    text: 'PUT https://s3.eu-west-1.amazonaws.com/my-bucket/a%20b.txt: 403 Forbidden',
    denials: [{ action: 's3:PutObject', resource: 'arn:aws:s3:::my-bucket/a b.txt' }],
  },
  {
    title: 'aws s3api with its command',
    seen: 'AWS CLI',
    text: '$ aws s3api head-object --bucket my-b --key "a b/c.txt"\n\nAn error occurred (403) when calling the HeadObject operation: Forbidden',
    denials: [{ action: 's3:GetObject', resource: 'arn:aws:s3:::my-b/a b/c.txt' }],
  },
  {
    title: 'JavaScript, version 3, with its command in the stack',
    seen: '@aws-sdk/client-s3',
    text: 'Error: AccessDenied: Access Denied\n    at deserializeAws_restXmlGetObjectCommandError (/x/node_modules/@aws-sdk/client-s3/dist-cjs/protocols/Aws_restXml.js:1:1)',
    denials: [{ action: 's3:GetObject', operation: 'GetObject', service: 's3' }],
  },
  {
    title: 'EC2, in two sentences',
    seen: 'EC2 since 2024',
    text: `An error occurred (UnauthorizedOperation) when calling the DescribeInstances operation: You are not authorized to perform this operation. User: ${session} is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action`,
    denials: [{ action: 'ec2:DescribeInstances', operation: 'DescribeInstances', reason: 'identity-based policy' }],
  },
  {
    title: 'an expired login of a registry',
    seen: 'GoogleContainerTools/kaniko',
    text: `error pushing image: PUT https://${host}/v2/team/app/manifests/1: DENIED: Your authorization token has expired. Reauthenticate and try again.`,
    denials: [{ action: 'ecr:PutImage', resource: app, status: 401 }],
  },
  {
    title: 'a push that says nothing more',
    seen: 'moby/buildkit',
    text: 'ERROR: failed to push 123456789012.dkr.ecr.us-east-1.amazonaws.com/app: unexpected status: 403 Forbidden',
    denials: [{ action: undefined, service: 'ecr' }],
  },
  {
    title: 'a daemon without a login',
    seen: 'moby/moby',
    text: 'level=error msg="Handler for POST /images/app/push returned error: no basic auth credentials"',
    denials: [{ action: undefined, service: undefined, status: 401 }],
  },
  {
    title: 'XML with plain quotes',
    seen: 'S3 over HTTP',
    text: `<Error><Code>AccessDenied</Code><Message>User: ${session} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/a&amp;b.txt" because no identity-based policy allows the s3:GetObject action</Message></Error>`,
    denials: [{ resource: 'arn:aws:s3:::b/a&b.txt' }],
  },
  {
    title: 'an operation of S3 whose action nobody has told the sandbox',
    seen: 'AWS CLI',
    text: 'operation error S3: GetBucketAccelerateConfiguration, https response error StatusCode: 403, api error AccessDenied: Access Denied',
    denials: [{ action: undefined, operation: 'GetBucketAccelerateConfiguration', service: 's3' }],
  },
  {
    title: 'several in one text',
    seen: 'logs of long jobs',
    text: `step 1\n${sentence('ecr:DescribeImages', app)}\nstep 2: unexpected status from HEAD request to https://${host}/v2/team/app/manifests/1: 403 Forbidden\nfatal error: An error occurred (403) when calling the HeadObject operation: Forbidden\n${sentence('ecr:DescribeImages', app)}\n`,
    denials: [
      { action: 'ecr:DescribeImages', resource: app },
      { action: 'ecr:BatchGetImage', resource: app },
      { action: 's3:GetObject', operation: 'HeadObject' },
    ],
  },
];

const endpoint = 'ec2:CreateVpcEndpoint on resource: arn:aws:ec2:eu-west-1:***:vpc-endpoint/*';
const layers = 'prod-us-east-1-starport-layer-bucket';

/** Found by strangers, who pasted what they had. */
const strange: readonly DenialText[] = [
  {
    title: 'a reason that names another action than the sentence',
    seen: 'ministryofjustice/modernisation-platform 12326',
    text: `operation error EC2: CreateVpcEndpoint, https response error StatusCode: 403, RequestID: 8, api error UnauthorizedOperation: You are not authorized to perform this operation. User: ${session} is not authorized to perform: ${endpoint} because no identity-based policy allows the vpce:AllowMultiRegion action.`,
    denials: [
      {
        action: 'vpce:AllowMultiRegion',
        resource: 'arn:aws:ec2:eu-west-1:***:vpc-endpoint/*',
        operation: 'CreateVpcEndpoint',
        reason: 'identity-based policy',
      },
    ],
  },
  {
    title: 'a service in capital letters',
    seen: 'SNS',
    text: `An error occurred (AuthorizationError) when calling the Publish operation: ${sentence('SNS:Publish', 'arn:aws:sns:eu-west-1:123456789012:my.topic')}`,
    denials: [{ action: 'sns:Publish', resource: 'arn:aws:sns:eu-west-1:123456789012:my.topic', operation: 'Publish' }],
  },
  {
    title: 'values between a backtick and an apostrophe',
    seen: 'SES',
    text: `An error occurred (AccessDenied) when calling the SendEmail operation: User \`${session}' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:eu-west-1:123456789012:identity/a@example.com'`,
    denials: [
      {
        action: 'ses:SendEmail',
        resource: 'arn:aws:ses:eu-west-1:123456789012:identity/a@example.com',
        principal: session,
      },
    ],
  },
  {
    title: 'a resource of IAM that is a kind and a name',
    seen: 'IAM, without a reason',
    text: `Error: reading IAM Role: AccessDenied: User: ${user} is not authorized to perform: iam:GetRole on resource: role my.role\n\tstatus code: 403, request id: 1`,
    denials: [{ action: 'iam:GetRole', resource: 'role my.role', principal: user }],
  },
  {
    title: 'an instance profile by its kind and name',
    seen: 'IAM, without a reason',
    text: `User: ${user} is not authorized to perform: iam:GetInstanceProfile on resource: instance profile web.server (Service: Iam, Status Code: 403, Request ID: 1)`,
    denials: [{ action: 'iam:GetInstanceProfile', resource: 'instance profile web.server' }],
  },
  {
    title: 'KMS, which does not say which of three it is',
    seen: 'KMS',
    text: `An error occurred (AccessDeniedException) when calling the Decrypt operation: User: ${session} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    denials: [{ action: 'kms:Decrypt', resource: undefined, reason: 'key policy, or no such key' }],
  },
  {
    title: 'KMS behind S3',
    seen: 'KMS',
    text: `An error occurred (AccessDenied) when calling the PutObject operation: User: ${user} is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    denials: [{ action: 'kms:GenerateDataKey', operation: 'PutObject', reason: 'key policy, or no such key' }],
  },
  {
    title: 'a policy by its ARN',
    seen: documented,
    text: sentence(
      'ecr:PutImage',
      app,
      ' with an explicit deny in a service control policy: arn:aws:organizations::999988887777:policy/o-abcdefghij/service_control_policy/p-12345678',
    ),
    denials: [
      {
        resource: app,
        reason: 'explicit deny in service control policy',
        policy: 'arn:aws:organizations::999988887777:policy/o-abcdefghij/service_control_policy/p-12345678',
      },
    ],
  },
  {
    title: 'a layer that ECS could not read',
    seen: 'CannotPullContainerError',
    text: `CannotPullContainerError: failed to copy: httpReadSeeker: failed open: unexpected status code https://${host}/v2/team/app/blobs/sha256:aa11: 403 Forbidden - Server message: unknown`,
    denials: [{ action: 'ecr:GetDownloadUrlForLayer', resource: app }],
  },
  {
    title: 'an image that ECS could not read, unquoted',
    seen: 'CannotPullContainerError',
    text: `CannotPullContainerError: failed to resolve ref ${host}/team/app:latest: pulling from host ${host} failed with status code [manifests latest]: 403 Forbidden`,
    denials: [{ action: 'ecr:BatchGetImage', resource: app }],
  },
  {
    title: 'a layer behind the address that ECR signed',
    seen: 'containerd behind an endpoint of S3',
    text: `failed open: unexpected status code https://${layers}.s3.us-east-1.amazonaws.com/ab-123/sha256?X-Amz-Security-Token=t&X-Amz-Signature=s: 403 Forbidden`,
    denials: [{ action: 's3:GetObject', resource: `arn:aws:s3:::${layers}/ab-123/sha256` }],
  },
  ...[
    'AccessDenied',
    'Access Denied',
    'AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    '<html><body><h1>403 Forbidden</h1><ul><li>Code: AccessDenied</li><li>Message: Access Denied</li></ul></body></html>',
    'Error: AccessDeniedException: You do not have access.',
  ].map((text) => ({
    title: `no more than: ${text.slice(0, 40)}`,
    seen: 'logs',
    text,
    denials: [{ action: undefined, resource: undefined }],
  })),
  {
    title: 'a blob that skopeo asked for without a login',
    seen: 'containers/skopeo',
    text: `level=fatal msg="trying to reuse blob sha256:aa at destination: checking whether a blob sha256:aa exists in ${host}/team/app: authentication required"`,
    denials: [{ action: 'ecr:BatchCheckLayerAvailability', resource: app, status: 401 }],
  },
  {
    title: 'an endpoint that refused, as an event',
    seen: 'CloudTrail, network activity events',
    text: JSON.stringify({
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      errorCode: 'VpceAccessDenied',
      errorMessage: 'The request was denied due to a VPC endpoint policy',
      requestParameters: { bucketName: 'my-bucket', key: 'k.x' },
    }),
    denials: [
      { action: 's3:GetObject', resource: 'arn:aws:s3:::my-bucket/k.x', reason: 'refused by VPC endpoint policy' },
    ],
  },
  {
    title: 'who may assume a role, as an event',
    seen: 'CloudTrail',
    text: JSON.stringify({
      userIdentity: { type: 'WebIdentityUser', userName: 'repo:o/r:ref:refs/heads/main' },
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRoleWithWebIdentity',
      errorCode: 'AccessDenied',
      errorMessage: 'An unknown error occurred',
      requestParameters: { roleArn: 'arn:aws:iam::123456789012:role/deploy.app', roleSessionName: 'x' },
    }),
    denials: [
      {
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: 'arn:aws:iam::123456789012:role/deploy.app',
        principal: 'repo:o/r:ref:refs/heads/main',
      },
    ],
  },
];

export const denialTexts: readonly DenialText[] = [
  ...values,
  ...reasons,
  ...registry,
  ...events,
  ...refusals,
  ...strange,
];

/** Texts in which AWS refuses nothing. */
export const otherTexts: readonly string[] = [
  'operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: a, api error InvalidClientTokenId: The security token included in the request is invalid.',
  'operation error S3: PutObject, https response error StatusCode: 403, RequestID: a, api error SignatureDoesNotMatch: The request signature we calculated does not match',
  'NoCredentialProviders: no valid providers in chain',
  'error validating token: Token expired: please log in again',
  'OAuthException: The provided token has expired. (Service: GitHub)',
  'Firebase: Incorrect token audience: expected shop but was app',
  'all is well',
  'AccessDeniedException: 403 ci@p.iam.gserviceaccount.com does not have storage.objects.list access to the Google Cloud Storage bucket.',
  '<Error><Code>AccessDenied</Code><Message>The bucket you access does not belong to you.</Message><HostId>b.oss-cn-hangzhou.aliyuncs.com</HostId></Error>',
  'org.springframework.security.access.AccessDeniedException: Access is denied',
  'java.nio.file.AccessDeniedException: /var/lib/x',
  'ERROR: failed to solve: failed to push ghcr.io/org/app:1: unexpected status from POST request to https://ghcr.io/v2/org/app/blobs/uploads/: 403 Forbidden',
  `#5 pushing ${host}/team/app done\n#9 ERROR: failed to solve: ghcr.io/org/base:1: unexpected status from HEAD request to https://ghcr.io/v2/org/base/manifests/1: 403 Forbidden`,
  'failed open: unexpected status code https://example.com/v2/app/blobs/sha256:aa: 403 Forbidden',
  'Add the permission when you see `AccessDenied`: it is missing',
  'the test of AccessDenied passed, and Access Denied pages are shown',
  'POST https://harbor.example.com/v2/ecommerce/app/blobs/uploads/: UNAUTHORIZED: unauthorized to access repository: ecommerce/app, action: push',
  'This request is not authorized to perform this operation.\nRequestId:eac84bcc\nErrorCode: AuthorizationFailure',
  'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1: 404 Not Found',
  '{"eventSource":"s3.amazonaws.com","eventName":"GetObject","requestParameters":{"key":"AccessDenied"}}',
  '{"eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":"NoSuchKey"}',
];
