import { describeEvidence, parse, print, quote, type PolicyDocument, type UseCase } from '@postern/core';
import { namedByPolicy } from '../../access/pieces.js';
import { lazyReference } from '../../access/reference.js';
import type { Surroundings } from '../../access/request.js';
import { Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { buildGiven, readOptions } from '../../options/given.js';
import { boundsOf } from '../../policies/deferred.js';
import { placeOf, readInput, requireParameters, type PolicyInput } from '../../policies/input.js';
import type { TemplatePlace } from '../../policies/found.js';
import { readParameters } from '../../policies/parameters.js';
import { openTexts } from '../../reports/difference-report.js';
import { plainJson, plainLine } from '../../reports/plain.js';
import { printSarif, type SarifFinding } from '../../reports/sarif.js';
import { describeGain, describeWitness } from '../../reports/words.js';
import { headingStyle } from '../../styles.js';
import type { CheckFlags } from './flags.js';
import { findFindings, sidsOf, withFreeSid, type Findings } from './findings.js';
import { nameFits } from './fits.js';
import { addMissing, withoutExtra } from './fix.js';
import { guess, type Guess } from './guess.js';

/** Checks one policy against a use case and prints what was found. */
export async function check(
  policy: string,
  useCase: UseCase,
  flags: CheckFlags & Record<string, unknown>,
  io: Io,
): Promise<void> {
  const { json, sarif, fix, removeExtra, failOn = 'any' } = flags;
  const given = await readOptions(useCase, flags, io);
  const isGuessed = Object.keys(given.options).every((name) => placeNames.has(name));
  const { problems, resolved, ...built } = buildGiven(useCase, given);
  if (problems.length > 0 && !isGuessed) throw new InputError(problems);
  const place = placeOf(isGuessed ? given.options : resolved.place, readParameters(flags.parameter));
  const input = await readPolicy(policy, place, flags, io).catch((error: unknown) => {
    if (!(error instanceof InputError) || !isGuessed) throw error;
    throw new InputError([...problems, ...error.problems]);
  });
  const read = isGuessed ? guessOptions(useCase, policy, input, given.options) : undefined;
  // Where the policy tells no option that was not given, nothing was guessed.
  const guessed = read !== undefined && tellsMore(read, given.options) ? read : undefined;
  const document = read?.document ?? built.document;
  if (guessed !== undefined && (json === true || sarif === true || fix === true))
    for (const text of guessLines(guessed)) writeLine(io.stderr, plainLine(text));

  const surroundings: Surroundings = { place, reference: lazyReference() };
  const bounds = input.isOpen ? boundsOf(input.documents as object[]) : { least: parsed(input), most: parsed(input) };
  if (fix) return printFix(policy, input, useCase, document, surroundings, removeExtra === true, io);
  const found = await findFindings(bounds, useCase, document, surroundings, input.elsewhere.length === 0);
  const findings = withPolicyNames(found, input.documentNames);
  const open = input.isOpen ? openTexts(input.documents) : [];
  if (json) writeLine(io.stdout, plainJson(toJson(policy, useCase, findings, open, input.elsewhere, guessed)));
  else if (sarif) io.stdout.write(printSarif(sarifFindings(findings, open, useCase, policy, input.elsewhere)));
  else {
    if (guessed !== undefined) {
      const [heading, ...lines] = guessLines(guessed);
      writeLine(io.stdout, headingStyle(io.stdout, io)(heading!));
      for (const text of [...lines, '']) writeLine(io.stdout, plainLine(text));
    }
    printText(findings, open, useCase, input, io);
  }

  const { missing, extra, unseen, unknown } = findings;
  const needsOthers = findings.elsewhere.length > 0 || (failOn !== 'missing' && input.elsewhere.length > 0);
  const fails =
    unknown.length > 0 ||
    (failOn !== 'extra' && (missing.length > 0 || findings.elsewhere.length > 0)) ||
    (failOn !== 'missing' && extra.length + unseen + input.elsewhere.length > 0);
  if (!fails) return;
  const count = missing.reduce((sum, one) => sum + one.missing.length, 0);
  const parts = [
    ...(count > 0 ? [`${count} missing`] : []),
    ...(extra.length + unseen > 0 ? [`${extra.length + unseen} extra`] : []),
    ...(unknown.length > 0 || needsOthers ? ['not all could be told'] : []),
  ];
  throw new Finding(`${quote(policy)} is not what ${quote(useCase.id)} needs: ${parts.join(', ')}`);
}

/** Names the use cases that fit a policy best. */
export async function findFits(policy: string, flags: CheckFlags, io: Io): Promise<void> {
  const input = await readPolicy(policy, placeOf({}, readParameters(flags.parameter)), flags, io);
  nameFits(policy, allowing(policy, input), {}, io);
}

async function readPolicy(policy: string, place: TemplatePlace, flags: CheckFlags, io: Io): Promise<PolicyInput> {
  const input = await readInput(policy, place, io, { type: 'identity' });
  requireParameters(readParameters(flags.parameter), [input]);
  for (const note of input.notes) writeLine(io.stderr, plainLine(`note: ${note}`));
  return input;
}

/** Options that say where the resources are, and nothing of the job. */
const placeNames: ReadonlySet<string> = new Set(['account', 'region', 'partition', 'allowUnknownRegion']);

/** @throws {InputError} where nothing is allowed, so that nothing can be read from it */
function allowing(policy: string, input: PolicyInput): PolicyDocument[] {
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

/** What was guessed, in lines: the first is a heading. */
function guessLines({ command, notTold }: Guess): string[] {
  const shown = notTold.slice(0, mostNotTold);
  const rest = notTold.length - shown.length;
  return [
    'Guessed from the policy, since no options were given: look whether they are what the job does',
    `  ${command}`,
    ...shown.map((text) => `  not told: ${text}`),
    ...(rest > 0 ? [`  … and ${rest} more that the policy does not tell`] : []),
  ];
}

const mostNotTold = 6;

function parsed({ documents }: PolicyInput): PolicyDocument[] {
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

function listed(arns: readonly string[]): string {
  return arns.map((arn) => quote(arn)).join(', ');
}

/** What is not known for policies that are attached and not in the file; empty where there is none. */
function aboutElsewhere(attached: readonly string[], { elsewhere }: Findings): string[] {
  if (attached.length === 0) return [];
  const which = `${listed(attached)} ${attached.length === 1 ? 'is' : 'are'} attached and not in the file`;
  const besides = `${which}: what ${attached.length === 1 ? 'it allows' : 'they allow'} besides is not looked at`;
  return elsewhere.length === 0
    ? [besides]
    : [besides, `needed, not given by the policies in the file, and perhaps given by those: ${elsewhere.join(', ')}`];
}

/** Prints the policy with what is missing added, and, if so wished, with what is not needed taken out. */
async function printFix(
  policy: string,
  input: PolicyInput,
  useCase: UseCase,
  needed: PolicyDocument,
  surroundings: Surroundings,
  removeExtra: boolean,
  io: Io,
): Promise<void> {
  if (input.isOpen) {
    throw new Finding(
      `${quote(policy)} cannot be fixed: part of it is known only after deployment, so nothing could be proved`,
    );
  }
  const before = parsed(input);
  if (input.elsewhere.length > 0) {
    throw new Finding(
      `${quote(policy)} cannot be fixed: ${listed(input.elsewhere)} ${input.elsewhere.length === 1 ? 'is' : 'are'} attached and not in the file, so nothing could be proved`,
    );
  }
  const base = removeExtra ? withoutExtra(before, needed) : before;
  const { missing } = await findFindings({ least: base, most: base }, useCase, needed, surroundings);
  const fixed = addMissing(base, missing, needed, removeExtra ? undefined : before);
  if ('refused' in fixed) throw new Finding(`${quote(policy)} cannot be fixed: ${fixed.refused}`);
  const { documents } = fixed;
  const [only] = documents;
  io.stdout.write(documents.length === 1 && only !== undefined ? `${print(only)}\n` : `${plainJson(documents)}\n`);
  const count = missing.reduce((sum, one) => sum + one.missing.length, 0);
  const id = quote(useCase.id);
  const more = count === 0 ? '' : `${count} ${count === 1 ? 'permission' : 'permissions'} more and `;
  const what = removeExtra ? `allows exactly what ${id} needs` : `has ${more}all that ${id} needs`;
  writeLine(io.stderr, `proved by comparison: it ${what}`);
}

function printText(findings: Findings, open: readonly string[], useCase: UseCase, input: PolicyInput, io: Io): void {
  const { missing, extra, unseen, deferred } = findings;
  const unknown = [...aboutElsewhere(input.elsewhere, findings), ...findings.unknown];
  const heading = headingStyle(io.stdout, io);
  const line = (text = '') => writeLine(io.stdout, plainLine(text));
  let isFirst = true;
  const section = (title: string) => {
    if (!isFirst) line();
    isFirst = false;
    writeLine(io.stdout, heading(title));
  };
  if (missing.length + extra.length + unseen + unknown.length === 0) {
    isFirst = false;
    if (open.length + deferred.length === 0) line(`The policy allows exactly what ${quote(useCase.id)} needs.`);
    else
      line(
        `Nothing that ${quote(useCase.id)} needs is missing and nothing is extra, as far as is known before deployment.`,
      );
  }
  if (missing.length > 0) section('Missing: these steps will break');
  const taken = sidsOf(input.documents);
  for (const { sid, missing: some, evidence, statement } of missing) {
    for (const { step, witness } of some) {
      line(`  ${describeWitness(witness)}`);
      line(`      step  ${step}`);
    }
    line(`      in    ${sid}`);
    for (const one of evidence) line(`      from  ${describeEvidence(one)}`);
    const refusedBy = [...new Set(some.flatMap((one) => one.refusedBy))];
    if (refusedBy.length > 0)
      line(`      the Deny of ${refusedBy.map((name) => quote(name)).join(', ')} refuses it: narrow that`);
    else {
      line('      add');
      for (const text of JSON.stringify(withFreeSid(statement, taken), null, 2).split('\n')) line(`      ${text}`);
    }
  }
  if (extra.length > 0) section('Extra: allowed, and not needed');
  for (const gain of extra) {
    line(`  ${describeGain(gain, 'extra')}, in ${gain.statement}`);
    line(`      for example ${describeWitness(gain.witness)}`);
  }
  if (unseen > 0) line(`  … and ${unseen} more, not looked at one by one`);
  if (open.length + deferred.length > 0) section('Known only after deployment: neither missing nor extra');
  for (const text of open) line(`  ${text}`);
  if (deferred.length > 0) line(`  needed, and perhaps given by these: ${deferred.join(', ')}`);
  if (unknown.length > 0) section('Not known');
  for (const reason of unknown) line(`  ${reason}`);
}

function toJson(
  policy: string,
  useCase: UseCase,
  findings: Findings,
  open: readonly string[],
  attached: readonly string[],
  guessed: Guess | undefined,
): object {
  const { missing, extra, unseen, deferred, elsewhere, unknown } = findings;
  return {
    policy,
    useCase: useCase.id,
    ...(guessed && {
      guessed: { options: guessed.options, command: guessed.command, notTold: guessed.notTold },
    }),
    missing: missing.flatMap((one) => one.missing),
    add: missing.map(({ statement }) => statement),
    extra,
    unseen,
    afterDeployment: { statements: open, needed: deferred },
    elsewhere: { attached, needed: elsewhere },
    unknown,
  };
}

function sarifFindings(
  findings: Findings,
  open: readonly string[],
  useCase: UseCase,
  file: string,
  attached: readonly string[],
): SarifFinding[] {
  const { missing, extra, unseen, deferred } = findings;
  const unknown = [...aboutElsewhere(attached, findings), ...findings.unknown];
  const uri = file.replace(/#[^#]*$/, '');
  return [
    ...missing.flatMap((one) =>
      one.missing.map(({ step, witness, action }) => ({
        id: 'missing-permission',
        title: 'The job needs a permission that the policy does not give',
        level: 'error' as const,
        message: `${useCase.id} will break: ${describeWitness(witness)} is refused. The step: ${step}.`,
        uri,
        key: `${one.sid} ${action} ${one.statement.Resource?.join(' ') ?? ''}`,
      })),
    ),
    ...extra.map((gain) => ({
      id: 'extra-permission',
      title: 'The policy allows what the job does not need',
      level: 'warning' as const,
      message: `${useCase.id} does not need ${describeGain(gain, 'extra')}, in ${gain.statement}: for example ${describeWitness(gain.witness)}.`,
      uri,
      key: `${gain.statement} ${describeGain(gain, 'extra')}`,
    })),
    ...[...open, ...deferred.map((text) => `needed, and perhaps given: ${text}`)].map((text) => ({
      id: 'known-after-deployment',
      title: 'Part of the policy is known only after deployment',
      level: 'note' as const,
      message: `Known only after deployment, so neither missing nor extra: ${text}.`,
      uri,
      key: text,
    })),
    ...[...unknown, ...(unseen > 0 ? [`${unseen} more patterns were not looked at one by one`] : [])].map((reason) => ({
      id: 'not-compared',
      title: 'Part of the policy could not be compared',
      level: 'warning' as const,
      message: reason,
      uri,
      key: reason,
    })),
  ];
}
