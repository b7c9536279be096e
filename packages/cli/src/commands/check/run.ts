import { quote, type UseCase } from '@postern/core';
import { lazyReference } from '../../access/reference.js';
import type { Surroundings } from '../../access/request.js';
import { Finding } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { readOptions } from '../../options/given.js';
import { requireParameters, type PolicyInput } from '../../policies/chosen.js';
import { readInput } from '../../policies/input.js';
import { placeOf } from '../../policies/place.js';
import type { TemplatePlace } from '../../policies/found.js';
import { readParameters } from '../../policies/parameters.js';
import { plainJson, plainLine } from '../../reports/plain.js';
import { printSarif, type SarifFinding } from '../../reports/sarif.js';
import { describeGain, describeWitness } from '../../reports/words.js';
import { headingStyle } from '../../styles.js';
import type { CheckFlags } from './flags.js';
import type { Findings } from './findings.js';
import { fitLines, fitsOf } from './fits.js';
import type { Guess } from './guess.js';
import { proposeFix } from './proposal.js';
import { allowing, answerOf, subjectOf, type Subject } from './subject.js';
import { aboutElsewhere, guessLines, tell, verdictOf, type ToldAnswer, type ToldFinding } from './told.js';

/** Checks one policy against a use case and prints what was found. */
export async function check(
  policy: string,
  useCase: UseCase,
  flags: CheckFlags & Record<string, unknown>,
  io: Io,
): Promise<void> {
  const { json, sarif, fix, removeExtra, failOn = 'any' } = flags;
  const given = await readOptions(useCase, flags, io);
  const parameters = readParameters(flags.parameter);
  const subject = await subjectOf(policy, useCase, given, parameters, (place) => readPolicy(policy, place, flags, io));
  const { guessed, input, place } = subject;
  if (guessed !== undefined && (json === true || sarif === true || fix === true))
    for (const text of indented(guessLines(guessed))) writeLine(io.stderr, plainLine(text));

  const surroundings: Surroundings = { place, reference: lazyReference() };
  if (fix) return printFix(policy, subject, surroundings.reference, removeExtra === true, io);
  const answer = await answerOf(subject, surroundings.reference);
  const { findings, open } = answer;
  if (json) writeLine(io.stdout, plainJson(toJson(policy, useCase, findings, open, input.elsewhere, guessed)));
  else if (sarif) io.stdout.write(printSarif(sarifFindings(findings, open, useCase, policy, input.elsewhere)));
  else printText(tell(subject, answer), io);

  const verdict = verdictOf(policy, useCase.id, findings, input, failOn);
  if (verdict !== undefined) throw new Finding(verdict);
}

/** Names the use cases that fit a policy best. */
export async function findFits(policy: string, flags: CheckFlags, io: Io): Promise<void> {
  const input = await readPolicy(policy, placeOf({}, readParameters(flags.parameter)), flags, io);
  const fits = fitsOf(policy, allowing(policy, input), {});
  if (fits.none !== undefined) throw new Finding(fits.none);
  for (const text of fitLines(fits)) writeLine(io.stdout, plainLine(text));
}

async function readPolicy(policy: string, place: TemplatePlace, flags: CheckFlags, io: Io): Promise<PolicyInput> {
  const input = await readInput(policy, place, io, { type: 'identity' });
  requireParameters(readParameters(flags.parameter), [input]);
  for (const note of input.notes) writeLine(io.stderr, plainLine(`note: ${note}`));
  return input;
}

/** Prints the policy with what is missing added, and, if so wished, with what is not needed taken out. */
async function printFix(
  policy: string,
  subject: Subject,
  reference: Surroundings['reference'],
  removeExtra: boolean,
  io: Io,
): Promise<void> {
  const proposal = await proposeFix(subject, reference, removeExtra);
  if ('refused' in proposal) throw new Finding(`${quote(policy)} cannot be fixed: ${proposal.refused}`);
  io.stdout.write(proposal.text);
  writeLine(io.stderr, proposal.says);
}

/** The lines below a heading. */
function indented([heading = '', ...lines]: readonly string[]): string[] {
  return [heading, ...lines.map((line) => `  ${line}`)];
}

function printText({ guessed, fits, sections }: ToldAnswer, io: Io): void {
  const heading = headingStyle(io.stdout, io);
  const line = (text = '') => writeLine(io.stdout, plainLine(text));
  if (guessed.length > 0) {
    const [title, ...lines] = indented(guessed);
    writeLine(io.stdout, heading(title!));
    for (const text of [...lines, '']) line(text);
  }
  if (fits !== undefined) line(fits);
  for (const [index, { title, findings, lines }] of sections.entries()) {
    if (index > 0 || fits !== undefined) line();
    writeLine(io.stdout, heading(title));
    for (const finding of findings) for (const text of findingLines(finding)) line(text);
    for (const text of lines) line(`  ${text}`);
  }
}

function findingLines({ what, example, sid, from, refused, add }: ToldFinding): string[] {
  return [
    ...what.flatMap(({ text, step }) => [`  ${text}`, ...(step === undefined ? [] : [`      step  ${step}`])]),
    ...(example === undefined ? [] : [`      for example ${example}`]),
    ...(sid === undefined ? [] : [`      in    ${sid}`]),
    ...from.map((one) => `      from  ${one}`),
    ...(refused === undefined ? [] : [`      ${refused}`]),
    ...(add === undefined ? [] : ['      add', ...add.split('\n').map((text) => `      ${text}`)]),
  ];
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
