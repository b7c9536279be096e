/**
 * What in a repository shows that a CI job does what an entry is for, as data. The reader of CI files knows no entry: it
 * finds commands and steps, follows their values, and asks these signs what they mean.
 */
export interface Detection {
  readonly signs: readonly Sign[];
}

/** How a value is taken apart before it is an option; the reader has one function for each. */
export type ValueForm =
  | 'account of arn'
  | 'account of image'
  | 'bucket of path'
  | 'bucket of s3'
  | 'family'
  | 'folder of s3'
  | 'key of s3'
  | 'list'
  | 'name of function'
  | 'name of image'
  | 'names of pairs'
  | 'prefix of path'
  | 'prefix of s3'
  | 'region of arn'
  | 'region of backend'
  | 'region of image'
  | 'registry of image'
  | 'repository of image'
  | 'root of backend'
  | 'secret';

/** Where a value stands. */
export type ValueSource = (
  | { readonly flag: string | readonly string[] }
  | { readonly argument: number }
  /** All arguments from this one on. */
  | { readonly arguments: number }
  | { readonly input: string | readonly string[] }
  | { readonly variable: string }
  /** A field of a file that the sign looks into. */
  | { readonly field: string }
) & {
  readonly as?: ValueForm;
  /** What it stands for where it is there, such as `*` for `--all`. */
  readonly says?: string;
};

/** What must be so for a sign to count. */
export type SignCondition =
  /** The value is there; with `is`, it may be one of these. A value that is not known may be anything but is none of them. */
  | { readonly has: ValueSource; readonly is?: readonly string[] }
  /** The value begins with one of these. */
  | { readonly begins: ValueSource; readonly with: readonly string[] }
  /** The value ends with one of these. */
  | { readonly ends: ValueSource; readonly with: readonly string[] }
  /** One of these stands in what is known of the value. */
  | { readonly holds: ValueSource; readonly of: readonly string[] }
  /** What is not known of the value comes from something in whose name one of these stands. */
  | { readonly from: ValueSource; readonly of: readonly string[] }
  /** The same CI job has an event of one of these names, for which a condition holds where one is given. */
  | { readonly beside: readonly string[]; readonly that?: SignCondition }
  | { readonly all: readonly SignCondition[] }
  | { readonly any: readonly SignCondition[] }
  | { readonly not: SignCondition };

/** One thing that shows a job. */
export interface Sign {
  /**
   * Names of events, one of which it is: `$ aws ecs update-service` is a command, `uses owner/name` an action of GitHub,
   * `orb name/command` one of CircleCI, `pipe name` one of Bitbucket, `task Name` one of Azure, `plugin name` one of Buildkite,
   * `jenkins name` a step of Jenkins, `template name` one of GitLab, `buildspec name` a part of a buildspec, `container` an image.
   */
  readonly on: readonly string[];
  /**
   * `certain` shows the job, `possible` may show it, `part` belongs to it where something else in the same CI job shows it.
   */
  readonly strength: 'certain' | 'possible' | 'part';
  readonly when?: SignCondition;
  /** It counts only where no other entry claims the same event. */
  readonly otherwise?: true;
  /** The options by name, and where their values stand: the first that is there counts. */
  readonly options?: Readonly<Record<string, ValueSource | readonly ValueSource[]>>;
  /** Options that follow from the sign alone. */
  readonly sets?: Readonly<Record<string, string | boolean>>;
  /** Flags of the command that take no value, besides those that the reader knows. */
  readonly switches?: readonly string[];
  /** What is worth telling and is no option. */
  readonly tells?: Readonly<Record<string, ValueSource | readonly ValueSource[]>>;
  /** What is worth telling, is no option, and follows from the sign alone. */
  readonly means?: Readonly<Record<string, string>>;
  /** Files that belong to it: `terraform backend s3` of the folder it runs in. */
  readonly file?: string;
  /** What a step hands on, by the name of its output: text with `${region}` and `${account}`. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** The input of a step on whose line it is told; else it is told on the line of the step. */
  readonly toldAt?: string;
  /** What of it the entry does not allow, in words that follow the name of the event. */
  readonly lacks?: string;
}

/** Defines what shows a use case. */
export function defineDetection(detection: Detection): Detection {
  return detection;
}

type SignDetails = Omit<Sign, 'on' | 'strength'>;

/** What shows the job. */
export function shows(on: string | readonly string[], details: SignDetails = {}): Sign {
  return { on: [on].flat(), strength: 'certain', ...details };
}

/** What may show the job. */
export function mayShow(on: string | readonly string[], details: SignDetails = {}): Sign {
  return { on: [on].flat(), strength: 'possible', ...details };
}

/** What belongs to the job where something else shows it. */
export function belongs(on: string | readonly string[], details: SignDetails = {}): Sign {
  return { on: [on].flat(), strength: 'part', ...details };
}

export function flag(name: string | readonly string[], as?: ValueForm): ValueSource {
  return { flag: name, ...(as && { as }) };
}

/** What a flag stands for where it is there. */
export function flagSaying(name: string | readonly string[], says: string): ValueSource {
  return { flag: name, says };
}

/** The argument at a place behind the names of the sign, counted from 0. */
export function argument(place: number, as?: ValueForm): ValueSource {
  return { argument: place, ...(as && { as }) };
}

export function argumentsFrom(place: number, as?: ValueForm): ValueSource {
  return { arguments: place, ...(as && { as }) };
}

export function input(name: string | readonly string[], as?: ValueForm): ValueSource {
  return { input: name, ...(as && { as }) };
}

export function variable(name: string, as?: ValueForm): ValueSource {
  return { variable: name, ...(as && { as }) };
}

export function field(name: string, as?: ValueForm): ValueSource {
  return { field: name, ...(as && { as }) };
}

/** What is said where a field is there. */
export function fieldSaying(name: string, says: string): ValueSource {
  return { field: name, says };
}
