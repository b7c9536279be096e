import { LineIndex, quote, type DocumentType } from '@postern/core';
import { failureOf } from '../errors.js';
import type { FoundPolicies, FoundPolicy, TemplatePlace } from '../policies/found.js';
import { examplePlace } from '../policies/place.js';
import { placesIn } from '../reports/text-places.js';
import { checkPolicy } from './check.js';
import type { Reported } from './finding.js';
import type { FileSource } from './format.js';
import { locate } from './locate.js';
import type { ServiceReference } from './service-reference.js';
import { countTrustPolicies, isTrustPolicy } from './trust.js';

/** Where templates are taken to be deployed: nothing of a finding depends on it. */
export const lintPlace: TemplatePlace = { ...examplePlace, takesBothBranches: true };

/** What was found in one file, and how much of it was looked at. */
export interface Looked {
  readonly findings: readonly Reported[];
  readonly policies: number;
  /** Policies with principals that were not looked at. */
  readonly trust: number;
  /** Policies that a template or a plan leaves open until it is deployed. */
  readonly open: number;
  /** Policies that could not be looked at at all. */
  readonly unread: number;
  /** Policies whose meaning cannot be told. */
  readonly unclear: number;
  /** Why some could not be looked at, or be told. */
  readonly said: readonly string[];
}

/**
 * Looks at every policy of a file.
 * @param found what was found in it; undefined where it could not be read
 * @param text the whole text, where it is there
 * @param type what the documents are, where the file is the policy and its shape shall not decide
 */
export async function look(
  found: FoundPolicies | undefined,
  file: string,
  text: string | undefined,
  reference: ServiceReference,
  type: DocumentType | undefined,
): Promise<Looked> {
  const findings: Reported[] = [];
  const said: string[] = [];
  let [policies, lookedAt, unread, unclear] = [0, 0, 0, 0];
  for (const policy of [...(found?.policies ?? []), ...(found?.trust ?? []), ...(found?.resource ?? [])]) {
    if (policy.documents.length === 0) continue;
    if (policy.isMade !== true) lookedAt += policy.documents.filter((document) => isTrustPolicy(document)).length;
    policies += 1;
    try {
      const checked = await checkPolicy(policy, file, reference, typeFor(policy, type));
      unclear += checked.unclear.length;
      said.push(...checked.unclear);
      for (const one of checked.reported) findings.push(one);
    } catch (unexpected) {
      unread += 1;
      said.push(failureOf(unexpected));
    }
  }
  const all = text === undefined ? 0 : await countTrustPolicies(text);
  return {
    findings,
    policies,
    trust: Math.max(0, all - lookedAt),
    // A policy that is open as a whole is one that nobody has looked at.
    open: (found?.notes ?? []).filter((note) => /: its polic(y is|ies are) known only after/.test(note)).length,
    unread,
    unclear,
    said,
  };
}

/** What was said of a file that is the policy; in a template the place of a policy says it. */
function typeFor({ name, type }: FoundPolicy, said: DocumentType | undefined): DocumentType | undefined {
  return name === '' && type === undefined ? said : undefined;
}

/** What is said of a file that could not be read, a line for each problem. */
export function sayOf(file: string, error: string): string[] {
  return error.split('\n').map((message) => `${message.startsWith('`') ? '' : `${quote(file)}: `}${message}`);
}

/** The text with the places of its parts, where there is something to place. */
export async function sourceOf(
  text: string | undefined,
  findings: readonly Reported[],
): Promise<FileSource | undefined> {
  return text === undefined || findings.length === 0 ? undefined : { text, places: await placesIn(text) };
}

/** The findings with line and column, in the order of the file. */
export function place(findings: readonly Reported[], { text, places }: FileSource): Reported[] {
  const lines = new LineIndex(text);
  return findings
    .map((reported) => {
      const { finding, place: document } = reported;
      if (document === undefined) return reported;
      const { offset } = locate(places, text, document, finding.path);
      return { ...reported, finding: { ...finding, ...lines.at(offset) } };
    })
    .sort(({ finding: a }, { finding: b }) => a.line! - b.line! || a.column! - b.column!);
}
