import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { findNode, keyOf, type FoundNode } from './find-node.js';
import { columnOf, inline, keyText, lineEnd, lineStart, spread, type Style } from './style.js';

/** Text that comes in at a character; nothing is taken out. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** A member of a mapping that is to be added. */
export interface NewMember {
  readonly key: string;
  readonly value: unknown;
  /** The member as lines of YAML from the left edge, with comments. */
  readonly lines?: readonly string[];
}

/**
 * Adds a member to a mapping; to an id that stands alone, as what is under it.
 * @param path of the mapping
 * @returns undefined where it cannot be added without changing what is there
 */
export function addMember(style: Style, root: Node | null, path: string, added: NewMember): Insertion[] | undefined {
  const found = findNode(root, path);
  if (found === undefined) return undefined;
  const { node } = found;
  if (isMap(node)) {
    if (node.items.some((pair) => keyOf(pair) === added.key)) return undefined;
    return node.flow === true ? inFlow(style, node, memberText(style, added)) : underMap(style, node, added);
  }
  if (isAlone(node)) return around(node, '{ ', `: ${inline(style, { [added.key]: added.value })} }`);
  return underNothing(style, found, added);
}

/**
 * Adds an item to a list; where one value stands alone, it becomes a list of both, and under a mapping it becomes a member.
 * @param path of the list
 * @param lines the item as lines of YAML from the left edge, with its dash and comments
 * @returns undefined where it cannot be added without changing what is there
 */
