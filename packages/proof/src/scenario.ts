import type { PolicyDocument, Statement, UseCase } from '@postern/core';
import type { SendCall, World } from '@postern/sandbox';
import type { Stage } from './stage.js';
import type { ProgramName, ToolName } from './tools.js';

/** The options of a cell, checked and filled up with their defaults. */
export interface CellOptions {
  /** A choice or a switch. */
  is(option: string, ...values: readonly (string | boolean)[]): boolean;
  /** The names in a list, or the one name; wildcards in them made plain, and an example where `scope` leaves it out. */
  names(option: string): string[];
  /** The ARNs in a list: as they were given, else with the prefix before the name. */
  arns(option: string, prefix: string): string[];
  /** The one name; undefined where it is not given. */
  name(option: string): string | undefined;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** One thing a job does. It throws a `StepFailure` where it, or what it left behind, is not as it must be. */
export interface Step {
  readonly name: string;
  readonly tool: ToolName;
  /** Other tools that it starts in turn. */
  readonly starts?: readonly ToolName[];
  /** For a replay: where the tool's calls were read. */
  readonly source?: string;
  readonly run: (stage: Stage) => Promise<void>;
}

/** A job of the use case, from what must exist before it to what it must leave behind. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** The release it runs, where another release makes other calls: what each needs is kept apart. */
  readonly client?: ProgramName;
  /** Whether it belongs to these options. */
  readonly applies: (options: CellOptions) => boolean;
  /** Makes what must exist before. */
  readonly prepare: (world: World, options: CellOptions) => void | Promise<void>;
  /** Policies of other use cases that the job has besides: the one under proof is not all it does. */
  readonly besides?: (options: CellOptions) => readonly PolicyDocument[];
  readonly steps: (options: CellOptions) => readonly Step[];
  /** Whether it waits for long: it is asked last what it misses, and for pairs only on demand. */
  readonly slow?: true;
}

/**
 * A request that the policy must refuse, and that gets through once its fence is gone: a condition taken away, or the
 * resources of the statement widened to everything.
 */
export interface HostileRequest {
  readonly name: string;
  readonly sid: string;
  /** `resource`, or the condition as `OPERATOR KEY`. */
  readonly fence: string;
  readonly applies?: (options: CellOptions) => boolean;
  readonly prepare?: (world: World, options: CellOptions) => void | Promise<void>;
  /** What the caller may do besides, so that nothing but the fence can refuse it. */
  readonly besides?: (options: CellOptions) => readonly Statement[];
  readonly send: (call: SendCall, options: CellOptions) => Promise<unknown>;
}

/** An atom whose need no run here shows, and why. */
export interface Unshown {
  /** As the atom is named: `StateKey: kms:Decrypt`. A statement's name stands for all its atoms. */
  readonly atom: string;
  readonly outcome: 'tolerated' | 'claimed';
  readonly why: string;
  readonly source: string;
}

/** An atom that a cell's policy has although its scenarios do not ask for it there, because another cell shows it. */
export interface Idle {
  /** As the atom is named; a statement's name stands for all its atoms. */
  readonly atom: string;
  /** The cells that leave it out. */
  readonly cells: (options: CellOptions) => boolean;
  readonly why: string;
}

/** How a use case is proved. */
export interface ProofPlan {
  readonly useCase: UseCase;
  /** What acts: a role where nothing is said, as a job of CI does. */
  readonly principal?: (options: CellOptions) => 'role' | 'user';
  /**
   * The ARNs of the roles that the job assumes, where the policy is one of theirs and not the job's own: the first has it, the
   * others may do everything, and the job may assume them and nothing else. Hostile requests come from the first.
   */
  readonly assumed?: (options: CellOptions) => readonly [own: string, ...others: readonly string[]];
  /** Options worth a run of their own, by name; each is built and run with the whole policy. */
  readonly cells: readonly {
    readonly name: string;
    readonly options: Readonly<Record<string, unknown>>;
    /** The scenarios it is for, where others that apply would show in it what another cell shows; all by default. */
    readonly only?: readonly string[];
  }[];
  readonly scenarios: readonly Scenario[];
  readonly hostile: readonly HostileRequest[];
  readonly unshown: readonly Unshown[];
  readonly idle?: readonly Idle[];
  /**
   * What resources and condition values begin with below which the job makes up every name itself, as it does under the
   * prefix of a cache: no policy can name these, so that others below it are not too wide.
   */
  readonly ownBelow?: (options: CellOptions) => readonly string[];
}
