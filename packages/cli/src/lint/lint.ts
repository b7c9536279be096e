import { existsSync, readFileSync, statSync } from 'node:fs';
import { parse, quote, readJson, textOfNumber, type PolicyDocument } from '@postern/core';
import type { LintFlags } from '../commands/lint.js';
import { failureOf, Finding, InputError } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { isDeferred } from '../policies/deferred.js';
import { findPolicies, isObject, type Found, type FoundPolicy } from '../policies/find.js';
import { examplePlace, readPolicies } from '../policies/input.js';
import { linesOf } from '../policies/lines.js';
import { isInShard, readShard, type Shard } from '../policies/shard.js';
import { plainLine } from '../reports/plain.js';
import { printSarif, type SarifFinding } from '../reports/sarif.js';
import type { SourceLines } from '../reports/source-lines.js';
import { filesOf } from './files.js';
import type { Level, Rule, RuleFinding } from './rule.js';
import { rules } from './rules/index.js';
import { ServiceReference } from './service-reference.js';

/** One finding, with the file and the policy it is in. */
export interface LintFinding extends RuleFinding {
  readonly file: string;
  /** The policy in the file; empty where the file is the policy. */
  readonly policy: string;
  readonly rule: string;
  readonly level: Level;
}

/** Lints files, folders and patterns, or JSON Lines, one document after the other. */
export async function lint(inputs: readonly string[], flags: LintFlags, io: Io): Promise<void> {
  const reference = await ServiceReference.load();
  const days = reference.staleDays(new Date());
  const date = reference.date.toISOString().slice(0, 10);
  writeLine(io.stderr, `service reference of ${date}${days === undefined ? '' : `: ${days} days old, update postern`}`);
  const report = new Report(flags, io);
  const shard = readShard(flags.shard);
  const source = flags.lines ? fromLines(io, shard) : fromFiles(inputs, shard, io);
  for await (const { file, found, error } of source) {
    if (error !== undefined) report.bad(file, error);
    for (const note of found?.notes ?? []) writeLine(io.stderr, plainLine(`note: ${file}: ${note}`));
    for (const policy of found?.policies ?? []) {
      try {
        await lintPolicy(policy, file, reference, report);
      } catch (unexpected) {
        report.bad(file, failureOf(unexpected));
      }
    }
    report.progress();
  }
  await report.end();
}

interface Read {
  readonly file: string;
  readonly found?: Found;
  readonly error?: string;
}

async function* fromFiles(inputs: readonly string[], shard: Shard, io: Io): AsyncGenerator<Read> {
  let count = 0;
  for await (const { file, error: none } of filesOf(inputs)) {
    if (none !== undefined) yield { file, error: none };
    if (none !== undefined || !isInShard(count++, shard)) continue;
    try {
      yield { file, found: await readPolicies(file, examplePlace, io) };
    } catch (error) {
      yield { file, error: failureOf(error) };
    }
  }
}

/** A policy on each line, or `{ id, policy }`. */
async function* fromLines(io: Io, shard: Shard): AsyncGenerator<Read> {
  let count = 0;
  for await (const { text, number, tooLong } of linesOf(io.stdin)) {
    if ((text.trim() === '' && !tooLong) || !isInShard(count++, shard)) continue;
    if (tooLong) yield { file: `line ${number}`, error: `line ${number}: the line is too long` };
    else yield readLine(text, number);
  }
}

function readLine(text: string, number: number): Read {
  try {
    const { value, problems } = readJson(text, 'asWritten');
    const wrapped = isObject(value) && 'policy' in value;
    const id = wrapped ? (textOfNumber(value['id']) ?? value['id']) : undefined;
    const file = typeof id === 'string' || typeof id === 'number' ? String(id) : `line ${number}`;
    const found = problems.length > 0 ? undefined : findPolicies(wrapped ? value['policy'] : value, examplePlace);
    if (found !== undefined) return { file, found };
    return { file, error: `line ${number}: ${problems[0]?.message ?? 'holds no policy that can be told'}` };
  } catch (unexpected) {
    return { file: `line ${number}`, error: `line ${number}: ${failureOf(unexpected)}` };
  }
}

