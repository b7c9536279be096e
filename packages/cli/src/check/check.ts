import { describeEvidence, parse, quote, tryBuild, type UseCase } from '@postern/core';
import type { CheckFlags } from '../commands/check.js';
import { Finding, InputError } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { readOptionsFile } from '../options/file.js';
import { describeProblem, spellingOf } from '../options/spell.js';
import { examplePlace, readInput } from '../policies/input.js';
import { printSarif, type SarifFinding } from '../reports/sarif.js';
import { describeWitness } from '../reports/words.js';
import { headingStyle } from '../styles.js';
import { findFindings, type Findings } from './findings.js';

/** Checks one policy against a use case and prints what was found. */
export async function check(
  policy: string,
  useCase: UseCase,
  flags: CheckFlags & Record<string, unknown>,
  io: Io,
): Promise<void> {
  const { options: file, json, sarif, failOn = 'any' } = flags;
  const given = Object.fromEntries(Object.entries(flags).filter(([name]) => Object.hasOwn(useCase.options, name)));
  const fromFile = file === undefined ? undefined : await readOptionsFile(file, io);
  const spelling = spellingOf(fromFile, given);
  const { document, problems, resolved } = tryBuild(useCase, { ...fromFile, ...given }, spelling);
  if (problems.length > 0) throw new InputError(problems.map((problem) => describeProblem(problem, spelling)));
  const { account, region, partition } = resolved.place;
  const place = {
    account: account ?? examplePlace.account,
    region: region ?? examplePlace.region,
    partition: partition ?? examplePlace.partition,
  };
  const input = await readInput(policy, place, io);
  const unreadable = input.documents.flatMap((source) =>
    parse(source).problems.filter(({ severity }) => severity === 'unreadable'),
  );
  if (unreadable.length > 0) {
    throw new InputError(unreadable.map(({ path, message }) => `${quote(policy)}: ${path}: ${message}`));
  }
  for (const note of input.notes) writeLine(io.stderr, `note: ${note}`);

  const findings = findFindings(input.documents, useCase, document);
  if (json) writeLine(io.stdout, JSON.stringify({ policy, useCase: useCase.id, ...findings }, null, 2));
  else if (sarif) io.stdout.write(printSarif(sarifFindings(findings, useCase, policy)));
  else printText(findings, useCase, io);

  const { missing, extra, unknown } = findings;
  const fails =
    unknown.length > 0 || (failOn !== 'extra' && missing.length > 0) || (failOn !== 'missing' && extra.length > 0);
  if (fails) {
    const parts = [
      ...(missing.length > 0 ? [`${missing.length} missing`] : []),
      ...(extra.length > 0 ? [`${extra.length} extra`] : []),
      ...(unknown.length > 0 ? ['not all could be told'] : []),
    ];
    throw new Finding(`${quote(policy)} is not what ${quote(useCase.id)} needs: ${parts.join(', ')}`);
  }
}

function printText({ missing, extra, unknown }: Findings, useCase: UseCase, io: Io): void {
  const heading = headingStyle(io.stdout, io);
  const line = (text = '') => writeLine(io.stdout, text);
  if (missing.length + extra.length + unknown.length === 0) {
    line(`The policy allows exactly what ${quote(useCase.id)} needs.`);
    return;
  }
  if (missing.length > 0) line(heading('Missing: these steps will break'));
  for (const { sid, step, witness, evidence } of missing) {
    line(`  ${describeWitness(witness!)}`);
    line(`      step  ${step}`);
    line(`      in    ${sid}`);
    for (const one of evidence) line(`      from  ${describeEvidence(one)}`);
  }
  if (extra.length > 0) line(`${missing.length > 0 ? '\n' : ''}${heading('Extra: allowed, and not needed')}`);
  for (const witness of extra) line(`  ${describeWitness(witness)}`);
  if (unknown.length > 0) line(`${missing.length + extra.length > 0 ? '\n' : ''}${heading('Not known')}`);
  for (const reason of unknown) line(`  ${reason}`);
}

function sarifFindings({ missing, extra, unknown }: Findings, useCase: UseCase, file: string): SarifFinding[] {
  const uri = file.replace(/#[^#]*$/, '');
  return [
    ...missing.map(({ step, witness, action }) => ({
      id: 'missing-permission',
      title: 'The job needs a permission that the policy does not give',
      level: 'error' as const,
      message: `${useCase.id} will break where it has to ${step}: ${describeWitness(witness!)} is refused.`,
      uri,
      key: action,
    })),
    ...extra.map((witness) => ({
      id: 'extra-permission',
      title: 'The policy allows what the job does not need',
      level: 'warning' as const,
      message: `${useCase.id} does not need ${describeWitness(witness)}.`,
      uri,
      key: `${witness.action} ${witness.resource}`,
    })),
    ...unknown.map((reason) => ({
      id: 'not-compared',
      title: 'Part of the policy could not be compared',
      level: 'warning' as const,
      message: reason,
      uri,
      key: reason,
    })),
  ];
}
