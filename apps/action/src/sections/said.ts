import type { ReportSection } from '../finding.js';
import type { Ran } from '../program.js';

/** What the program says in the end, without its name: its findings in a sentence, or each problem of its input. */
export function problemsOf({ stderr }: Ran): string[] {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('postern: '))
    .map((line) => line.slice('postern: '.length));
}

/** What the program notes besides. */
export function notesOf({ stderr }: Ran): string[] {
  return stderr.split('\n').filter((line) => /^(?:note|warning): /.test(line));
}

/** What the program says beside its answer, such as how much it looked at and what it guessed. */
export function saidBesides({ stderr }: Ran): string[] {
  return stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('postern: '));
}

/** What is said where a command could not do its work: exit codes besides 0 and 1. */
export function failure(title: string, ran: Ran): ReportSection {
  const problems = problemsOf(ran);
  const [first = `it ended with ${ran.status} and said nothing`, ...others] = problems;
  return {
    title,
    outcome: 'failed',
    sentence: others.length === 0 ? first : `${problems.length} problems`,
    lines: others.length === 0 ? [] : problems,
    findings: problems.map((message) => ({ level: 'error', rule: title, message })),
  };
}
