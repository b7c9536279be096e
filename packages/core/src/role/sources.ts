import type { DocumentType } from '../document/document.js';
import { parse } from '../document/parse.js';
import { quote } from '../document/problem.js';
import { tryBuild } from '../use-case/build.js';
import { explain, listNotes } from '../use-case/explain.js';
import type { Host, Place } from '../use-case/host.js';
import { isTrustEntry } from '../use-case/trust.js';
import type { Explained } from './put-together.js';
import type { PolicySource, RoleProblem } from './role.js';

/** What came of one policy source. */
export interface BuiltSource extends Explained {
  /** What it is called in messages: the id of its entry, with the option that names it. */
  readonly title: string;
  readonly notes: readonly string[];
  /** Where it is, as far as its options and ARNs say. */
  readonly place: Partial<Place>;
}

/** What a source of each part is. */
const types = { trust: 'trust', permissions: 'identity' } as const satisfies Record<string, DocumentType>;
const names = { trust: 'a trust policy', permissions: 'an identity policy' } as const;

/**
 * Builds one policy source of a role.
 * @param of which part of the role it is for
 * @param path where it stands, such as `permissions[1]`
 * @param problems gets what is wrong with it
 */
export function buildSource(
  source: PolicySource,
  of: keyof typeof types,
  { index, path }: { readonly index: number; readonly path: string },
  host: Host,
  problems: RoleProblem[],
): BuiltSource {
  const say = (option: string, message: string) =>
    problems.push({ path: option === '' ? path : `${path}.${option}`, message, source: { of, index, option } });
  if ('document' in source) {
    const { document, problems: found, type } = parse(source.document);
    for (const one of found) if (one.severity !== 'warning') say(one.path, one.message);
    if (document !== null && type !== types[of]) say('', `this is not ${names[of]}: give one`);
    const written = document ?? { Version: '2012-10-17', Statement: [] };
    return { title: path, document: written, explanations: [], notes: [], place: {} };
  }
  const { entry, options } = source;
  const isTrust = isTrustEntry(entry);
  if (isTrust !== (of === 'trust')) {
    const what = isTrust
      ? 'says who may assume a role, so it belongs under `trust`'
      : 'says what a role may do, so it belongs under `permissions`';
    say('', `${quote(entry.id)} ${what}`);
  }
  const { document, problems: found, resolved } = tryBuild(entry, options, host);
  for (const one of found) say(one.path, one.message);
  const explanations = found.length > 0 ? [] : explain(entry, document);
  return { title: entry.id, document, explanations, notes: listNotes(entry, resolved, host), place: resolved.place };
}
