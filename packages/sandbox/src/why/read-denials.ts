/** A refusal as a message tells it; what it does not tell is undefined. */
export interface ReadDenial {
  readonly action: string | undefined;
  readonly resource: string | undefined;
  readonly principal: string | undefined;
  /** Which kind of policy is said to be the reason. */
  readonly reason: string | undefined;
  /** The API operation, where the message names that only. */
  readonly operation: string | undefined;
  /** Whether AWS encoded the message, so that only AWS can read it. */
  readonly encoded: boolean;
}

/** Operations whose action has another name, or belongs to several services. */
const actionsOfOperations: Readonly<Record<string, string>> = {
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  HeadBucket: 's3:ListBucket',
  HeadObject: 's3:GetObject',
  GetObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  DeleteObject: 's3:DeleteObject',
  DeleteObjects: 's3:DeleteObject',
  CopyObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  ListObjectVersions: 's3:ListBucketVersions',
  ListBuckets: 's3:ListAllMyBuckets',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  PutBucketEncryption: 's3:PutEncryptionConfiguration',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  PutBucketLifecycleConfiguration: 's3:PutLifecycleConfiguration',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
};

const character = String.raw`[^\s"'\`<>]`;
const notAuthorized = new RegExp(
  String.raw`(?:User: (?<principal>${character}{1,400}) )?is not authorized to perform: (?<action>[a-z0-9-]+:[A-Za-z0-9*]+)(?: on resource: (?:with an explicit deny|["'\`\\]{0,2}(?<resource>${character}{1,1600}?)["'\`\\]{0,2}))?(?=[\s"'\`,.;<)]|$)`,
  'g',
);
const because =
  /because (?:no|a|an) ([a-z-]+(?: [a-z]+){0,3}) (?:allows|denies)|with an explicit deny in (?:a|an) ([a-z-]+(?: [a-z]+){0,2})|(explicit deny)/;
/** `An error occurred (AccessDenied) when calling the PutObject operation: Access Denied`, and Go's `operation error S3: PutObject, ... AccessDenied`. */
const botocore =
  /\((?:AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|403|Forbidden)\) when calling the ([A-Za-z0-9]+) operation/g;
const goSdk = /operation error ([A-Za-z0-9 ]{1,40}): ([A-Za-z0-9]+),[^\n]{0,400}?(?:StatusCode: 403|AccessDenied)/g;
const oldSdk = /(?:AccessDenied|AccessDeniedException|Forbidden): [^\n]{0,200}?(?:status code: 403)/;

const servicesOfGo: Readonly<Record<string, string>> = {
  S3: 's3',
  DynamoDB: 'dynamodb',
  STS: 'sts',
  ECR: 'ecr',
  ECS: 'ecs',
  KMS: 'kms',
  IAM: 'iam',
  CodeDeploy: 'codedeploy',
};

/** The most of one line that is read: log lines may hold whole files. */
const longestLine = 20_000;

/** Finds the refusals in a text: a message, or a log of any length with several in it. */
export function readDenials(text: string): ReadDenial[] {
  const found: ReadDenial[] = [];
  for (const line of unfold(text)) found.push(...readLine(line.slice(0, longestLine)));
  const distinct = new Map(found.map((denial) => [JSON.stringify(denial), denial]));
  return [...distinct.values()];
}

/** Terraform folds messages into a box, and logs wrap them: a message is put together again before it is read. */
function unfold(text: string): string[] {
  const plain = text
    .replace(/\u001b\[[0-9;]*m/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^[│╷╵|] ?/gm, '');
  const paragraphs = plain.split(/\n\s*\n|\n(?=\S*\d{4}-\d\d-\d\d)/);
  return paragraphs.flatMap((paragraph) => {
    const joined = paragraph.replace(/\s*\n\s*/g, ' ');
    // A log line is whole in itself; joining helps only where it was folded.
    const lines = paragraph.split('\n');
    const whole = lines.filter(
      (line) => /not authorized to perform: \S+ on resource: \S+/.test(line) || botocoreIn(line),
    );
    return whole.length > 0 ? lines : [joined];
  });
}

const botocoreIn = (line: string) => /when calling the [A-Za-z0-9]+ operation/.test(line);

function readLine(line: string): ReadDenial[] {
  const event = readEvent(line);
  if (event !== undefined) return [event];
  const encoded = /[Ee]ncoded authorization failure message: ?\S+/.test(line);
  const full = [...line.matchAll(notAuthorized)].map(({ groups, index }): ReadDenial => {
    const reason = because.exec(line.slice(index));
    return {
      action: groups?.['action'],
      resource: groups?.['resource'],
      principal: groups?.['principal'],
      reason: reason?.[1] ?? (reason?.[2] === undefined ? reason?.[3] : `explicit deny in ${reason[2]}`),
      operation: undefined,
      encoded: false,
    };
  });
  if (full.length > 0) return full;
  const named = [
    ...[...line.matchAll(botocore)].map(([, operation]) => ({ operation: operation!, service: undefined })),
    ...[...line.matchAll(goSdk)].map(([, service, operation]) => ({
      operation: operation!,
      service: servicesOfGo[service!],
    })),
  ];
  if (named.length > 0) {
    return named.map(({ operation, service }) => ({
      action: actionsOfOperations[operation] ?? (service === undefined ? undefined : `${service}:${operation}`),
      resource: undefined,
      principal: undefined,
      reason: undefined,
      operation,
      encoded,
    }));
  }
  const bare =
    encoded ||
    oldSdk.test(line) ||
    /<Code>AccessDenied<\/Code>|AccessDenied(Exception)?\b.{0,3}Access ?Denied/.test(line);
  return bare
    ? [
        {
          action: undefined,
          resource: undefined,
          principal: undefined,
          reason: undefined,
          operation: undefined,
          encoded,
        },
      ]
    : [];
}

/** An event of CloudTrail, one JSON object on a line. */
function readEvent(line: string): ReadDenial | undefined {
  if (!/^\s*\{.*"errorCode".*"eventName"|^\s*\{.*"eventName".*"errorCode"/.test(line)) return undefined;
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (!/AccessDenied|UnauthorizedOperation/.test(String(event['errorCode']))) return undefined;
  const message = String(event['errorMessage'] ?? '');
  const [inMessage] = message.includes('not authorized') ? readLine(message) : [];
  if (inMessage !== undefined) return inMessage;
  const operation = String(event['eventName']);
  const service = String(event['eventSource'] ?? '').split('.')[0]!;
  return {
    action: actionsOfOperations[operation] ?? `${service}:${operation}`,
    resource: undefined,
    principal: undefined,
    reason: undefined,
    operation,
    encoded: false,
  };
}
