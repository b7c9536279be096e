import type { Site } from './event.js';
import type { Told } from './match/job-options.js';
import type { NotCovered } from './match/not-covered.js';

/** A job that the repository's CI does, in the words of the catalog. */
export interface Job {
  /** The id of its use case. */
  readonly useCase: string;
  /** False where the repository does not show the job for certain. */
  readonly certain: boolean;
  /**
   * Options by name, as far as the repository holds them. Where an option that takes one value has a list, each may occur; a
   * `*` stands for a part that is not in the repository, and the option is open then.
   */
  readonly options: Readonly<Record<string, Told>>;
  /** The options that are still to be answered. */
  readonly open: readonly string[];
  readonly at: readonly Site[];
  /** The name of its role. */
  readonly role: string;
  /** What was seen of it and is no option, such as the folder of a Terraform configuration. */
  readonly seen?: Readonly<Record<string, Told>>;
}

/** Who may take on a role, as far as the CI files say. */
export interface Trust {
  /** The id of the trust entry of the CI system. */
  readonly provider: string;
  /** How the jobs sign in today: `oidc`, `keys`, `role` (by another one), `role of the project`, or `unknown`. */
  readonly signsIn: string;
  /** Options of the trust entry, as far as the CI files say. */
  readonly options: Readonly<Record<string, readonly string[] | string | boolean>>;
  /** The options that are still to be answered. */
  readonly open: readonly string[];
  /** The repository is named as the remote `origin` of the checkout names it. */
  readonly fromRemote?: true;
  /** The environments that the jobs name. */
  readonly environments?: readonly string[];
}

/** An identity that jobs run under. */
export interface JobRole {
  readonly name: string;
  /** The CI files name it: it is there already. */
  readonly exists?: true;
  readonly trust: Trust;
  /** The places of its jobs in the list of jobs. */
  readonly jobs: readonly number[];
}

/** What the repository does not say. */
export interface Question {
  /** The place of the job in the list of jobs; undefined where a role is asked about. */
  readonly job?: number;
  readonly role?: string;
  /** The option that the answer is for. */
  readonly option: string;
  /** One sentence. */
  readonly ask: string;
  /** Where the value comes from, such as `vars.AWS_REGION`. */
  readonly from: readonly string[];
}

/** A CI file that cannot be read. */
export interface Unreadable extends Site {
  readonly message: string;
}

/** A part of a repository that was not read: a file or a folder, and why. */
export interface Unread {
  readonly what: string;
  readonly file: string;
}

/** What was found in a repository. */
export interface Found {
  readonly jobs: readonly Job[];
  readonly roles: readonly JobRole[];
  readonly questions: readonly Question[];
  readonly notCovered: readonly NotCovered[];
  /** The CI jobs that sign in to AWS and show nothing of what they do there. */
  readonly unknown: readonly NotCovered[];
  /** The CI files that were read. */
  readonly read: readonly string[];
  readonly problems: readonly Unreadable[];
  /**
   * What was not read and may hold more: files of CI systems that are not known, and what whoever walks the folder says;
   * absent where there is nothing of it.
   */
  readonly unread?: readonly Unread[];
}
