import { quote } from './problem.js';
import type { Version } from './document.js';

/** What is wrong with one action or resource text: IAM refuses it, or takes it and it does little. */
export interface TextProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/**
 * Whether IAM takes the text as an action: `*`, or `service:Name` with wildcards in the name only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionProblem(text: string): TextProblem | undefined {
  if (text === '*' || /^[A-Za-z0-9-]+:[A-Za-z0-9*?_-]+$/.test(text)) return undefined;
  const found = quote(text);
  if (/[,\s]/.test(text)) return error(`${found} matches no action: give each action a string of its own`);
  if (!text.includes(':')) return error(`${found} names no service: write it as \`service:Action\``);
  if (/^[^:]*[*?]/.test(text)) return error(`${found} has a wildcard in the service: name the service in full`);
  return error(`${found} is no action: write it as \`service:Action\`, with \`*\` and \`?\` in the name only`);
}

/**
 * Whether IAM takes the text as a resource: `*`, or an ARN whose service is literal. Wildcards in the partition are taken:
 * AWS's own managed policies have them (`AmazonMSKFullAccess`: `arn:*:ec2:*:*:vpc/*`).
 * @param version without `2012-10-17`, `${...}` is plain text
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceProblem(text: string, version: Version | undefined): TextProblem | undefined {
  if (text === '*') return undefined;
  const found = quote(text);
  if (!text.startsWith('arn:')) return error(`${found} is no ARN: write an ARN, or \`*\` for every resource`);
  const parts = text.split(':');
  if (parts.length < 6)
    return warning(`${found} is a short ARN, read as if \`*\` stood in the missing parts: write six`);
  const [, partition, service, region, account, resource] = parts as [string, string, string, string, string, string];
  if (/[*?]/.test(service)) return error(`${found} has a wildcard in the service: name the service in full`);
  if (version !== '2012-10-17') {
    return text.includes('${')
      ? warning(`${found} holds plain text, no variable: variables need \`Version\` \`2012-10-17\``)
      : undefined;
  }
  if ([partition, service, region, account].some((part) => part.includes('${'))) {
    return warning(`${found} has a variable before the fifth colon, where IAM substitutes none: it matches nothing`);
  }
  if (service === 'iam' && !mayBeEmpty(region)) return warning(`${found} matches nothing: ARNs of IAM have no region`);
  if (service === 's3' && !(mayBeEmpty(region) && mayBeEmpty(account)) && isBucketOrObject(resource)) {
    return warning(`${found} matches nothing: ARNs of buckets and objects have no region and no account`);
  }
  return undefined;
}

/** A star may stand for nothing. */
function mayBeEmpty(part: string): boolean {
  return /^\**$/.test(part);
}

function isBucketOrObject(resource: string): boolean {
  return !/^(accesspoint|accessgrants|access-grants|job|storage-lens|async-request|\*)/.test(resource);
}

function error(message: string): TextProblem {
  return { severity: 'error', message };
}

function warning(message: string): TextProblem {
  return { severity: 'warning', message };
}
