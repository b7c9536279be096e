import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Scalar,
} from 'yaml';
import { lineFinder } from './lines.js';

/** A YAML document with the lines that its parts stand on. Where an alias stands, the same tree stands again. */
export type Tree = MapTree | ListTree | TextTree;

export interface MapTree {
  readonly node: 'mapping';
  readonly line: number;
  readonly tag: string | undefined;
  readonly entries: ReadonlyMap<string, Tree>;
  readonly lines: ReadonlyMap<string, number>;
}

export interface ListTree {
  readonly node: 'sequence';
  readonly line: number;
  readonly tag: string | undefined;
  readonly items: readonly Tree[];
}

export interface TextTree {
  readonly node: 'scalar';
  readonly line: number;
  readonly tag: string | undefined;
  readonly text: string;
  /** The line of a position in the text. */
  readonly lineAt: (offset: number) => number;
  /** It was written without quotes and is a number, a boolean or nothing. */
  readonly plain: boolean;
}

/** What was read of a text. */
export interface TreeReading {
  readonly tree: Tree | undefined;
  /** The first thing that is no YAML, with its line. */
  readonly problem: { readonly line: number; readonly message: string } | undefined;
}

const longest = 2_000_000;

/** Reads the first document of a YAML text that is not empty; several are read one by one by {@link readYamls}. */
export function readYaml(text: string): TreeReading {
  const [first, ...others] = readYamls(text);
  return [first!, ...others].find(({ tree, problem }) => problem !== undefined || tree?.node === 'mapping') ?? first!;
}

export function readYamls(text: string): readonly TreeReading[] {
  if (text.length > longest) return [{ tree: undefined, problem: { line: 1, message: 'is too long for a CI file' } }];
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: counter,
    uniqueKeys: false,
    strict: false,
    logLevel: 'silent',
    merge: false,
    version: '1.2',
  });
  const list = Array.isArray(documents) ? documents : [];
  if (list.length === 0) return [{ tree: undefined, problem: undefined }];
  return list.map((document) => readOne(document as Document.Parsed, text, counter));
}

function readOne(document: Document.Parsed, text: string, counter: LineCounter): TreeReading {
  const [error] = document.errors;
  const problem =
    error === undefined
      ? undefined
      : {
          line: counter.linePos(error.pos[0]).line,
          message: messageOf(error.message),
        };
  const reader: YamlReader = { document, text, counter, made: new Map() };
  const { contents } = document;
  return { tree: contents === null ? undefined : treeOf(contents, reader), problem };
}

/** The first line of what the parser says; where it has no room left, the text is nested too deep for it. */
function messageOf(said: string): string {
  if (/call stack/i.test(said)) return 'it is nested too deep';
  return said.split('\n', 1)[0]!.replace(/ at line .*$/, '');
}

interface YamlReader {
  readonly document: Document.Parsed;
  readonly text: string;
  readonly counter: LineCounter;
  /** Undefined for what is being made: an anchor that holds itself. */
  readonly made: Map<Node, Tree | undefined>;
}

function treeOf(node: Node, reader: YamlReader): Tree {
  if (reader.made.has(node)) return reader.made.get(node) ?? textTree('', 1);
  reader.made.set(node, undefined);
  const tree = makeTree(node, reader);
  reader.made.set(node, tree);
  return tree;
}

function makeTree(node: Node, reader: YamlReader): Tree {
  const line = reader.counter.linePos(node.range?.[0] ?? 0).line;
  if (isAlias(node)) {
    const target = node.resolve(reader.document);
    return target === undefined ? textTree('', line) : treeOf(target, reader);
  }
  const { tag } = node as { tag?: string };
  if (isMap(node)) {
    const entries = new Map<string, Tree>();
    const lines = new Map<string, number>();
    const merged: MapTree[] = [];
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const at = reader.counter.linePos(key.range?.[0] ?? 0).line;
      const tree = value === null ? textTree('', at) : treeOf(value as Node, reader);
      if (name === '<<') {
        for (const other of tree.node === 'sequence' ? tree.items : [tree])
          if (other.node === 'mapping') merged.push(other);
      } else {
        entries.set(name, tree);
        lines.set(name, at);
      }
    }
    for (const other of merged) {
      for (const [name, tree] of other.entries) {
        if (entries.has(name)) continue;
        entries.set(name, tree);
        lines.set(name, other.lines.get(name) ?? line);
      }
    }
    return { node: 'mapping', line, tag, entries, lines };
  }
  if (isSeq(node)) {
    return {
      node: 'sequence',
      line,
      tag,
      items: node.items.map((item) => (item === null ? textTree('', line) : treeOf(item as Node, reader))),
    };
  }
  const scalar = node as Scalar;
  const written = typeof scalar.value === 'string';
  const text = written
    ? (scalar.value as string)
    : scalar.value === null || scalar.value === undefined
      ? ''
      : (scalar.source ?? String(scalar.value));
  return {
    node: 'scalar',
    line,
    tag,
    text,
    plain: !written,
    lineAt: lineFinder(scalar, text, reader.text, reader.counter),
  };
}

/** A text that stands on one line. */
export function textTree(text: string, line: number): TextTree {
  return { node: 'scalar', line, tag: undefined, text, plain: false, lineAt: () => line };
}
