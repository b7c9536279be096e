/**
 * The six parts of an ARN: `arn:partition:service:region:account:resource`. The sixth takes all that is left, colons
 * included.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Takes an ARN apart.
 * @returns undefined where the text does not start with `arn:` or has fewer than six parts
 */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return undefined;
  const [, partition, service, region, account] = parts as [string, string, string, string, string];
  return { partition, service, region, account, resource: parts.slice(5).join(':') };
}
