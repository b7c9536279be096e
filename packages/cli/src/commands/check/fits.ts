import { compare, quote, useCases, type PolicyDocument, type UseCase } from '@postern/core';
import { documentOf } from '../../access/pieces.js';
import { Finding } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { plainLine } from '../../reports/plain.js';
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

/** Names the use cases that a policy fits best, each with the command that checks it. */
export function nameFits(
  policy: string,
  documents: readonly PolicyDocument[],
  given: KnownPlace & Readonly<Record<string, unknown>>,
  io: Io,
): void {
  const fits = (useCases as readonly UseCase[])
    .map((useCase) => fitOf(guess(useCase, policy, documents, given), documents))
    .filter(({ guess: { explained } }) => explained.some(({ action }) => /^[^*?:]+:/.test(action)))
    .sort((one, other) => other.score - one.score);
  const [best] = fits;
  if (best === undefined) throw new Finding(noFit(policy, documents));
  const named = fits.filter(
    ({ score }, index) => score === best.score || (index < mostNamed && score >= best.score * nearlyAsWell),
  );
  const equal = named.filter(({ score }) => score === best.score);
  const line = (text = '') => writeLine(io.stdout, plainLine(text));
  line('Guessed from the policy, and nothing was checked yet: name the job with `--use-case`.');
  if (equal.length > 1) line(`${equal.map(({ guess: one }) => quote(one.useCase.id)).join(' and ')} fit equally well.`);
  for (const fit of named) {
    const { useCase, command, pieces, explained, missing, notTold } = fit.guess;
    line();
    line(
      `${useCase.id}: gives a reason for ${explained.length} of ${pieces.length} permissions of the policy${
        fit.needs === 0 ? '' : `, which has ${fit.has} of the ${fit.needs} that the job needs`
      }`,
    );
    line(`  ${command}`);
    for (const text of notTold.filter((one) => one.startsWith('the search ended'))) line(`  not told: ${text}`);
    for (const problem of missing) line(`  cannot be read from the policy: ${problem}`);
  }
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
