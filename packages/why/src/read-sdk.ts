import { iamPrefixOf } from '@postern/core';
import { actionOf } from './action-of.js';
import { denialOf, type FoundDenial, type ReadDenial } from './denial.js';
import { findObject } from './find-object.js';
import { isEncoded } from './read-sentences.js';
import type { Rules } from './rules.js';

const codes = String.raw`AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedAccess|AuthorizationError|AuthorizationErrorException|403|Forbidden`;
/** `An error occurred (AccessDenied) when calling the PutObject operation: Access Denied`; once it was a client error. */
const botocore = new RegExp(
  String.raw`\((?<code>${codes})\)\s+(?:occurred\s+)?when\s+calling\s+the\s+(?<operation>[A-Za-z0-9]{1,80})\s+operation`,
  'g',
);
/** `operation error S3: PutObject, ... StatusCode: 403`, of the SDK for Go. */
const go =
  /operation\s+error\s+(?<service>[A-Za-z0-9 ]{1,40}):\s+(?<operation>[A-Za-z0-9]{1,80}),\s(?:(?!operation\s+error)[^]){0,600}?(?:StatusCode:\s+403|AccessDenied|access\s+denied|UnauthorizedOperation|Forbidden)/g;
/** `Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; ...)`, of the SDKs for Java. */
const java = new RegExp(
  String.raw`\(Service:\s+(?<service>[A-Za-z0-9 ]{1,40})[;,]\s+Status\s+Code:\s+(?<status>\d{3})(?:;\s+Error\s+Code:\s+(?<code>[A-Za-z0-9. ]{1,60}))?`,
  'g',
);
const oldJava =
  /Status\s+Code:\s+403,\s+AWS\s+Service:\s+(?<service>[A-Za-z0-9 ]{1,40}),(?:(?!AWS\s+Service)[^]){0,200}?AWS\s+Error\s+Code:\s+AccessDenied/g;
/** `Error executing "PutObject" on "https://...": ... 403 Forbidden`, of the SDK for PHP. */
const php =
  /Error\s+executing\s+"(?<operation>[A-Za-z0-9]{1,80})"\s+on\s+"(?<url>[^"\s]{1,2000})"(?:(?!Error\s+executing)[^]){0,4000}?(?:403\s+Forbidden|AccessDenied)/g;
/** An error of the SDKs for .NET, Ruby and JavaScript: a class and no operation. */
const classes =
  /(?:Amazon\.(?<net>[A-Za-z0-9]{1,40})\.Amazon[A-Za-z0-9]{1,40}Exception|Aws::(?<ruby>[A-Za-z0-9]{1,40})::Errors::AccessDenied(?:Exception)?):\s+Access\s*Denied/g;
const javascript =
  /\bAccessDenied(?:Exception)?:\s+Access\s*Denied\s+at\s(?:(?!AccessDenied)[^]){0,4000}?(?:aws-sdk\/lib\/services\/|@aws-sdk\/client-)(?<service>[a-z0-9-]{1,40})/g;
