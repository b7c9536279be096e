import { compilePattern, readPattern, type Statement } from '@postern/core';

const compiled = new Map<string, (text: string) => boolean>();

/** Whether a pattern of a policy matches an action; letter case does not matter. */
export function matchesAction(pattern: string, action: string): boolean {
  const text = pattern.toLowerCase();
  if (!/[*?]/.test(text)) return text === action.toLowerCase();
  let matches = compiled.get(text);
  if (matches === undefined) {
    // A run over a fleet meets the same patterns again and again; a hostile one must not fill the memory.
    if (compiled.size > 10_000) compiled.clear();
    matches = compilePattern(readPattern(text));
    compiled.set(text, matches);
  }
  return matches(action.toLowerCase());
}

/** Whether a statement is about an action. */
export function mayMatch({ Action, NotAction }: Statement, action: string): boolean {
  if (Action !== undefined) return Action.some((pattern) => matchesAction(pattern, action));
  return NotAction?.some((pattern) => matchesAction(pattern, action)) !== true;
}
