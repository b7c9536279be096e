import { iamPrefixOf } from '@postern/core';
import { actionOf } from './action-of.js';
import { denialOf, type ReadDenial } from './denial.js';
import { readIdentity } from './read-identity.js';
import { isEncoded, readSentences } from './read-sentences.js';
import { refusedByEndpoint } from './reason.js';
import type { Rules } from './rules.js';

type EventFields = Readonly<Record<string, unknown>>;

/** What was refused according to the events of CloudTrail in a JSON value, wherever they stand in it. */
export function readEvents(value: unknown, rules: Rules, depth = 0): ReadDenial[] {
  if (depth > 12) return [];
  if (typeof value === 'string') {
    // `CloudTrailEvent`, `DecodedMessage` and messages of CloudWatch Logs are JSON as text.
    return /^\s*[{[]/.test(value) ? readEvents(parsed(value), rules, depth + 1) : [];
  }
  if (Array.isArray(value)) return value.flatMap((one) => readEvents(one, rules, depth + 1));
  if (!isFields(value)) return [];
  if (typeof value['eventName'] === 'string') {
    const denial = readEvent(value, rules);
    return denial === undefined ? [] : [denial];
  }
  if (value['allowed'] === false && isFields(value['context'])) return [readDecoded(value, value['context'])];
  return Object.values(value).flatMap((one) => readEvents(one, rules, depth + 1));
}

/** Whether a JSON value is, or holds, what `readEvents` reads: an event says nothing besides. */
export function holdsEvents(text: string): boolean {
  return text.includes('"eventName') || text.includes('"explicitDeny') || text.includes('"DecodedMessage');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readEvent(event: EventFields, rules: Rules): ReadDenial | undefined {
  const code = text(event['errorCode']) ?? '';
  const message = text(event['errorMessage']) ?? '';
  const ofIdentity = readIdentity(`${code}: ${message}`)[0]?.denial;
  if (ofIdentity === undefined && !/AccessDenied|Unauthorized|Forbidden|NotAuthorized/i.test(code)) return undefined;
  const service = iamPrefixOf(text(event['eventSource']) ?? '');
  // Lambda and CloudFront write the version of their API behind the name.
  const operation = (text(event['eventName']) ?? '').replace(/(?:\d{8}|\d{4}_\d\d_\d\d)(?:v\d+)?$/, '');
  const identity = isFields(event['userIdentity']) ? event['userIdentity'] : {};
  // Who has no role yet has no ARN: `repo:OWNER/NAME:ref:refs/heads/main`.
  const principal = text(identity['arn']) ?? text(identity['userName']);
  const said = readSentences(message).map(({ denial }) => denial)[0];
  const followed = followedFrom(event, rules, service, operation);
  const action = said?.action ?? followed.action ?? actionOf(rules, service, operation);
  return denialOf({
    reason: said?.reason ?? (/^Vpce/.test(code) ? refusedByEndpoint : undefined),
    policy: said?.policy,
    operation,
    service,
    principal: said?.principal ?? principal,
    action: ofIdentity?.action ?? action,
    resource:
      said?.resource ?? (action === followed.action || followed.action === undefined ? followed.resource : undefined),
    problem: ofIdentity?.problem,
    issuer: ofIdentity?.issuer,
    encoded: isEncoded(message),
  });
}

/** The action and resource that follow from the parameters, by the rules, and from the listed resources. */
function followedFrom(event: EventFields, rules: Rules, service: string, operation: string): Partial<ReadDenial> {
  const parameters = isFields(event['requestParameters']) ? event['requestParameters'] : {};
  const input: Record<string, unknown> = Object.assign(Object.create(null) as Record<string, unknown>, parameters);
  // CloudTrail writes every parameter with a small letter, whatever the API does.
  for (const [name, value] of Object.entries(parameters)) input[name.charAt(0).toUpperCase() + name.slice(1)] ??= value;
  if ('bucketName' in parameters) input['Bucket'] = parameters['bucketName'];
  const at = { account: text(event['recipientAccountId']), region: text(event['awsRegion']) };
  const checkOf = (given: Readonly<Record<string, unknown>>) => {
    const checks = rules.listChecks(service, operation, given, at);
    return checks.find(({ action }) => action.endsWith(`:${operation}`)) ?? checks[0];
  };
  const check = checkOf(input);
  const listed = (Array.isArray(event['resources']) ? event['resources'] : []).flatMap((one) =>
    isFields(one) ? (text(one['ARN']) ?? text(one['arn']) ?? []) : [],
  );
  const role = service === 'sts' && operation.startsWith('AssumeRole') ? text(parameters['roleArn']) : undefined;
  if (check === undefined)
    return { action: undefined, resource: role ?? (listed.length === 1 ? listed[0] : undefined) };
  // What a request without any parameter would be checked against is not what these name.
  const isNamed = check.resource === '*' || check.resource !== checkOf({})?.resource;
  const known = isNamed && Object.keys(parameters).length > 0 && !/undefined|000000000000|\/$|:$/.test(check.resource);
  const kept = listed.find((arn) => arn === check.resource) ?? (known ? check.resource : undefined);
  return { action: check.action, resource: kept ?? (listed.length === 1 ? listed[0] : undefined) };
}

function readDecoded(message: EventFields, context: EventFields): ReadDenial {
  const principal = isFields(context['principal']) ? context['principal'] : {};
  return denialOf({
    action: text(context['action']),
    resource: text(context['resource']),
    principal: text(principal['arn']),
    ...(message['explicitDeny'] === true ? { reason: 'explicit deny' } : {}),
  });
}

function isFields(value: unknown): value is EventFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
