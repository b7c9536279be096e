import { compare, JsonPlaces, LineIndex, type DocumentSource, type Places } from '@postern/core';
import type { FoundDocument } from '../../policies/found.js';
import { isJson, placesIn } from '../../reports/text-places.js';
import type { SarifFix } from '../../reports/sarif.js';
import type { Reported } from '../finding.js';
import { locate } from '../locate.js';

/** A change of a text: what stands from one character to the other is replaced. */
interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where the fix of a finding stands in the text that the finding is in; undefined where that is not certain. */
function editFor({ fix, place }: Reported, places: Places, text: string): TextEdit | undefined {
  if (fix === undefined || place === undefined) return undefined;
  const found = locate(places, text, place, fix.path);
  if (!found.isExact) return undefined;
  if (!isJson(text)) return yamlEdit(fix.value, fix.isKey === true, found, text);
  if (!(places instanceof JsonPlaces)) return undefined;
  if (fix.isKey === true)
    return { start: found.offset, end: keyEnd(text, found.offset), text: JSON.stringify(fix.value) };
  const value = places.valueAt(found.path);
  if (value === undefined) return undefined;
  if (fix.value !== undefined) return { ...value, text: JSON.stringify(fix.value) };
  return withComma({ start: found.memberStart, end: value.end, text: '' }, text);
}

function keyEnd(text: string, start: number): number {
  const match = /"(?:[^"\\]|\\.)*"/y;
  match.lastIndex = start;
  match.test(text);
  return match.lastIndex;
}

/** Takes the comma behind what is taken out with it, or the one before; the only item of a list stays. */
function withComma(edit: TextEdit, text: string): TextEdit | undefined {
  const behind = /^\s*,\s*/.exec(text.slice(edit.end));
  if (behind !== null) return { ...edit, end: edit.end + behind[0].length };
  const before = /,\s*$/.exec(text.slice(0, edit.start));
  return before === null ? undefined : { ...edit, start: edit.start - before[0].length };
}

/** A scalar of a YAML text is written anew; an item on a line of its own is taken out with its line. */
function yamlEdit(
  value: string | undefined,
  isKey: boolean,
  { offset, end }: { readonly offset: number; readonly end: number },
  text: string,
): TextEdit | undefined {
  if (isKey) {
    const key = /^[^\s:'"{[]+/.exec(text.slice(offset));
    return key === null || value === undefined
      ? undefined
      : { start: offset, end: offset + key[0].length, text: value };
  }
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const [before, old, after] = [
    text.slice(lineStart, offset),
    text.slice(offset, end),
    text.slice(end, lineEnd < 0 ? text.length : lineEnd),
  ];
  if (old.includes('\n')) return undefined;
  if (value !== undefined) {
    const inner = /^([\w-]+:\s+)(.*)$/.exec(old);
    const start = offset + (inner?.[1]?.length ?? 0);
    return { start, end, text: JSON.stringify(value) };
  }
  if (!/^\s*-\s+$/.test(before) || after.trim() !== '' || lineEnd < 0) return undefined;
  return { start: lineStart, end: lineEnd + 1, text: '' };
}

/** What fixing a text came to. */
export interface Fixed {
  readonly text: string;
  readonly applied: readonly Reported[];
}

/**
 * Applies the fixes that do not alter what any policy of the text means: after each, the text is read again and compared
 * with what it was.
 * @param read the documents of every policy in a text; undefined where it cannot be read
 */
export async function applyFixes(
  text: string,
  findings: readonly Reported[],
  read: (text: string) => Promise<ReadonlyMap<string, readonly FoundDocument[]> | undefined>,
): Promise<Fixed> {
  const before = await read(text);
  const places = await placesIn(text);
  const edits = findings
    .flatMap((finding) => {
      const edit = editFor(finding, places, text);
      return edit === undefined ? [] : [{ finding, edit }];
    })
    // From the end on, so that the places before stay where they are.
    .sort((one, other) => other.edit.start - one.edit.start);
  let now = text;
  let lastStart = Infinity;
  const applied: Reported[] = [];
  for (const { finding, edit } of edits) {
    if (edit.end > lastStart) continue;
    const next = now.slice(0, edit.start) + edit.text + now.slice(edit.end);
    if (before === undefined || !isSame(before, await read(next))) continue;
    [now, lastStart] = [next, edit.start];
    applied.push(finding);
  }
  return { text: now, applied };
}

function isSame(
  before: ReadonlyMap<string, readonly FoundDocument[]>,
  after: ReadonlyMap<string, readonly FoundDocument[]> | undefined,
): boolean {
  return (
    after !== undefined &&
    after.size === before.size &&
    [...before].every(([name, documents]) => {
      const others = after.get(name);
      return (
        others !== undefined &&
        compare(documents as readonly DocumentSource[], others as readonly DocumentSource[]).relation === 'equal'
      );
    })
  );
}

/** The fix of a finding as a change of the text's regions, for code scanning. */
export function sarifFix(finding: Reported, places: Places, text: string): SarifFix | undefined {
  const edit = editFor(finding, places, text);
  if (edit === undefined || finding.fix === undefined) return undefined;
  const lines = new LineIndex(text);
  const [start, end] = [lines.at(edit.start), lines.at(edit.end)];
  const region = { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  return { title: finding.fix.title, changes: [{ region, text: edit.text }] };
}
