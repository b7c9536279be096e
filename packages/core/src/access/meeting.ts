import type { Statement } from '../document/document.js';

/** What the texts of a statement begin with, as far as they are plain: in lower case for actions. */
export interface Starts {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Reads the starts of a statement; a `NotAction` or `NotResource` begins with anything. */
export function startsOf({ Action, Resource }: Statement): Starts {
  return { actions: (Action ?? ['*']).map(startOfAction), resources: (Resource ?? ['*']).map(startOfResource) };
}

export function startOfAction(text: string): string {
  return startOfResource(text).toLowerCase();
}

export function startOfResource(text: string): string {
  return text.slice(0, `${text}*`.search(/[*?]|\$\{/));
}

/** False where no request can be in both statements. True says nothing: this is asked first, for it is cheap. */
export function statementsMayMeet(one: Starts, other: Starts): boolean {
  return someMeet(one.actions, other.actions) && someMeet(one.resources, other.resources);
}

/** More pairs than any document that IAM takes has. */
const mostPairs = 1_000_000;

function someMeet(starts: readonly string[], others: readonly string[]): boolean {
  if (starts.length * others.length > mostPairs) return true;
  return starts.some((start) => others.some((other) => startsMeet(start, other)));
}

/** Patterns that both match one text begin alike, as far as they are plain. */
export function startsMeet(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
