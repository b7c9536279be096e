import type { ShellCall } from '../shell/follow.js';
import type { JobRun } from './job-run.js';

/** Follows something of the repository that a call runs; what happens in it is told with the line of the call too. */
export function enter(run: JobRun, call: ShellCall, path: string, follow: () => void): void {
  const through = run.through;
  run.through = [call.source.siteAt(call.offset), ...through];
  run.running.add(path);
  follow();
  run.running.delete(path);
  run.through = through;
}

/** Whether a text is a script for a shell, by its first line. */
export function isShell(text: string): boolean {
  const first = text.slice(0, 200).split('\n', 1)[0]!;
  return !first.startsWith('#!') || /\b(ba|z|da|a|k)?sh\b/.test(first);
}

/** Where each position of a file stands. */
export function linesOf(file: string, text: string): (offset: number) => { file: string; line: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1 };
  };
}
