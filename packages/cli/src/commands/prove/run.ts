import { existsSync } from 'node:fs';
import { quote, type RecordedProof } from '@postern/core';
import {
  compareRecords,
  findingsOf,
  notRun,
  proofPlans,
  runProof,
  recordProof,
  toolsOfPlan,
  toolsUsed,
  type AtomResult,
  type Proof,
  type ProofPlan,
} from '@postern/proof';
import { describeInstall, findTools, toolNames, type ProgramName } from '@postern/proof/clients';
import { Finding, InputError } from '../../errors.js';
import { interruptible } from '../../interrupt.js';
import { writeLine, type Io } from '../../io.js';
import { readBounded } from '../../options/file.js';
import { buildGiven } from '../../options/built.js';
import { readOptions } from '../../options/given.js';
import { outputProblems, writeOutput } from '../../output.js';
import { headingStyle } from '../../styles.js';
import { findUseCase } from '../../use-cases.js';
import type { ProveFlags } from './flags.js';

/** `postern prove`: runs the proof of a use case and prints what it showed. */
export async function prove(id: string, flags: ProveFlags & Record<string, unknown>, io: Io): Promise<void> {
  const useCase = findUseCase(id);
  const plan = proofPlans.find((one) => one.useCase.id === useCase.id);
  if (plan === undefined) throw new InputError([`${quote(id)} has no proof yet: it has no scenario`]);
  const given = await readOptions(useCase, flags, io);
  const { options } = given;
  const ownOptions = Object.keys(options).length > 0;
  const problems = [
    ...(ownOptions ? buildGiven(useCase, given).problems : []),
    ...scenarioProblems(plan, flags.scenario),
    ...toolProblems(flags.tool ?? []),
    ...(flags.seed !== undefined && !/^\d{1,9}$/.test(flags.seed) ? [`--seed: ${quote(flags.seed)} is no number`] : []),
    ...outputProblems(flags.evidence),
    ...(flags.evidence !== undefined && (ownOptions || flags.scenario !== undefined)
      ? ['`--evidence` is written from a whole proof: leave `--scenario` and the options out']
      : []),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const committed = flags.check === undefined ? undefined : await readRecord(flags.check, io);

  const paths = Object.fromEntries((flags.tool ?? []).map(splitTool));
  const found = await findTools(paths, io.env, toolsOfPlan(plan, ownOptions ? options : undefined));
  const progress = createProgress(io);
  const proof = await interruptible((onOpen) =>
    runProof(plan, {
      tools: found,
      ...(ownOptions ? { options } : {}),
      ...(flags.scenario === undefined ? {} : { scenario: flags.scenario }),
      exhaustive: flags.exhaustive === true,
      keep: flags.keep === true,
      warm: flags.warm === true,
      seed: Number(flags.seed ?? 1),
      onProgress: progress.report,
      onOpen,
    }),
  ).finally(progress.end);

  const findings = findingsOf(proof);
  const missing = notRun(proof);
  const ran = proof.atoms.every(({ outcome }) => outcome !== 'not run');
  const record = findings.length === 0 && ran ? recordProof(proof) : undefined;
  if (flags.json) {
    const shown =
      record === undefined
        ? { useCase: id, counts: countOutcomes(proof), findings, notRun: missing }
        : { ...record, notRun: missing };
    writeLine(io.stdout, JSON.stringify(shown, null, 2));
  } else printProof(proof, io);
  for (const [name, why] of proof.warm.refused)
    writeLine(io.stderr, `note: ${name} is started anew for each command, since ${why}`);
  for (const { scenario, cells, missing: names } of missing)
    writeLine(io.stderr, describeMissing(scenario, cells, names));
  for (const { cell, atom } of proof.needless)
    writeLine(io.stderr, `note: no scenario misses ${quote(atom)} in ${quote(cell)}, another cell does`);
  if (proof.folder !== undefined) writeLine(io.stderr, `the folders of the runs are in ${proof.folder}`);

  const whole = missing.length === 0;
  if (!whole && flags.require) findings.push(...missing.map(({ scenario }) => `not run: \`${scenario}\` lacks a tool`));
  if (record !== undefined && committed !== undefined) findings.push(...difference(committed, record, whole, io));
  if (flags.evidence !== undefined && !whole)
    writeLine(io.stderr, 'the evidence is not written, since tools are missing');
  if (findings.length > 0) {
    for (const finding of findings) writeLine(io.stderr, `finding: ${finding}`);
    throw new Finding(`${findings.length} finding${findings.length === 1 ? '' : 's'} in the proof of ${quote(id)}`);
  }
  if (flags.evidence !== undefined && record !== undefined) {
    if (!whole) throw new Finding('the evidence is not written, since tools are missing');
    writeOutput(flags.evidence, `${JSON.stringify(record, null, 2)}\n`, io);
  }
}

function scenarioProblems({ scenarios }: ProofPlan, name: string | undefined): string[] {
  if (name === undefined || scenarios.some((scenario) => scenario.name === name)) return [];
  return [`--scenario: ${quote(name)} is none of ${scenarios.map((scenario) => quote(scenario.name)).join(', ')}`];
}

const known: readonly string[] = toolNames;

function toolProblems(given: readonly string[]): string[] {
  return given.flatMap((text) => {
    const [name, path] = splitTool(text);
    if (!known.includes(name))
      return [`--tool: ${quote(text)} is no NAME=PATH with a name of ${known.map(quote).join(', ')}`];
    return existsSync(path) ? [] : [`--tool: ${quote(path)} does not exist, check the path`];
  });
}

function splitTool(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

async function readRecord(path: string, io: Io): Promise<RecordedProof> {
  const text = await readBounded(path, io, 16 * 2 ** 20, 'give the evidence alone');
  try {
    const value = JSON.parse(text) as RecordedProof;
    if (Array.isArray(value.atoms) && Array.isArray(value.scenarios)) return value;
  } catch {
    // answered below
  }
  throw new InputError([`${quote(path)} is no evidence: write it with \`postern prove --evidence\``]);
}

/** A missing tool makes no difference: its scenarios are reported as not run. */
function difference(committed: RecordedProof, now: RecordedProof, whole: boolean, io: Io): string[] {
  const { differences, versions } = compareRecords(committed, now);
  for (const version of versions) writeLine(io.stderr, `warning: ${version}: only outcomes are compared`);
  if (!whole) {
    writeLine(io.stderr, 'warning: the evidence is not compared, since tools are missing');
    return [];
  }
  return differences.map((text) => `not as in the evidence: ${text}`);
}

function createProgress({ stderr }: Io) {
  const terminal = stderr.isTTY === true;
  let shown = '';
  return {
    report(what: string, done: number, of: number): void {
      const text = `${what}: ${done} of ${of}`;
      if (terminal) {
        stderr.write(`\r${text.padEnd(shown.length)}`);
        shown = text;
      } else if (done === of || done % Math.max(1, Math.ceil(of / 4)) === 0) writeLine(stderr, text);
    },
    end(): void {
      if (shown !== '') stderr.write(`\r${' '.repeat(shown.length)}\r`);
    },
  };
}

function printProof(proof: Proof, io: Io): void {
  const heading = headingStyle(io.stdout, io);
  const line = (text = '') => writeLine(io.stdout, text);
  line(heading(`${proof.useCase.id}, in the sandbox`));
  for (const [name, { version, path }] of toolsUsed(proof)) {
    const isOf = (names: readonly string[]) => names.includes(name);
    const how = isOf(proof.warm.served)
      ? ', loaded once and forked for each command'
      : isOf(proof.warm.kept)
        ? ', with the code that Node compiled of it kept for each command'
        : isOf(proof.warm.later)
          ? ', with GOGC=400: Go collects its memory later'
          : '';
    line(`  with ${name} ${version} (${path}${how})`);
  }
  const ran = proof.runs.filter(({ result }) => result !== undefined);
  const passed = ran.filter(({ result }) => result?.passed === true);
  line(`  ${passed.length} of ${ran.length} runs of option cells pass with the whole policy`);
  const refused = proof.hostile.filter(({ outcome }) => outcome === 'refused').length;
  line(
    `  ${refused} of ${proof.hostile.length} hostile requests are refused, and get through when the statement is widened`,
  );
  line();
  for (const [outcome, count] of Object.entries(countOutcomes(proof))) {
    const atoms = proof.atoms.filter((atom) => atom.outcome === outcome);
    if (count === 0 && outcome !== 'proved' && outcome !== 'not run') continue;
    line(heading(`${outcome}: ${count}`));
    for (const atom of atoms) {
      line(`  ${atom.atom.name}`);
      line(`      ${describeAtom(atom)}`);
    }
  }
}

const outcomes = ['proved', 'replayed', 'tolerated', 'claimed', 'unneeded', 'no answer', 'not run'] as const;

function countOutcomes({ atoms }: Proof): Record<string, number> {
  return Object.fromEntries(
    outcomes.map((outcome) => [outcome, atoms.filter((atom) => atom.outcome === outcome).length]),
  );
}

function describeAtom({ outcome, cell, scenario, shown, hostile, why, source }: AtomResult): string {
  if (shown !== undefined)
    return `without it, ${shown.tool} fails at "${shown.step}" (${scenario}, ${cell}): ${shown.error}`;
  if (hostile !== undefined) {
    const sender = outcome === 'proved' ? ' of boto3' : '';
    return `without it, a hostile request${sender} gets through (${cell}): ${hostile}`;
  }
  if (why !== undefined) return source === undefined ? why : `${why} (${source})`;
  return 'nothing shows that it is needed';
}

function describeMissing(scenario: string, cells: number, names: readonly string[]): string {
  const how = names.map((name) => `${name} (${describeInstall(name as ProgramName)})`).join(', ');
  return `not run: scenario ${quote(scenario)} in ${cells} cells, for lack of ${how}`;
}
