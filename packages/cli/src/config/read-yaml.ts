import { isAlias, LineCounter, parseDocument, visit } from 'yaml';
import { quote } from '@postern/core';
import type { PlacedProblem } from '../reports/text-places.js';

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

/**
 * Reads one YAML 1.2 document with everything that is wrong with it. Anchors and aliases are refused: the file has no use for
 * them, and they can expand without end.
 */
export function readYamlText(text: string): { readonly value: unknown; readonly problems: readonly PlacedProblem[] } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: false, logLevel: 'error', lineCounter });
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [...document.errors, ...document.warnings].map(
    ({ code, message, pos }): PlacedProblem => ({
      ...at(pos[0]),
      message: said(code, message, text.slice(pos[0], pos[0] + 100)),
    }),
  );
  visit(document, {
    Node(_, node) {
      if (!isAlias(node) && node.anchor === undefined) return undefined;
      problems.push({ ...at(node.range?.[0] ?? 0), message: 'anchors and aliases are not taken: write the value out' });
      return visit.BREAK;
    },
  });
  return { value: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 }), problems };
}
