import { describeEvidence, quote } from '@postern/core';
import type { PolicyInput } from '../../policies/chosen.js';
import { describeGain, describeWitness } from '../../reports/words.js';
import { sidsOf, withFreeSid, type Findings, type MissingStatement } from './findings.js';
import type { Guess } from './guess.js';
import type { SubjectAnswer, Subject } from './subject.js';

/** Something that a policy lacks, or allows besides, in words. */
export interface ToldFinding {
  /** Requests that are refused, each with the step that breaks; or what is allowed besides. */
  readonly what: readonly { readonly text: string; readonly step?: string }[];
  /** A request for example. */
  readonly example?: string;
  /** The statement of the use case that brings it. */
  readonly sid?: string;
  /** On whose word. */
  readonly from: readonly string[];
  /** Why no statement is to be added. */
  readonly refused?: string;
  /** The statement to add, as JSON. */
  readonly add?: string;
}

/** A heading with what stands below it. */
export interface FindingsSection {
  readonly is: 'missing' | 'extra' | 'open' | 'unknown';
  readonly title: string;
  readonly findings: readonly ToldFinding[];
  /** Sentences that stand below the findings. */
  readonly lines: readonly string[];
}

/** What was found of a policy, in words. */
export interface ToldAnswer {
  /** What was guessed: a heading and lines. */
  readonly guessed: readonly string[];
  /** The sentence where nothing is missing, extra or unknown. */
  readonly fits: string | undefined;
  readonly sections: readonly FindingsSection[];
}

/** Says what was found. */
export function tell({ guessed, input, useCase }: Subject, { findings, open }: SubjectAnswer): ToldAnswer {
  const { missing, extra, unseen, deferred } = findings;
  const unknown = [...aboutElsewhere(input.elsewhere, findings), ...findings.unknown];
  const isExact = missing.length + extra.length + unseen + unknown.length === 0;
  const taken = sidsOf(input.documents);
  const isKnown = open.length + deferred.length === 0;
  const sections: FindingsSection[] = [
    {
      is: 'missing',
      title: 'Missing: these steps will break',
      findings: missing.map((one) => toldMissing(one, taken)),
      lines: [],
    },
    {
      is: 'extra',
      title: 'Extra: allowed, and not needed',
      findings: extra.map((gain) => ({
        what: [{ text: `${describeGain(gain, 'extra')}, in ${gain.statement}` }],
        example: describeWitness(gain.witness),
        from: [],
      })),
      lines: unseen > 0 ? [`… and ${unseen} more, not looked at one by one`] : [],
    },
    {
      is: 'open',
      title: 'Known only after deployment: neither missing nor extra',
      findings: [],
      lines: [...open, ...(deferred.length > 0 ? [`needed, and perhaps given by these: ${deferred.join(', ')}`] : [])],
    },
    { is: 'unknown', title: 'Not known', findings: [], lines: unknown },
  ];
  return {
    guessed: guessed === undefined ? [] : guessLines(guessed),
    fits: !isExact
      ? undefined
      : isKnown
        ? `The policy allows exactly what ${quote(useCase.id)} needs.`
        : `Nothing that ${quote(useCase.id)} needs is missing and nothing is extra, as far as is known before deployment.`,
    sections: sections.filter(({ findings: some, lines }) => some.length + lines.length > 0),
  };
}

function toldMissing({ sid, missing, evidence, statement }: MissingStatement, taken: Set<string>): ToldFinding {
  const refusedBy = [...new Set(missing.flatMap((one) => one.refusedBy))];
  return {
    what: missing.map(({ step, witness }) => ({ text: describeWitness(witness), step })),
    sid,
    from: evidence.map((one) => describeEvidence(one)),
    ...(refusedBy.length > 0
      ? { refused: `the Deny of ${refusedBy.map((name) => quote(name)).join(', ')} refuses it: narrow that` }
      : { add: JSON.stringify(withFreeSid(statement, taken), null, 2) }),
  };
}

/** ARNs in a sentence. */
export function listed(arns: readonly string[]): string {
  return arns.map((arn) => quote(arn)).join(', ');
}

/** What is not known for policies that are attached and not in the file; empty where there is none. */
export function aboutElsewhere(attached: readonly string[], { elsewhere }: Findings): string[] {
  if (attached.length === 0) return [];
  const which = `${listed(attached)} ${attached.length === 1 ? 'is' : 'are'} attached and not in the file`;
  const besides = `${which}: what ${attached.length === 1 ? 'it allows' : 'they allow'} besides is not looked at`;
  return elsewhere.length === 0
    ? [besides]
    : [besides, `needed, not given by the policies in the file, and perhaps given by those: ${elsewhere.join(', ')}`];
}

/** What was guessed, in lines: the first is a heading. */
export function guessLines({ command, notTold }: Guess): string[] {
  const shown = notTold.slice(0, mostNotTold);
  const rest = notTold.length - shown.length;
  return [
    'Guessed from the policy, since no options were given: look whether they are what the job does',
    command,
    ...shown.map((text) => `not told: ${text}`),
    ...(rest > 0 ? [`… and ${rest} more that the policy does not tell`] : []),
  ];
}

const mostNotTold = 6;

/**
 * How a policy stands to what a use case needs, in one sentence.
 * @param failOn which findings count
 * @returns undefined where nothing that counts was found
 */
export function verdictOf(
  policy: string,
  useCase: string,
  { missing, extra, unseen, unknown, elsewhere }: Findings,
  { elsewhere: attached }: PolicyInput,
  failOn = 'any',
): string | undefined {
  const needsOthers = elsewhere.length > 0 || (failOn !== 'missing' && attached.length > 0);
  const fails =
    unknown.length > 0 ||
    (failOn !== 'extra' && (missing.length > 0 || elsewhere.length > 0)) ||
    (failOn !== 'missing' && extra.length + unseen + attached.length > 0);
  if (!fails) return undefined;
  const count = missing.reduce((sum, one) => sum + one.missing.length, 0);
  const parts = [
    ...(count > 0 ? [`${count} missing`] : []),
    ...(extra.length + unseen > 0 ? [`${extra.length + unseen} extra`] : []),
    ...(unknown.length > 0 || needsOthers ? ['not all could be told'] : []),
  ];
  return `${quote(policy)} is not what ${quote(useCase)} needs: ${parts.join(', ')}`;
}
