import { quote } from '../document/problem.js';
import { rangeOf } from './yaml-places.js';
import type { YamlLibrary, YamlText } from './yaml-library.js';

/** What is wrong with a text, and at which character of it, counted from 0. */
export interface OffsetProblem {
  readonly offset: number;
  readonly message: string;
}

/** What the parser finds wrong, in other words where its own are not those of the house. */
function said(code: string, message: string, rest: string): string {
  const [first = ''] = message.split('\n');
  if (code === 'MULTIPLE_DOCS') return 'the file holds several documents: keep one';
  if (code === 'DUPLICATE_KEY') return `${quote(/^[^:\r\n]{0,80}/.exec(rest)![0])} stands twice here: keep one`;
  if (code === 'TAB_AS_INDENT') return 'a tab stands where blanks are needed: indent with blanks';
  if (code === 'TAG_RESOLVE_FAILED')
    return `${quote(/^\S{0,80}/.exec(rest)![0])} is a tag, and none is taken: write the value alone`;
  if (/call stack/i.test(first)) return 'nested too deep: flatten it';
  return `this is no YAML: ${first.slice(0, 1).toLowerCase()}${first.slice(1)}`;
}

/** A YAML text, and all that is wrong with it. */
export interface YamlReading {
  readonly value: unknown;
  readonly contents: unknown;
  readonly problems: readonly OffsetProblem[];
}

/**
 * Reads one YAML 1.2 document with everything that is wrong with it. Anchors and aliases are refused: the file has no use for
 * them, and they can expand without end.
 */
export function readYaml(text: string, yaml: YamlLibrary): YamlReading {
  const document = yaml.parseDocument(text, { uniqueKeys: true, prettyErrors: false, logLevel: 'error' });
  const problems = [...document.errors, ...document.warnings].map(
    ({ code, message, pos: [offset] }): OffsetProblem => ({
      offset,
      message: said(code, message, text.slice(offset, offset + 100)),
    }),
  );
  const anchored = findAnchor(document.contents, yaml);
  if (anchored !== undefined) {
    problems.push({ offset: anchored, message: 'anchors and aliases are not taken: write the value out' });
  }
  return { value: problems.length > 0 ? undefined : valueOf(document), contents: document.contents, problems };
}

function valueOf(document: YamlText): unknown {
  return document.toJS({ maxAliasCount: 0 });
}

/** Where the first anchor or alias stands. */
function findAnchor(node: unknown, yaml: YamlLibrary): number | undefined {
  const { anchor } = (node ?? {}) as { readonly anchor?: string };
  if (yaml.isAlias(node) || anchor !== undefined) return rangeOf(node)?.[0] ?? 0;
  const inner = yaml.isMap(node)
    ? node.items.flatMap(({ key, value }) => [key, value])
    : yaml.isSeq(node)
      ? node.items
      : [];
  for (const one of inner) {
    const found = findAnchor(one, yaml);
    if (found !== undefined) return found;
  }
  return undefined;
}
