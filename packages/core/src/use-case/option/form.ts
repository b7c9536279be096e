import type { Template } from '../template.js';

/** What a text must look like. Patterns are whole-text, in the RE2 subset, so that HCL can check them too. */
export interface TextForm {
  /** Without article: "ECR repository". */
  readonly title: string;
  readonly example: string;
  /** The texts allowed where wildcards are not. */
  readonly pattern: string;
  /** What the pattern asks for, in words that follow "use": "lower case letters, digits, ...". */
  readonly says: string;
  readonly shortest: number;
  readonly longest: number;
  /** The same with `*` and `?`, for scope `pattern`; absent where wildcards are never allowed. */
  readonly wildcardPattern?: string;
  /** Whether it names a region, which says the partition of the resources. */
  readonly isRegion?: true;
  /** Texts that the pattern would let through or explain badly: the first that matches is the answer. */
  readonly refuse?: readonly RefusedText[];
  /** How it is read from a URL, where it is a bucket or something in one. */
  readonly url?: UrlForm;
}

/** A URL that holds a text of a form. */
export interface UrlForm {
  /** The URL, with the bucket as its first group and what stands behind that as the second; in the RE2 subset. */
  readonly pattern: string;
  /** The text, with `$1` and `$2` for the groups. */
  readonly as: string;
}

/** A text that is something else than what is asked for. */
export interface RefusedText {
  /** Matched with the text as it is given, and with the name in an ARN; in the RE2 subset. */
  readonly pattern: string;
  /** What the text is, and what to do: it follows the text. Options are named in backticks. */
  readonly say: string;
  /** What to write for this very text, with `$1` for a group of the pattern. */
  readonly here?: string;
}

/** A named AWS resource: it may be given by name or by ARN. */
export interface ResourceForm<Type extends string = string> extends TextForm {
  /** Its types in CloudFormation: adapters take the constructs and resources of these types. */
  readonly types?: readonly Type[];
  readonly arn: {
    readonly service: string;
    /** Whether the ARN has a region and an account. */
    readonly regional: boolean;
    readonly account: boolean;
    /**
     * The sixth part, with `itself` where the name stands. Text behind it, where each `?` is a letter or digit that AWS makes
     * up, is last.
     */
    readonly resource: Template;
    /** What a name may begin with or not, as with a slash that the ARN has anyway: it is left out. */
    readonly optionalStart?: string;
  };
}

/** What stands behind the name in the ARN of a form; empty where nothing does. */
export function endingOf({ arn }: ResourceForm): string {
  const last = arn.resource.at(-1);
  return typeof last === 'string' ? last : '';
}

/** The ending of an ARN as a pattern: a `?` in it is a letter or digit, or the `?` itself. */
export function endingPattern(form: ResourceForm): string {
  return endingOf(form)
    .replace(/[.+^$(){}|[\]\\*]/g, '[$&]')
    .replace(/\?+/g, (run) => `[A-Za-z0-9?]{${run.length}}`);
}

export function isResourceForm(form: TextForm | ResourceForm): form is ResourceForm {
  return 'arn' in form;
}
