import { existsSync, readFileSync } from 'node:fs';
import { quote, readJson } from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';
import { writeOutput } from '../output.js';
import { isObject, objectsIn } from '../policies/json-values.js';
import { plainJson } from '../reports/plain.js';
import { fingerprintOf, type LintFinding, type Reported } from './finding.js';

/**
 * Findings that are known: a fleet is not mended in a day, and what is new must stand out. What counts is the rule, the
 * policy and what is said, not the line; of two that are alike, two are known.
 */
export class Baseline {
  known = 0;
  private readonly now = new Map<string, number>();

  private constructor(private readonly left: Map<string, number>) {}

  /** @throws {InputError} where the file is not there, or is none that was written here */
  static read(file: string, isNew: boolean): Baseline {
    if (isNew) return new Baseline(new Map());
    if (!existsSync(file)) {
      throw new InputError([`${quote(file)} does not exist: write it with \`--update-baseline\``]);
    }
    const { value, problems } = readJson(readFileSync(file, 'utf8'));
    const rows = isObject(value) ? value['findings'] : undefined;
    if (problems.length > 0 || !Array.isArray(rows)) {
      throw new InputError([`${quote(file)} is no baseline: write it with \`--update-baseline\``]);
    }
    const left = new Map<string, number>();
    for (const { file: of, finding, count } of objectsIn(rows)) {
      if (typeof of === 'string' && typeof finding === 'string') {
        left.set(JSON.stringify([of, finding]), typeof count === 'number' ? count : 1);
      }
    }
    return new Baseline(left);
  }

  /** The findings that are new. */
  take(findings: readonly Reported[]): Reported[] {
    return findings.filter(({ finding }) => {
      const key = keyOf(finding);
      this.now.set(key, (this.now.get(key) ?? 0) + 1);
      const left = this.left.get(key) ?? 0;
      if (left === 0) return true;
      this.left.set(key, left - 1);
      this.known += 1;
      return false;
    });
  }

  /** Writes what was found now. */
  write(file: string, io: Pick<Io, 'stdout'>): void {
    const findings = [...this.now].sort().map(([key, count]) => {
      const [file, finding] = JSON.parse(key) as [string, string];
      return { file, finding, count };
    });
    writeOutput(file, `${plainJson({ version: 1, findings }, 2)}\n`, io);
  }
}

function keyOf(finding: LintFinding): string {
  return JSON.stringify([finding.file.replaceAll('\\', '/').replace(/^(\.\/)+/, ''), fingerprintOf(finding)]);
}
