import { commandLine, flagsFor } from '@postern/cli/browser';
import { assume, describePredicate, quote, readToken, respell, useCases, visible, type UseCase } from '@postern/core';
import {
  askingOf,
  describeReason,
  headingOf,
  identityProblems,
  isOfLayers,
  knownRules,
  look,
  notesOn,
  readDenials,
  type ReadDenial,
} from '@postern/why';

/** What is said of one refusal. */
export interface DenialAnswer {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly brought: readonly {
    readonly useCase: string;
    readonly sid: string;
    readonly reason: string;
    readonly when: string;
    /** The flags that bring it. */
    readonly flags: readonly string[];
  }[];
}

/** Logs are long; a page reads no more characters than these. */
const largest = 8 * 1024 * 1024;

/** A policy or a token that is longer is none. */
const longest = 1024 * 1024;

/** A page shows no more of them. */
const most = 50;

/** The refusals in a text, and what of it is left out of them. */
export interface DenialAnswers {
  readonly answers: readonly DenialAnswer[];
  /** Sentences; none where all was read and all is shown. */
  readonly leftOut: readonly string[];
}

/** Reads the refusals in a text, each once: which action on which resource, why, and what brings the permission. */
export function answer(text: string): DenialAnswers {
  const denials = readDenials(text.slice(0, largest), knownRules);
  const number = (value: number) => value.toLocaleString('en');
  const leftOut = [
    ...(text.length > largest
      ? [
          `Only the first ${number(largest)} of ${number(text.length)} characters were read: \`postern why\` reads 64 MiB.`,
        ]
      : []),
    ...(denials.length > most
      ? [`The first ${most} of ${number(denials.length)} refusals are shown: paste the others alone.`]
      : []),
  ];
  return { answers: denials.slice(0, most).map(answerOne), leftOut };
}

function answerOne(denial: ReadDenial): DenialAnswer {
  const { action, resource, principal, reason, policy, operation, service, problem, issuer } = denial;
  const asking = askingOf(denial);
  const known = asking === undefined ? undefined : look(asking);
  const isMissing = known !== undefined && known.candidates.length === 0 && problem === undefined;
  const isSaid =
    known !== undefined && known.elsewhere.length === 0 && (known.excluded.length > 0 || isOfLayers(resource));
  const lines = [
    ...(principal === undefined ? [] : [`Asked by ${quote(principal)}.`]),
    ...(action === undefined || operation === undefined || action.endsWith(`:${operation}`)
      ? []
      : [
          `Sent as ${quote(operation)}${service === undefined || action.startsWith(`${service}:`) ? '' : ` of ${service}`}.`,
        ]),
    ...(problem === undefined ? [] : [`Since ${identityProblems[problem].says}.`]),
    ...(issuer === undefined ? [] : [`The issuer is ${quote(issuer)}.`]),
    ...(reason === undefined ? [] : [`Since ${describeReason(reason)}.`]),
    ...(policy === undefined ? [] : [`The policy is ${quote(policy)}.`]),
    ...(isMissing && !isSaid && action !== undefined && !action.startsWith('sts:AssumeRoleWith')
      ? [
          known.elsewhere.length > 0
            ? `No use case brings it here: ${known.elsewhere.map(({ useCase }) => quote(useCase)).join(', ')} has the action, for other resources or under conditions that do not hold.`
            : `No use case of the catalog covers ${quote(action)}; nothing is known about why a job would call it.`,
        ]
      : []),
    ...(isMissing && known.elsewhere.length === 0 ? known.excluded : []).map(
      ({ useCase, why }) => `A job of ${quote(useCase)} should not need it, since ${why}.`,
    ),
    ...notesOn(denial),
  ];
  return {
    heading: visible(headingOf(denial)),
    lines: lines.map(visible),
    brought: (known?.candidates ?? []).map((candidate) => {
      const useCase = (useCases as readonly UseCase[]).find(({ id }) => id === candidate.useCase)!;
      return {
        useCase: useCase.id,
        sid: candidate.sid,
        reason: candidate.reason,
        when:
          candidate.when === undefined ? 'always' : respell(describePredicate(candidate.when), useCase, commandLine),
        flags: resource === undefined ? [] : flagsFor(useCase, candidate).map(visible),
      };
    }),
  };
}

/** Whether a trust policy lets a token in, and if not, which condition fails: in sentences. */
export function answerToken(policy: string, token: string): readonly string[] {
  if (policy.trim() === '' || token.trim() === '') return [];
  for (const [name, text] of Object.entries({ policy, token }))
    if (text.length > longest)
      return [`the ${name} is longer than a million characters, which none is: paste it alone`];
  const { claims, problem } = readToken(token);
  if (problem !== undefined) return [problem];
  const issuer = claims['iss'];
  if (typeof issuer !== 'string' || !/^https:\/\/./i.test(issuer))
    return ['the token has no claim `iss` with an address of https: AWS takes no other'];
  try {
    const { allowed, reason, causes, change, others } = assume(policy, { issuer, claims });
    if (allowed) return ['The policy lets the token in.', ...others].map(visible);
    const said = causes.length === 0 ? [reason] : causes.map(({ says }) => says);
    const steps = change === null ? [] : ['What would let exactly this token in:', ...change.steps];
    const also = change === null || change.alsoLetsIn.length === 0 ? [] : ['That also lets in:', ...change.alsoLetsIn];
    return ['The policy does not let the token in.', ...said, ...steps, ...also].map(visible);
  } catch (error) {
    if (error instanceof RangeError) return [visible(error.message)];
    throw error;
  }
}