/** All documents that hold together: each on its own, then the identity that has them. */
async function lintPolicy(
  { name, documents: sources, own = sources, isPart = false }: FoundPolicy,
  file: string,
  reference: ServiceReference,
  report: Report,
): Promise<void> {
  const documents: PolicyDocument[] = [];
  for (const [index, source] of sources.entries()) {
    const policy = sources.length > 1 ? `${name}[${index}]` : name;
    const { document, problems } = parse(source);
    if (document === null && !own.includes(source)) continue;
    if (document === null) {
      const lost = problems.filter(({ severity }) => severity === 'unreadable');
      report.bad(file, lost.map(({ path, message }) => `${path}: ${message}`).join('; '));
      continue;
    }
    documents.push(document);
    // What is attached from elsewhere in the file is looked at there.
    if (!own.includes(source)) continue;
    for (const rule of rules) {
      if (rule.looksAt === 'identity') continue;
      // What the canonical form leaves out is seen in the source alone.
      const found = rule.id === 'grammar' ? problems : await rule.check({ document, documents, reference });
      for (const finding of found) {
        // Nothing can be said about a text that is known only after deployment.
        if (isDeferred(finding.message)) continue;
        report.add({ file, policy, rule: rule.id, level: rule.level, ...finding }, rule);
      }
    }
  }
  const [document] = documents;
  if (document === undefined || isPart) return;
  for (const rule of rules.filter(({ looksAt }) => looksAt === 'identity')) {
    const found = await rule.check({ document, documents, reference });
    for (const finding of found) report.add({ file, policy: name, rule: rule.id, level: rule.level, ...finding }, rule);
  }
}

/** Prints findings as they come; SARIF and JSON hold them back to the end, for they are one document. */
class Report {
  private readonly kept: { finding: LintFinding; rule: Rule }[] = [];
  private readonly counts = { error: 0, warning: 0 };
  private unreadable = 0;
  private seen = 0;

  constructor(
    private readonly flags: LintFlags,
    private readonly io: Io,
  ) {}

  add(finding: LintFinding, rule: Rule): void {
    this.counts[finding.level] += 1;
    if (this.flags.sarif) this.kept.push({ finding, rule });
    else if (this.flags.json) writeLine(this.io.stdout, JSON.stringify(finding));
    else {
      const place = [finding.file, finding.policy, finding.path].filter((part) => part !== '').join(': ');
      writeLine(this.io.stdout, plainLine(`${place}: ${finding.level}: ${finding.message} [${finding.rule}]`));
    }
  }

  bad(file: string, message: string): void {
    this.unreadable += 1;
    writeLine(this.io.stderr, `postern: ${message.startsWith('`') ? '' : `${quote(file)}: `}${message}`);
  }

  private async sarifFindings(): Promise<SarifFinding[]> {
    const findings: SarifFinding[] = [];
    const files = new Map<string, { finding: LintFinding; rule: Rule }[]>();
    for (const kept of this.kept) {
      const list = files.get(kept.finding.file);
      if (list === undefined) files.set(kept.finding.file, [kept]);
      else list.push(kept);
    }
    for (const [file, kept] of files) {
      const lines = this.flags.lines
        ? undefined
        : await readLines(
            file,
            kept.map(({ finding }) => finding),
          );
      findings.push(...kept.map(({ finding, rule }) => toSarif(finding, rule, lines)));
    }
    return findings;
  }

  progress(): void {
    this.seen += 1;
    if (this.io.stderr.isTTY && this.seen % 100 === 0) this.io.stderr.write(`\r${this.seen} files`);
  }

  async end(): Promise<void> {
    if (this.io.stderr.isTTY && this.seen >= 100) this.io.stderr.write('\n');
    if (this.flags.sarif) this.io.stdout.write(printSarif(await this.sarifFindings()));
    const { error, warning } = this.counts;
    if (this.unreadable > 0) throw new InputError([`${this.unreadable} of ${this.seen} could not be read`]);
    if (error > 0 || (warning > 0 && this.flags.failOn !== 'error')) {
      throw new Finding(
        `${error} ${error === 1 ? 'error' : 'errors'}, ${warning} ${warning === 1 ? 'warning' : 'warnings'}`,
      );
    }
  }
}

/** Looks up on which lines of a file its findings stand. Only where the file itself is the policy, or a list of them. */
async function readLines(file: string, findings: readonly LintFinding[]): Promise<SourceLines | undefined> {
  if (!findings.some(isInFileItself) || !existsSync(file) || !statSync(file).isFile()) return undefined;
  const { SourceLines } = await import('../reports/source-lines.js');
  return new SourceLines(readFileSync(file, 'utf8'));
}

function isInFileItself({ policy }: LintFinding): boolean {
  return /^(\[\d+\])?$/.test(policy);
}

function toSarif(finding: LintFinding, rule: Rule, lines: SourceLines | undefined): SarifFinding {
  const { file, policy, path, message, level } = finding;
  const place = [policy, path].filter((part) => part !== '').join(': ');
  const text = place === '' ? message : `${place}: ${message}`;
  return {
    id: rule.id,
    title: rule.title,
    helpUri: rule.source,
    level,
    message: text,
    uri: file,
    line: isInFileItself(finding) ? lines?.lineOf([policy, path].filter((part) => part !== '').join('.')) : undefined,
    key: `${place} ${message}`,
  };
}
