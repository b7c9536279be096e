import { compileResource, RequestArn } from './match-resource.js';
import { isShort, openParts, withoutLastStars } from './resource-form.js';

/** A `*` at the end of one of the first five parts of a resource, which may run on past the colon. */
export interface RunningStar {
  /** The part that it ends. */
  readonly part: 'partition' | 'service' | 'region' | 'account';
  /** An ARN that the resource matches only if this star runs on. */
  readonly reaches: string;
}

const parts = ['arn', 'partition', 'service', 'region', 'account'] as const;
const usual = ['arn', 'aws', 'x', 'us-east-1', '111122223333', 'x', 'x', 'x', 'x', 'x'];

/**
 * Says which stars of a resource may reach further than the part they end. IAM's page says that such a star can expand
 * beyond the colon, S3's that it cannot, so what it matches is not certain; `decide` lets it run on. Stars that have only
 * stars behind them (`arn:aws:sqs:*:*:*`) match the same either way and are left out.
 * @param resource a text of a `Resource` or `NotResource`; policy variables in it are taken as plain text
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function runningStars(resource: string): readonly RunningStar[] {
  const plain = resource.replace(/\$\{[^{}]*\}/g, 'x');
  const open = openParts(plain);
  if (open.length === 0) return [];
  const [runs, bound] = (['runs', 'bound'] as const).map((reading) => compileResource(plain, false, reading));
  return open.flatMap((index) => {
    const part = parts[index];
    if (part === undefined || part === 'arn') return [];
    const reaches = candidates(plain, index).find((text) => {
      const arn = new RequestArn(text);
      return runs!(arn, nothing) && !bound!(arn, nothing);
    });
    return reaches === undefined ? [] : [{ part, reaches }];
  });
}

const nothing = (): undefined => undefined;

/** The resource with one star stretched over more and more parts and every other wildcard filled. */
function candidates(resource: string, index: number): string[] {
  const texts = resource.split(':');
  const missing = isShort(resource) ? 6 - texts.length : 0;
  return Array.from({ length: 4 + missing }, (_, more) => {
    const place = (at: number) => usual[at] ?? 'x';
    const filled = texts.map((text, at) => {
      const alone = /^\*+$/.test(text);
      if (at !== index) return alone && at < 5 ? place(at) : text.replace(/[*?]/g, 'x');
      const stretch = Array.from({ length: more + 1 }, (_unused, step) => place(at + 1 + step)).join(':');
      return `${alone ? place(at) : withoutLastStars(text).replace(/[*?]/g, 'x')}:${stretch}`;
    });
    return filled.join(':');
  });
}
