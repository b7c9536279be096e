import { infer, respell, tryBuild, type PolicyDocument, type Request, type Untold, type UseCase } from '@postern/core';
import { placeOfDocuments } from '../../access/request.js';
import { flagsText, shellWord } from '../../options/command-line.js';
import { commandLine, describeProblem } from '../../options/spell.js';
import { piecesFor, type KnownPlace, type PolicyPiece } from './requests.js';

/** What a policy seems to be for: options read from it, and what speaks against them. */
export interface Guess {
  readonly useCase: UseCase;
  readonly options: Readonly<Record<string, unknown>>;
  /** The command line with these options. */
  readonly command: string;
  /** Undefined where the options do not build. */
  readonly document: PolicyDocument | undefined;
  /** Options that are missing, as the command line says it. */
  readonly missing: readonly string[];
  /** What else the policy does not tell, in sentences. */
  readonly notTold: readonly string[];
  readonly pieces: readonly PolicyPiece[];
  /** The pieces of the policy that the options give a reason for. */
  readonly explained: readonly PolicyPiece[];
}

/** Reads the options of a use case from what a policy allows. Nothing of it is a fact: a policy may allow too much. */
export function guess(
  useCase: UseCase,
  policy: string,
  documents: readonly PolicyDocument[],
  given: KnownPlace & Readonly<Record<string, unknown>>,
): Guess {
  const { account, region, partition } = { ...placeOfDocuments(documents), ...given };
  const pieces = piecesFor(useCase, documents, { account, region, partition });
  const requests = [
    ...new Map(pieces.flatMap((piece) => piece.requests).map((one) => [JSON.stringify(one), one])).values(),
  ];
  const place = Object.fromEntries(
    Object.entries({ account: given.account, region: given.region, partition: given.partition }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const found = infer(useCase, requests, { place });
  const options = { ...found.options, ...given };
  const { document, problems } = tryBuild(useCase, options, commandLine);
  const refused = new Set(
    found.untold.flatMap(({ request }) => (request === undefined ? [] : [JSON.stringify(request)])),
  );
  const flags = flagsText(useCase, options);
  return {
    useCase,
    options,
    command: `postern check ${shellWord(policy)} --use-case ${useCase.id}${flags === '' ? '' : ` ${flags}`}`,
    document: problems.length === 0 ? document : undefined,
    missing: problems.map((problem) => describeProblem(problem)),
    notTold: [...wildcards(pieces), ...sentences(useCase, found.untold)],
    pieces,
    explained: pieces.filter((piece) => piece.requests.some((one) => !refused.has(JSON.stringify(one)))),
  };
}

function wildcards(pieces: readonly PolicyPiece[]): string[] {
  const patterns = pieces.filter(({ action, requests }) => /[*?]/.test(action) && requests.length > 0);
  return [...new Set(patterns.map(({ action }) => action))].map(
    (action) => `\`${action}\` does not say which steps the job takes: it counts for what the job needs by default`,
  );
}

function sentences(useCase: UseCase, untold: readonly Untold[]): string[] {
  return untold.flatMap(({ request, option, message }) => {
    if (request !== undefined) return [`${describe(request)}: ${respell(message, useCase, commandLine)}`];
    // Options that are missing or wrong are told by the build itself.
    if (option === undefined) return [message];
    return message.includes('as well') ? [describeProblem({ path: option, message })] : [];
  });
}

function describe({ action, resource }: Request): string {
  return `\`${action}\` on \`${resource}\``;
}
