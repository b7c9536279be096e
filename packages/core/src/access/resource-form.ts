/**
 * How a `*` that ends one of the first five parts of a resource is read. AWS's pages do not agree, and `compare` answers
 * for all of these:
 * - `runs`: it may run on past the colon, into the parts behind it. IAM's page: "If the `*` wildcard is the last
 *   character of a resource ARN segment, it can expand to match beyond the colon boundaries."
 * - `completed`: the same, but a short ARN gets its missing parts first, even where a star could have filled them;
 * - `bound`: it stays in its part. S3's page: "a wildcard character can't span segments".
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html on incomplete ARNs
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
 */
export type StarReading = 'runs' | 'completed' | 'bound';

/** One of the leading parts of a resource. */
export interface FormPart {
  readonly text: string;
  /** Whether its last `*` may run on past the colon. */
  readonly runs: boolean;
}

/** A resource text that begins with `arn:`, taken apart for matching. */
export interface ParsedResource {
  /** The parts that colons divide, `arn` first. */
  readonly parts: readonly FormPart[];
  /** What matches all that is left, colons included; undefined where the last part ends the text. */
  readonly rest: string | undefined;
}

/**
 * Takes a resource text apart. A short ARN gets a `*` for each missing part; where a star of it runs on, it may have
 * filled those already, so then it also matches as it stands.
 * @returns the forms: the resource matches what one of them matches
 */
export function resourceForms(text: string, reading: StarReading): ParsedResource[] {
  const parts = text.split(':');
  const form = (texts: readonly string[], rest: string | undefined): ParsedResource => ({
    parts: texts.map((part) => ({ text: part, runs: reading !== 'bound' && part.endsWith('*') })),
    rest,
  });
  if (parts.length > 5) return [form(parts.slice(0, 5), parts.slice(5).join(':'))];
  const asItStands = form(parts, undefined);
  const completed = form([...parts, '*', '*', '*', '*'].slice(0, 5), '*');
  if (reading !== 'runs' || !asItStands.parts.some(({ runs }) => runs)) return [completed];
  return asItStands.parts.at(-1)!.runs ? [asItStands] : [asItStands, completed];
}

/**
 * The parts, counted from 0, whose last `*` makes a difference when it runs on. A star with nothing but stars behind it
 * makes none: what it would run into is matched anyway.
 */
export function openParts(text: string): number[] {
  if (!text.startsWith('arn:') || !text.includes('*:')) return [];
  const { parts, rest } = resourceForms(text, 'completed')[0]!;
  const texts = [...parts.map((part) => part.text), rest!];
  let last = texts.length - 1;
  while (/^\*+$/.test(texts[last]!)) last -= 1;
  return parts.flatMap(({ runs }, index) => (runs && index < last ? [index] : []));
}

/** Whether the text has fewer parts than an ARN. */
export function isShort(text: string): boolean {
  return text.split(':', 6).length < 6;
}

/** The text up to the stars at its end. */
export function withoutLastStars(text: string): string {
  let end = text.length;
  while (text[end - 1] === '*') end -= 1;
  return text.slice(0, end);
}
