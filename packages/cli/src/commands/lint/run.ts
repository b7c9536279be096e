import { existsSync, readFileSync, statSync } from 'node:fs';
import { readJson, textOfNumber } from '@postern/core';
import type { LintFlags } from './flags.js';
import { failureOf, Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { writeOutput } from '../../output.js';
import { readType } from '../../options/document-type.js';
import { findPolicies } from '../../policies/find.js';
import type { FoundPolicies, FoundDocument } from '../../policies/found.js';
import { isObject } from '../../policies/json-values.js';
import { readPolicies } from '../../policies/input.js';
import { linesOf } from '../../policies/lines.js';
import { isInShard, readShard, type Shard } from '../../policies/shard.js';
import { plainLine } from '../../reports/plain.js';
import { isJson } from '../../reports/text-places.js';
import { describeReference } from '../../lint/answer.js';
import { Baseline } from '../../lint/baseline.js';
import { filesOf } from '../../lint/files.js';
import { describeCounts, type Reported } from '../../lint/finding.js';
import { applyFixes } from '../../lint/fix/apply.js';
import { formats } from '../../lint/formats/index.js';
import type { LintFormat, Summary } from '../../lint/format.js';
import { lintPlace, look, place, sayOf, sourceOf } from '../../lint/look.js';
import { allRules } from '../../lint/rules/all.js';
import { ServiceReference } from '../../lint/service-reference.js';
import { Suppressions } from '../../lint/suppressions/apply.js';
import { defaultFile, readSuppressions } from '../../lint/suppressions/file.js';

/** Lints files, folders and patterns, or JSON Lines, one document after the other. */
export async function lint(inputs: readonly string[], flags: LintFlags, io: Io): Promise<void> {
  const config = flags.config ?? (existsSync(defaultFile) ? defaultFile : undefined);
  const names = new Set(allRules.keys());
  const suppressions = new Suppressions(config === undefined ? [] : await readSuppressions(config, names), names);
  const baseline =
    flags.baseline === undefined ? undefined : Baseline.read(flags.baseline, flags.updateBaseline === true);
  const shard = readShard(flags.shard);
  const reference = await ServiceReference.load();
  writeLine(io.stderr, describeReference(reference, new Date()));
  const format = (await formats[formatOf(flags)]!()).make(io, allRules);
  const run = new LintRun(flags, io, format, suppressions, baseline, reference);
  for await (const read of flags.lines ? fromLines(io, shard) : fromFiles(inputs, shard, io)) await run.file(read);
  await run.end(config);
}

/** Which format the flags ask for. */
function formatOf({ json, sarif, format = 'text' }: LintFlags): string {
  if (json) return 'json';
  return sarif ? 'sarif' : format;
}

/** What was read of a file, or why it could not be. */
interface ReadDocuments {
  readonly file: string;
  readonly found?: FoundPolicies;
  readonly error?: string;
  /** The whole text, where the findings have their places in it. */
  readonly text?: string | undefined;
}

async function* fromFiles(inputs: readonly string[], shard: Shard, io: Io): AsyncGenerator<ReadDocuments> {
  let count = 0;
  for await (const { file, error: none } of filesOf(inputs)) {
    if (none !== undefined) yield { file, error: none };
    if (none !== undefined || !isInShard(count++, shard)) continue;
    const stdin = file === '-' ? await keepText(io) : undefined;
    try {
      const found = await readPolicies(file, lintPlace, stdin === undefined ? io : { ...io, stdin: [stdin] as never });
      yield { file, found, text: stdin ?? textOf(file) };
    } catch (error) {
      yield { file, error: failureOf(error) };
    }
  }
}

async function keepText({ stdin }: Io): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function textOf(file: string): string | undefined {
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
}

/** A policy on each line, or `{ id, policy }`. */
async function* fromLines(io: Io, shard: Shard): AsyncGenerator<ReadDocuments> {
  let count = 0;
  for await (const { text, number, tooLong } of linesOf(io.stdin)) {
    if ((text.trim() === '' && !tooLong) || !isInShard(count++, shard)) continue;
    if (tooLong) yield { file: `line ${number}`, error: `line ${number}: the line is too long` };
    else yield readLine(text, number);
  }
}

function readLine(text: string, number: number): ReadDocuments {
  try {
    const { value, problems } = readJson(text, 'asWritten');
    const wrapped = isObject(value) && 'policy' in value;
    const id = wrapped ? (textOfNumber(value['id']) ?? value['id']) : undefined;
    const file = typeof id === 'string' || typeof id === 'number' ? String(id) : `line ${number}`;
    const found = problems.length > 0 ? undefined : findPolicies(wrapped ? value['policy'] : value, lintPlace);
    if (found !== undefined) return { file, found };
    return { file, error: `line ${number}: ${problems[0]?.message ?? 'holds no policy that can be told'}` };
  } catch (unexpected) {
    return { file: `line ${number}`, error: `line ${number}: ${failureOf(unexpected)}` };
  }
}

/** One run over all files: it counts, takes out what is known, and hands each file's findings to the format. */
class LintRun {
  private readonly summary: { -readonly [Name in keyof Summary]: Summary[Name] } = {
    files: 0,
    policies: 0,
    trust: 0,
    unread: 0,
    unclear: 0,
    open: 0,
    suppressed: 0,
    known: 0,
    error: 0,
    warning: 0,
    note: 0,
  };

  constructor(
    private readonly flags: LintFlags,
    private readonly io: Io,
    private readonly format: LintFormat,
    private readonly suppressions: Suppressions,
    private readonly baseline: Baseline | undefined,
    private readonly reference: ServiceReference,
  ) {}

  async file({ file, found, error, text }: ReadDocuments): Promise<void> {
    this.summary.files += 1;
    if (error !== undefined) this.unread(file, error);
    for (const note of found?.notes ?? []) writeLine(this.io.stderr, plainLine(`note: ${file}: ${note}`));
    const looked = await look(found, file, text, this.reference, readType(this.flags.type));
    for (const name of ['policies', 'open', 'trust', 'unread', 'unclear'] as const) this.summary[name] += looked[name];
    for (const message of looked.said) this.say(file, message);
    const { findings } = looked;
    await this.report(file, findings, text);
    this.progress();
  }

  private unread(file: string, error: string): void {
    this.summary.unread += 1;
    this.say(file, error);
  }

  private say(file: string, error: string): void {
    for (const message of sayOf(file, error)) writeLine(this.io.stderr, plainLine(`postern: ${message}`));
  }

  private async report(file: string, findings: readonly Reported[], text: string | undefined): Promise<void> {
    const source = await sourceOf(text, findings);
    const placed = source === undefined ? findings : place(findings, source);
    let left: readonly Reported[] = this.suppressions.apply(file, placed, text);
    if (this.baseline !== undefined) left = this.baseline.take(left);
    if (this.flags.fix === true && text !== undefined) left = await this.fix(file, left, text);
    for (const { finding } of left) this.summary[finding.level] += 1;
    this.format.file(file, left, source);
  }

  /** Writes the file anew with the fixes that alter nothing, and leaves the other findings. */
  private async fix(file: string, findings: readonly Reported[], text: string): Promise<readonly Reported[]> {
    const { text: next, applied } = await applyFixes(text, findings, documentsIn);
    if (applied.length === 0) return findings;
    writeOutput(file, next, this.io);
    for (const { finding, fix } of applied) {
      const at = finding.line === undefined ? '' : `:${finding.line}`;
      writeLine(this.io.stderr, plainLine(`fixed: ${file}${at}: ${fix!.title} [${finding.rule}]`));
    }
    return findings.filter((finding) => !applied.includes(finding));
  }

  private progress(): void {
    const { files } = this.summary;
    if (this.io.stderr.isTTY && files % 100 === 0) this.io.stderr.write(`\r${files} files`);
  }

  async end(config: string | undefined): Promise<void> {
    const { summary } = this;
    if (this.io.stderr.isTTY && summary.files >= 100) this.io.stderr.write('\n');
    const unused = config === undefined || this.flags.shard !== undefined ? [] : this.suppressions.unused(config);
    for (const { finding } of unused) summary[finding.level] += 1;
    if (unused.length > 0) this.format.file(config!, unused, undefined);
    summary.suppressed = this.suppressions.suppressed;
    summary.known = this.baseline?.known ?? 0;
    this.format.end(summary);
    if (this.baseline !== undefined && this.flags.updateBaseline === true) {
      this.baseline.write(this.flags.baseline!, this.io);
      return;
    }
    if (summary.unread + summary.unclear > 0) {
      throw new InputError([`${summary.unread + summary.unclear} of ${summary.files} could not be read`]);
    }
    const { failOn = 'warning' } = this.flags;
    const counted = { error: summary.error, warning: summary.error + summary.warning, note: 1 }[failOn] ?? 0;
    const all = summary.error + summary.warning + summary.note;
    if (failOn === 'note' ? all > 0 : counted > 0) throw new Finding(describeCounts(summary));
  }
}

/** The documents of every policy in a text; undefined where it cannot be read. */
async function documentsIn(text: string): Promise<ReadonlyMap<string, readonly FoundDocument[]> | undefined> {
  let value: unknown;
  if (isJson(text)) {
    const reading = readJson(text, 'asWritten');
    if (reading.problems.length > 0) return undefined;
    value = reading.value;
  } else {
    const { readTemplateYaml } = await import('../../printing/yaml.js');
    try {
      value = readTemplateYaml(text);
    } catch {
      return undefined;
    }
  }
  const found = findPolicies(value, lintPlace);
  return found && new Map(found.policies.map(({ name, documents }) => [name, documents]));
}