/** A client's method in a stack of Java, below the error. */
const method =
  /services?\.(?<service>[a-z0-9]{1,40})(?:\.[A-Za-z]{1,40})?\.(?:Amazon|AWS|Default)[A-Za-z0-9]{1,60}Client\.(?!invoke|doInvoke|execute)(?<operation>[a-z][A-Za-z0-9]{1,80})\(/;

/** A command in a stack of JavaScript. */
const command =
  /@aws-sdk\/client-[a-z0-9-]{1,40}\/|(?:deserializeAws_(?:restXml|restJson1|json1_[01]|query|ec2)|\bde_)(?<operation>[A-Z][A-Za-z0-9]{1,80}?)Command(?:Error)?\b/g;

/** Behind DynamoDB stands the key of the table. */
const keyBehind = /KMS\s+key\s+access\s+denied/i;

/** Finds refusals that name an operation, or at least a service, in the words of the SDKs. */
export function readSdk(text: string, rules: Rules): FoundDenial[] {
  const found: FoundDenial[] = [];
  const add = (match: RegExpExecArray | RegExpMatchArray, denial: ReadDenial | undefined) => {
    const at = match.index ?? 0;
    if (denial !== undefined) found.push({ at, end: at + match[0].length, denial });
  };
  for (const match of text.matchAll(botocore)) {
    const { code = '', operation = '' } = match.groups ?? {};
    add(match, called(rules, serviceOf(rules, operation, code), operation, text, match));
  }
  for (const match of text.matchAll(go)) {
    const { service = '', operation = '' } = match.groups ?? {};
    if (isOfCredentials(text, match)) continue;
    add(match, called(rules, iamPrefixOf(service), operation, text, match));
  }
  for (const match of text.matchAll(php)) {
    const { operation = '' } = match.groups ?? {};
    add(match, called(rules, serviceOf(rules, operation, 'AccessDenied'), operation, text, match));
  }
  for (const match of text.matchAll(java)) {
    const { service = '', status, code } = match.groups ?? {};
    if (status !== '403' && !/AccessDenied|Unauthorized/.test(code ?? '')) continue;
    const stack = method.exec(text.slice(match.index, match.index + 8000));
    const name = iamPrefixOf(stack?.groups?.['service'] ?? service);
    const operation = stack?.groups?.['operation'];
    if (operation === undefined) add(match, denialOf({ service: name, ...keyOf(text, match, name) }));
    else add(match, called(rules, name, operation[0]!.toUpperCase() + operation.slice(1), text, match));
  }
  for (const match of [...text.matchAll(oldJava), ...text.matchAll(classes), ...text.matchAll(javascript)]) {
    const { service, net, ruby } = match.groups ?? {};
    const name = iamPrefixOf(service ?? net ?? ruby ?? '');
    const operation = [...match[0].matchAll(command)].flatMap(({ groups }) => groups?.['operation'] ?? [])[0];
    add(match, operation === undefined ? denialOf({ service: name }) : called(rules, name, operation, text, match));
  }
  return found;
}

/** Whether the error is about who asks: credentials that are wrong, expired or missing are refused with 403 as well. */
function isOfCredentials(text: string, match: RegExpMatchArray): boolean {
  const next = text.slice(match.index, (match.index ?? 0) + match[0].length + 120);
  if (/\b(?:InvalidIdentityToken|ExpiredToken(?:Exception)?|IDPCommunicationError|IDPRejectedClaim):/.test(next))
    return true;
  const code = /api\s+error\s+([A-Za-z.]{1,80})/.exec(
    text.slice(match.index, (match.index ?? 0) + match[0].length + 400),
  )?.[1];
  return code !== undefined && !/AccessDenied|Forbidden|Unauthorized|NotAuthorized|AuthorizationError/.test(code);
}

/** The service that has an operation of this name, where only one answers with such a code. */
function serviceOf(rules: Rules, operation: string, code: string): string | undefined {
  if (code === 'UnauthorizedOperation') return 'ec2';
  const s3 = /^(?:AccessDenied|403|Forbidden)$/.test(code);
  const found = rules.servicesWith(operation).filter((name) => s3 === ['s3', 'sts', 'iam'].includes(name));
  return found.length === 1 ? found[0] : undefined;
}

function called(
  rules: Rules,
  service: string | undefined,
  operation: string,
  text: string,
  match: RegExpMatchArray,
): ReadDenial {
  const at = match.index ?? 0;
  const window = text.slice(at, at + match[0].length + 600);
  const key = keyOf(text, match, service);
  const own = service === undefined ? undefined : actionOf(rules, service, operation);
  const action = key.action ?? own;
  const resource = action !== undefined && service === 's3' ? findObject(rules, text, at, operation) : undefined;
  return denialOf({ operation, service, encoded: isEncoded(window), ...key, action, resource });
}

function keyOf(text: string, match: RegExpMatchArray, service: string | undefined): Partial<ReadDenial> {
  const at = match.index ?? 0;
  const near = text.slice(Math.max(0, at - 500), at + match[0].length + 200);
  if (!keyBehind.test(near)) return {};
  // Only DynamoDB words it so.
  return { action: 'kms:Decrypt', via: service === undefined || service === 'kms' ? 'dynamodb' : service };
}
