import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { quote } from '@postern/core';
import { InputError } from '../../errors.js';
import { defaultFile } from '../../lint/suppressions/file.js';
import type { AskedCommand } from './ask.js';

/** What an assistant has in mind is far smaller; an account's details are read by the command itself. */
const largest = 8 * 1024 * 1024;

/** A document as an assistant gives it: a file, one of several policies in it, or a text. */
export interface GivenDocument {
  readonly path?: string | undefined;
  readonly name?: string | undefined;
  readonly text?: string | undefined;
}

/**
 * What a command is given to read. It runs in a folder of its own that holds copies of these files alone, so that no name in them
 * leads anywhere; only `init` runs in the folder itself.
 */
export interface Documents {
  /** A document that is given: its name on the command line. */
  take(given: GivenDocument, kind: string): string;
  /** A text, or a value as JSON: its name on the command line. */
  add(value: unknown, kind: string): string;
  /** The suppressions of `lint`, where the folder has some. */
  addLintFile(): void;
  alone(args: readonly string[]): AskedCommand;
  /** Behind the arguments stands a folder or file of the folder itself. */
  inFolder(args: readonly string[], path: string): AskedCommand;
  remove(): void;
}

/** @param root the folder that postern was started in, without links */
export function openDocuments(root: string): Documents {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-mcp-')));
  const names = new Set<string>();
  const write = (name: string, content: Uint8Array | string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
    names.add(name);
    return `./${name}`;
  };
  const add = (value: unknown, kind: string) => {
    let name = `${kind}.json`;
    for (let number = 2; names.has(name); number += 1) name = `${kind}-${number}.json`;
    return write(name, typeof value === 'string' ? value : JSON.stringify(value));
  };
  const copy = (path: string) => {
    const name = placeIn(root, path);
    return names.has(name) ? `./${name}` : write(name, readWhole(join(root, name), path));
  };
  return {
    add,
    take({ name, path, text }, kind) {
      if ((path === undefined) === (text === undefined))
        throw new InputError([`${kind}: give \`path\` or \`text\`, one of the two`]);
      const file = path === undefined ? add(text, kind) : copy(path);
      return name === undefined ? file : `${file}#${name}`;
    },
    addLintFile() {
      if (existsSync(join(root, defaultFile))) copy(defaultFile);
    },
    alone: (args) => ({ args, cwd: folder }),
    inFolder: (args, path) => ({ args: [...args, `./${placeIn(root, path)}`], cwd: root }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Where a path leads to, from the root, without links.
 * @throws {InputError} where that is not in the root, or not there
 */
function placeIn(root: string, path: string): string {
  const outside = new InputError([
    `${quote(path)} leads out of the folder that postern was started in: name what is in it, relative to it`,
  ]);
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path) || path.includes('\0')) throw outside;
  const wanted = join(root, path);
  // Before anything is looked at, so that nobody learns what is outside.
  if (wanted !== root && !wanted.startsWith(root + sep)) {
    if (join(wanted, sep) !== join(root, sep)) throw outside;
  }
  let found: string;
  try {
    found = realpathSync(wanted);
  } catch {
    throw new InputError([`${quote(path)} is not there, or cannot be read: name a file in this folder`]);
  }
  if (found !== root && !found.startsWith(root + sep)) throw outside;
  return relative(root, found).split(sep).join('/');
}

function readWhole(file: string, path: string): Buffer {
  if (!statSync(file).isFile())
    throw new InputError([`${quote(path)} is no file: name a file, such as one template of a CDK assembly`]);
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size > largest)
      throw new InputError([
        `${quote(path)} is larger than 8 MiB: run \`postern\` on ${quote(basename(path))} yourself`,
      ]);
    const buffer = Buffer.alloc(size);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, size, 0));
  } finally {
    closeSync(descriptor);
  }
}
