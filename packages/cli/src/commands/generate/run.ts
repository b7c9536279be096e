import { explain, listNotes, quote, takesSeveral, type UseCase } from '@postern/core';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { writeLine, type Io } from '../../io.js';
import { buildGiven } from '../../options/built.js';
import { readOptions } from '../../options/given.js';
import { kebabCase } from '../../options/spell.js';
import { wordProblems } from '../../options/words.js';
import { writeOutput } from '../../output.js';
import { describeSize, oversizeProblems } from '../../printing/policy-size.js';
import { plainJson } from '../../reports/plain.js';
import { symbolicPlace, typicalDocument } from '../../printing/symbolic-place.js';
import type { GenerateFlags } from './flags.js';

/** Prints the policy of a use case. */
export async function generate(
  useCase: UseCase,
  flags: GenerateFlags & Record<string, unknown>,
  io: Io,
): Promise<void> {
  const { format: word = 'json', name = useCase.id, output, explain: explained, split: splits } = flags;
  const problems = [...wordProblems('--format', word, Object.keys(formats)), ...nameProblems(name)];
  if (flags.json && (flags.format !== undefined || splits))
    problems.push('`--json` is a form of its own: leave `--format` and `--split` out');
  const format = await formats[Object.hasOwn(formats, word) ? word : 'json']!();
  const given = await readOptions(useCase, flags, io);
  const built = buildGiven(useCase, given, format.needsPlace ? {} : symbolicPlace);
  problems.push(...built.problems);
  if (problems.length > 0) throw new InputError(problems);
  const typical = typicalDocument(built.document);
  if (format.managed && !splits) refuse(oversizeProblems(typical));
  const parts = splits ? (await import('./divide.js')).divide(built.document) : undefined;
  if (parts !== undefined && format.managed) refuseLongNames(name, parts.length);

  const explanations = explained || flags.json ? explain(useCase, built.document) : [];
  const notes = [...listNotes(useCase, built.resolved, given.spelling), ...commaNotes(useCase, given.flags)];
  const asObject = { policy: built.document, explanation: explanations, notes };
  const text = flags.json
    ? `${plainJson(asObject)}\n`
    : format.print({
        useCase,
        options: given.options,
        document: built.document,
        explanations,
        name,
        ...(parts === undefined ? {} : { parts }),
      });
  if (output === undefined) io.stdout.write(text);
  else writeOutput(output, text, io);

  if (parts === undefined) writeLine(io.stderr, describeSize(typical));
  else writeLine(io.stderr, (await import('../../documents/parts.js')).describeParts(parts.map(typicalDocument)));
  for (const note of notes) writeLine(io.stderr, `note: ${note}`);
  if (explained && !format.explains && !flags.json) {
    const { printExplanationTable } = await import('../../printing/explanation-table.js');
    writeLine(io.stderr, printExplanationTable(explanations, io.stderr.columns ?? 120));
  }
}

/** Where a comma may stand in a name, a list with commas is one value, which may not be what is meant. */
function commaNotes(useCase: UseCase, flags: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    if (!takesSeveral(useCase.options, name) || !Array.isArray(value)) return [];
    const withComma = (value as readonly string[]).filter((item) => item.includes(','));
    return withComma.map(
      (item) =>
        `--${kebabCase(name)}: ${quote(item)} is one value with a comma in it; several have blanks between them`,
    );
  });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
function nameProblems(name: string): string[] {
  if (/^[A-Za-z0-9+=,.@_-]{1,128}$/.test(name)) return [];
  return [`--name: ${quote(name)} is no name of a managed policy: use up to 128 letters, digits and \`+=,.@_-\``];
}

/** All policies but the first have a number behind the name, which counts. */
function refuseLongNames(name: string, parts: number): void {
  const longest = 128 - (parts > 1 ? `-${parts}`.length : 0);
  if (name.length <= longest) return;
  throw new InputError([
    `--name: ${quote(name)} has ${name.length} characters, and ${parts} policies number it: use up to ${longest}`,
  ]);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new InputError(problems);
}
