import type { Value } from './values/value.js';

/** A place in the repository. */
export interface Site {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What variables hold where something happens. */
export type Variables = ReadonlyMap<string, Value>;

/** A program that a job runs. */
export interface ProgramCall {
  readonly kind: 'call';
  /** The program and its arguments; the program stands without its folder. */
  readonly words: readonly Value[];
  readonly variables: Variables;
  /** The folder that it runs in, from the root of the repository; undefined where that is not known. */
  readonly directory: Value;
  readonly at: Site;
  /** Where the script that runs it was called from, the nearest first. */
  readonly through: readonly Site[];
}

/** A ready-made step of a CI system, such as an action, an orb's command, a pipe, a task or a plugin. */
export interface CiStep {
  readonly kind: 'step';
  /** `uses owner/name`, `orb name/command`, `pipe name`, `task Name`, `plugin name`, `jenkins name`, `buildspec name`. */
  readonly name: string;
  /** The release that is asked for; empty where none is. */
  readonly version: string;
  readonly inputs: ReadonlyMap<string, Value>;
  /** The lines of the inputs, where they stand on lines of their own. */
  readonly lines?: ReadonlyMap<string, number>;
  readonly variables: Variables;
  readonly directory: Value;
  readonly at: Site;
  readonly through: readonly Site[];
}

export type CiEvent = ProgramCall | CiStep;

/** What starts a CI job, as far as the repository says. */
export interface Triggers {
  /** Names of events, in the words of the CI system. */
  readonly events: readonly string[];
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** It runs for pull or merge requests. */
  readonly pullRequests: boolean;
  /** It runs for something else than pull requests. */
  readonly others: boolean;
}

/** One job of a CI system with what it does, in order. */
export interface CiJob {
  readonly system: CiSystem;
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly triggers: Triggers;
  /** The environment it deploys to, where the CI system has such. */
  readonly environment: Value | undefined;
  readonly events: readonly CiEvent[];
  /** Names of secrets and variables that it reads, and of what it sets. */
  readonly names: readonly string[];
  /** It may ask for an OIDC token, as far as the file says. */
  readonly token: boolean;
}

export type CiSystem = 'github' | 'gitlab' | 'circleci' | 'bitbucket' | 'buildspec' | 'jenkins' | 'azure' | 'buildkite';
