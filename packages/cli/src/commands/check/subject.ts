import { parse, quote, type PolicyDocument, type UseCase } from '@postern/core';
import { namedByPolicy } from '../../access/pieces.js';
import type { Surroundings } from '../../access/request.js';
import { InputError } from '../../errors.js';
import { buildGiven } from '../../options/built.js';
import type { GivenOptions } from '../../options/given.js';
import type { PolicyInput } from '../../policies/chosen.js';
import { boundsOf } from '../../policies/deferred.js';
import type { TemplatePlace } from '../../policies/found.js';
import { placeOf } from '../../policies/place.js';
import { openTexts } from '../../reports/difference-report.js';
import { findFindings, type Findings } from './findings.js';
import { guess, type Guess } from './guess.js';

/** A policy, and what it is held against. */
export interface Subject {
  readonly useCase: UseCase;
  readonly input: PolicyInput;
  /** What the use case needs. */
  readonly document: PolicyDocument;
  readonly place: TemplatePlace;
  /** Options that were read from the policy; undefined where they were given, or it tells none. */
  readonly guessed: Guess | undefined;
}

/**
 * Reads a policy and the options of the job that it is for, from the policy where none are given.
 * @param policy what the policy is called
 * @param read reads the policy for a place
 * @throws {InputError} with every problem
 */
export async function subjectOf(
  policy: string,
  useCase: UseCase,
  given: Pick<GivenOptions, 'options' | 'spelling'>,
  parameters: ReadonlyMap<string, string>,
  read: (place: TemplatePlace) => Promise<PolicyInput>,
): Promise<Subject> {
  const isGuessed = areGuessed(given.options);
  const { problems, resolved, ...built } = buildGiven(useCase, given);
  if (problems.length > 0 && !isGuessed) throw new InputError(problems);
  const place = placeOf(isGuessed ? given.options : resolved.place, parameters);
  const input = await read(place).catch((error: unknown) => {
    if (!(error instanceof InputError) || !isGuessed) throw error;
    throw new InputError([...problems, ...error.problems]);
  });
  const told = isGuessed ? guessOptions(useCase, policy, input, given.options) : undefined;
  // Where the policy tells no option that was not given, nothing was guessed.
  const guessed = told !== undefined && tellsMore(told, given.options) ? told : undefined;
  return { useCase, input, document: told?.document ?? built.document, place, guessed };
}

/** What was found, with what a template leaves open. */
export interface SubjectAnswer {
  readonly findings: Findings;
  /** What the policy allows or refuses, and is known only after deployment. */
  readonly open: readonly string[];
}

/** Holds the policy against what the use case needs. */
export async function answerOf(
  { input, useCase, document, place }: Subject,
  reference: Surroundings['reference'],
): Promise<SubjectAnswer> {
  const bounds = input.isOpen ? boundsOf(input.documents as object[]) : { least: parsed(input), most: parsed(input) };
  const isWhole = input.elsewhere.length === 0;
  const findings = await findFindings(bounds, useCase, document, { place, reference }, isWhole);
  return {
    findings: withPolicyNames(findings, input.documentNames),
    open: input.isOpen ? openTexts(input.documents) : [],
  };
}

/** Options that say where the resources are, and nothing of the job. */
const ofPlace: ReadonlySet<string> = new Set(['account', 'region', 'partition', 'allowUnknownRegion']);

/** Whether options say nothing of the job, so that they are read from the policy. */
export function areGuessed(options: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(options).every((name) => ofPlace.has(name));
}

/** @throws {InputError} where nothing is allowed, so that nothing can be read from it */
export function allowing(policy: string, input: PolicyInput): PolicyDocument[] {
  const documents = parsed(input);
  if (documents.some(({ Statement: statements }) => statements.some(({ Effect }) => Effect === 'Allow')))
    return documents;
  throw new InputError([`${quote(policy)} allows nothing, so no job can be read from it`]);
}

function guessOptions(
  useCase: UseCase,
  policy: string,
  input: PolicyInput,
  given: Readonly<Record<string, unknown>>,
): Guess & { readonly document: PolicyDocument } {
  const guessed = guess(useCase, policy, allowing(policy, input), given);
  const { document, missing, explained } = guessed;
  if (explained.length === 0) {
    const next = 'give its options, or leave `--use-case` out to see what fits';
    throw new InputError([`${quote(policy)} allows nothing that ${quote(useCase.id)} needs: ${next}`]);
  }
  if (document === undefined)
    throw new InputError(missing.map((problem) => `${problem}; it cannot be read from the policy`));
  return { ...guessed, document };
}

/** Whether a guess says anything beside the options that were given. */
function tellsMore({ options, notTold }: Guess, given: Readonly<Record<string, unknown>>): boolean {
  return notTold.length > 0 || Object.keys(options).some((name) => !Object.hasOwn(given, name));
}

/** The documents of a policy that can be read. */
export function parsed({ documents }: PolicyInput): PolicyDocument[] {
  return documents.flatMap((source) => parse(source).document ?? []);
}

/** Statements of several policies are told by the policy they stand in, instead of by its number. */
function withPolicyNames(findings: Findings, names: readonly string[]): Findings {
  const called = (statement: string): string => namedByPolicy(statement, names);
  return {
    ...findings,
    extra: findings.extra.map((gain) => ({ ...gain, statement: called(gain.statement) })),
    missing: findings.missing.map((one) => ({
      ...one,
      missing: one.missing.map((some) => ({ ...some, refusedBy: some.refusedBy.map(called) })),
    })),
  };
}
