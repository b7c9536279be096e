import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** A mark in the environment, by which what a program started is found again after it has left its group. */
export interface Marker {
  readonly environment: Readonly<Record<string, string>>;
  readonly text: string;
}

const name = 'POSTERN_RUN';

export function marker(): Marker {
  const value = randomBytes(12).toString('hex');
  return { environment: { [name]: value }, text: `${name}=${value}` };
}

/** The processes that carry a mark; none where the system does not show environments (it is Linux's `/proc` that does). */
export function marked({ text }: Marker): { readonly pid: number; readonly group: number }[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      if (!readFileSync(`/proc/${entry}/environ`, 'latin1').split('\0').includes(text)) return [];
      // After the name in brackets: state, parent, group. A zombie has ended.
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state === 'Z' ? [] : [{ pid: Number(entry), group: Number(group) }];
    } catch {
      return [];
    }
  });
}
