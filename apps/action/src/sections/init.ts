import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportFinding, ReportSection } from '../finding.js';
import { fromRoot, type WorkFolder } from '../place.js';
import type { Ran } from '../program.js';
import { failure, problemsOf } from './said.js';

const title = 'init --check';

/** What `postern init --check` printed. */
export function initSection(ran: Ran, place: WorkFolder): ReportSection {
  if (ran.status !== 0 && ran.status !== 1) return failure(title, ran);
  const lines = ran.stdout.trimEnd().split('\n');
  if (ran.status === 0)
    return { title, outcome: 'passed', sentence: lines.join(' ').replace(/\.$/, ''), lines: [], findings: [] };
  const [sentence = 'the CI files and postern.yaml differ'] = problemsOf(ran);
  return { title, outcome: 'findings', sentence, lines, findings: findingsIn(lines, place) };
}

/** Each difference is a block of lines, of which the first says where it is, or a line of its own. */
function findingsIn(lines: readonly string[], place: WorkFolder): ReportFinding[] {
  const blocks: string[][] = [];
  let isOpen = false;
  for (const line of lines) {
    if (line.trim() === '') isOpen = false;
    else if (isOpen && line.startsWith(' ')) blocks.at(-1)!.push(line);
    else {
      blocks.push([line]);
      isOpen = true;
    }
  }
  return blocks
    .filter((block) => !/^(?:The CI files say what .* does not:$|Not read: )/.test(block[0]!))
    .map((block) => ({ level: 'warning', rule: title, message: block.join('\n'), ...findPlace(block, place) }));
}

/** The first place that lines name: `FILE:LINE`, of a file that is there. */
function findPlace(block: readonly string[], place: WorkFolder): Pick<ReportFinding, 'file' | 'line' | 'column'> {
  for (const line of block) {
    for (const start of startsOf(line)) {
      const found = /^([^:]{1,1000}):(\d{1,9})(?::(\d{1,9}))?/.exec(line.slice(start));
      if (found === null) continue;
      const [, file, at, column] = found as unknown as [string, string, string, string | undefined];
      if (!existsSync(join(place.folder, file))) continue;
      return {
        file: fromRoot(place, file),
        line: Number(at),
        ...(column === undefined ? {} : { column: Number(column) }),
      };
    }
  }
  return {};
}

/** Where a file's name may begin in a line: at its start, and behind each blank. Lines are looked at as far as they are of use. */
function startsOf(line: string): number[] {
  return [0, ...[...line.slice(0, 500).matchAll(/\s(?=\S)/g)].map(({ index }) => index + 1)];
}