export function addItem(
  style: Style,
  root: Node | null,
  path: string,
  value: unknown,
  lines?: readonly string[],
): Insertion[] | undefined {
  const found = findNode(root, path);
  if (found === undefined) return undefined;
  const { node } = found;
  if (isSeq(node)) {
    if (node.flow === true) return inFlow(style, node, (indentation) => spreadOr(style, value, indentation));
    return underList(style, found, node, lines ?? [`- ${inline(style, value)}`]);
  }
  if (isMap(node) && isMembers(value)) {
    const [[key, options] = ['', undefined]] = Object.entries(value);
    const own = lines?.map((line) => line.replace(/^(- | {2})/, ''));
    return addMember(style, root, path, { key, value: options, ...(own === undefined ? {} : { lines: own }) });
  }
  return isAlone(node) ? around(node, '[', `, ${inline(style, value)}]`) : undefined;
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that is written out and on one line. */
function isAlone(node: unknown): node is Node & { readonly range: readonly [number, number, number] } {
  return isScalar(node) && node.value !== null && !/^BLOCK/.test(node.type ?? '') && node.range !== undefined;
}

function around(node: Node & { readonly range: readonly [number, number, number] }, before: string, behind: string) {
  const [start, end] = node.range;
  return [
    { offset: start, text: before },
    { offset: end, text: behind },
  ];
}

const memberText =
  (style: Style, { key, value }: NewMember) =>
  (indentation: string | undefined) =>
    `${keyText(style, key)}: ${spreadOr(style, value, indentation)}`;

function spreadOr(style: Style, value: unknown, indentation: string | undefined): string {
  return indentation === undefined ? inline(style, value) : spread(style, value, indentation);
}

/** Behind the last item between brackets; on a line of its own where that one has one. */
function inFlow(
  style: Style,
  node: YAMLMap | YAMLSeq,
  print: (indentation: string | undefined) => string,
): Insertion[] | undefined {
  const { newLine, text } = style;
  const [start] = node.range!;
  const last = node.items.at(-1);
  if (last === undefined)
    return [{ offset: start + 1, text: text[start] === '{' ? ` ${print(undefined)} ` : print(undefined) }];
  const [first, behind] = [startOf(node.items[0]), endOf(last)];
  if (first === undefined || behind === undefined) return undefined;
  const indentation = text.slice(lineStart(style, first), first);
  return lineStart(style, first) > start && indentation.trim() === ''
    ? [{ offset: behind, text: `,${newLine}${indentation}${print(indentation)}` }]
    : [{ offset: behind, text: `, ${print(undefined)}` }];
}

function underMap(style: Style, node: YAMLMap, { key, value, lines }: NewMember): Insertion[] | undefined {
  const first = startOf(node.items[0]);
  const end = endOf(node.items.at(-1));
  if (first === undefined || end === undefined) return undefined;
  const column = columnOf(style, first);
  return below(style, end, column, column, lines ?? [`${keyText(style, key)}: ${inline(style, value)}`]);
}

function underList(
  style: Style,
  { member }: FoundNode,
  node: YAMLSeq,
  lines: readonly string[],
): Insertion[] | undefined {
  const end = endOf(node.items.at(-1));
  if (end === undefined) return undefined;
  const column = columnOf(style, node.range![0]);
  const key = member === undefined ? undefined : startOf(member.pair);
  // Where the list is not indented, a comment at its edge belongs to what comes next.
  const isFlush = key !== undefined && columnOf(style, key) === column;
  return below(style, end, column, isFlush ? column + 1 : column, lines);
}

/** Under a key that has nothing behind it. */
function underNothing(style: Style, { member, node }: FoundNode, added: NewMember): Insertion[] | undefined {
  if (member === undefined || member.map.flow === true || style.isJson) return undefined;
  const [key, isEmpty] = [startOf(member.pair), isScalar(node) ? node.source === '' : node === null];
  const end = endOf(member.pair);
  if (key === undefined || end === undefined || !isEmpty) return undefined;
  const column = columnOf(style, key);
  const next = /^\s*?\r?\n( *)#/.exec(style.text.slice(lineEnd(style, end)));
  const inner = next !== null && next[1]!.length > column ? next[1]!.length : column + 2;
  return below(
    style,
    end,
    inner,
    column + 1,
    added.lines ?? [`${keyText(style, added.key)}: ${inline(style, added.value)}`],
  );
}

/** Lines of their own below the line of a character, and below the comments there that stand as far to the right as what they are of. */
function below(style: Style, end: number, column: number, comments: number, lines: readonly string[]): Insertion[] {
  const { newLine, text } = style;
  // A text over several lines ends where the next line begins.
  const isWhole = end > 0 && text[end - 1] === '\n';
  let offset = isWhole ? end : afterLine(style, end);
  for (let at = offset; at < text.length; at = afterLine(style, at)) {
    const line = text.slice(at, lineEnd(style, at));
    if (line.trim() === '') continue;
    if (!line.trimStart().startsWith('#') || line.length - line.trimStart().length < comments) break;
    offset = afterLine(style, at);
  }
  const blank = ' '.repeat(column);
  const block = lines.map((line) => `${blank}${line}${newLine}`).join('');
  const isOpen = offset > 0 && text[offset - 1] !== '\n';
  return [{ offset, text: isOpen ? `${newLine}${block.slice(0, -newLine.length)}` : block }];
}

/** Where the line below begins, or the text ends. */
function afterLine({ text }: Style, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function startOf(one: unknown): number | undefined {
  const node = isPair(one) ? one.key : one;
  return isNode(node) ? node.range[0] : undefined;
}

/** Where what is written of a part ends, without comments behind it. */
function endOf(one: unknown): number | undefined {
  if (isPair(one)) return one.value === null ? endOf(one.key) : (endOf(one.value) ?? endOf(one.key));
  if (isCollection(one) && one.flow !== true) return endOf(one.items.at(-1));
  return isNode(one) ? one.range[1] : undefined;
}

function isPair(one: unknown): one is Pair {
  return typeof one === 'object' && one !== null && 'key' in one && 'value' in one;
}

function isNode(one: unknown): one is { readonly range: readonly [number, number, number] } {
  return typeof one === 'object' && one !== null && 'range' in one && Array.isArray(one.range);
}

/** A text with what comes in. */
export function withInsertions(text: string, insertions: readonly Insertion[]): string {
  return [...insertions]
    .sort((one, other) => other.offset - one.offset)
    .reduce((now, { offset, text: added }) => now.slice(0, offset) + added + now.slice(offset), text);
}
