import { compare, quote, useCases, type PolicyDocument, type UseCase } from '@postern/core';
import { documentOf } from '../../access/pieces.js';
import { guess, type Guess } from './guess.js';
import type { KnownPlace } from './requests.js';

interface Fit {
  readonly guess: Guess;
  /** Permissions of the job that the policy gives, and how many there are; none where the options do not build. */
  readonly has: number;
  readonly needs: number;
  readonly score: number;
}

/** Use cases that fit nearly as well as the best are named too, but no more than these in all. */
const mostNamed = 3;
const nearlyAsWell = 0.6;

/** A use case that a policy fits, in words. */
export interface ToldFit {
  readonly useCase: UseCase;
  /** The options that were read from the policy. */
  readonly options: Readonly<Record<string, unknown>>;
  /** How much of the policy it gives a reason for, and how much of the job the policy gives. */
  readonly says: string;
  /** The command that checks it. */
  readonly command: string;
  /** What the policy does not tell. */
  readonly untold: readonly string[];
}

/** The use cases that a policy fits best. */
export interface Fits {
  /** Why there is none; undefined where there are some. */
  readonly none: string | undefined;
  /** What holds of all of them. */
  readonly says: readonly string[];
  readonly fits: readonly ToldFit[];
}

/** Finds the use cases that a policy fits best, each with the command that checks it. */
export function fitsOf(
  policy: string,
  documents: readonly PolicyDocument[],
  given: KnownPlace & Readonly<Record<string, unknown>>,
): Fits {
  const fits = (useCases as readonly UseCase[])
    .map((useCase) => fitOf(guess(useCase, policy, documents, given), documents))
    .filter(({ guess: { explained } }) => explained.some(({ action }) => /^[^*?:]+:/.test(action)))
    .sort((one, other) => other.score - one.score);
  const [best] = fits;
  if (best === undefined) return { none: noFit(policy, documents), says: [], fits: [] };
  const named = fits.filter(
    ({ score }, index) => score === best.score || (index < mostNamed && score >= best.score * nearlyAsWell),
  );
  const equal = named.filter(({ score }) => score === best.score);
  return {
    none: undefined,
    says: [
      'Guessed from the policy, and nothing was checked yet: name the job with `--use-case`.',
      ...(equal.length > 1
        ? [`${equal.map(({ guess: one }) => quote(one.useCase.id)).join(' and ')} fit equally well.`]
        : []),
    ],
    fits: named.map(toldFit),
  };
}

function toldFit({ guess: one, has, needs }: Fit): ToldFit {
  const { useCase, options, command, pieces, explained, missing, notTold } = one;
  return {
    useCase,
    options,
    says: `${useCase.id}: gives a reason for ${explained.length} of ${pieces.length} permissions of the policy${
      needs === 0 ? '' : `, which has ${has} of the ${needs} that the job needs`
    }`,
    command,
    untold: [
      ...notTold.filter((text) => text.startsWith('the search ended')).map((text) => `not told: ${text}`),
      ...missing.map((problem) => `cannot be read from the policy: ${problem}`),
    ],
  };
}

/** The use cases that a policy fits best, as lines. */
export function fitLines({ says, fits }: Fits): string[] {
  return [
    ...says,
    ...fits.flatMap(({ says: said, command, untold }) => [
      '',
      said,
      ...[command, ...untold].map((text) => `  ${text}`),
    ]),
  ];
}

function noFit(policy: string, documents: readonly PolicyDocument[]): string {
  const isAnything = documents.some(({ Statement: statements }) =>
    statements.some(({ Effect, Action = ['*'] }) => Effect === 'Allow' && Action.some((one) => /^[^:]*[*?]/.test(one))),
  );
  return isAnything
    ? `what ${quote(policy)} is for cannot be told: it allows actions of every service, so name the job with \`--use-case\``
    : `no use case of the catalog fits ${quote(policy)}: none needs what it allows, see \`postern list\``;
}

function fitOf(one: Guess, documents: readonly PolicyDocument[]): Fit {
  const { document, pieces, explained } = one;
  const needed = (document?.Statement ?? []).flatMap((statement) =>
    (statement.Action ?? []).map((action) => documentOf(document?.Version, { ...statement, Action: [action] })),
  );
  const has = needed.filter((permission) => compare(documents, permission).gained === null).length;
  const reason = explained.length / Math.max(1, pieces.length);
  const whole = needed.length === 0 ? 0.5 : has / needed.length;
  return { guess: one, has, needs: needed.length, score: (2 * reason * whole) / Math.max(1e-9, reason + whole) };
}
