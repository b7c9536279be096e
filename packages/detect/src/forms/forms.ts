import type { ValueForm } from '@postern/core';
import { cutAt, literalOf, mapTexts, oneOf, splitText, type Text, type Value } from '../values/value.js';
import { partOfImage, readImage } from './image.js';

/** How values are taken apart, by the words that signs use. */
export const forms: Readonly<Record<ValueForm, (value: Value) => Value>> = {
  'registry of image': (value) => partOfImage(value, 'registry'),
  'account of image': (value) => partOfImage(value, 'account'),
  'region of image': (value) => partOfImage(value, 'region'),
  'repository of image': (value) => partOfImage(value, 'repository'),
  'name of function': (value) => value.map((text) => functionOf(text)),
  'name of image': (value) => value.map((text) => readImage(text).repository),
  'names of pairs': (value) =>
    oneOf(
      value.map((text) =>
        splitText(text, (character) => character === ',' || character === '\n').flatMap((pair): Text[] => {
          const name = trimmed(cutAt(pair, '=')?.before ?? pair);
          return name.length === 0 ? [] : [name];
        }),
      ),
    ),
  'bucket of s3': (value) => value.flatMap((text) => bucketOf(text)),
  'folder of s3': (value) => value.flatMap((text) => folderOf(text)),
  'key of s3': (value) => value.flatMap((text) => keyOf(text)),
  'prefix of s3': (value) => value.flatMap((text) => prefixOf(text)),
  'region of backend': (value) => value.flatMap((text) => backendRegionOf(text)),
  'root of backend': (value) => value.flatMap((text) => backendRootOf(text)),
  'bucket of path': (value) => value.map((text) => cutAt(text, '/')?.before ?? text),
  'prefix of path': (value) =>
    value.flatMap((text) => {
      const behind = cutAt(text, '/')?.after ?? [];
      return behind.length === 0 ? [] : [behind];
    }),
  list: (value) =>
    oneOf(
      value.map((text) => splitText(text, (character) => /[\s,]/.test(character)).filter((piece) => piece.length > 0)),
    ),
  family: (value) => mapTexts(value, familyOf, 'the task definition'),
  'account of arn': (value) =>
    value.flatMap((text) => (fieldOfArn(text, 4) === undefined ? [] : [fieldOfArn(text, 4)!])),
  'region of arn': (value) =>
    value.flatMap((text) => (fieldOfArn(text, 3) === undefined ? [] : [fieldOfArn(text, 3)!])),
  secret: (value) => oneOf(value.map((text) => secretsOf(text))),
};

function afterScheme(text: Text): Text | undefined {
  const cut = cutAt(text, '://');
  return cut !== undefined && literalOf(cut.before) === 's3' ? cut.after : undefined;
}

function bucketOf(text: Text): Text[] {
  const path = afterScheme(text);
  if (path === undefined) {
    // A variable that holds the whole address.
    return typeof text[0] === 'string' && !text[0].startsWith('/') ? [] : [[{ from: originOf(text) }]];
  }
  const [known] = path;
  const named = cutAt(path, '/')?.before ?? path;
  // No name of a bucket holds a question mark: behind it stand settings, as in the address of a backend.
  const bucket = cutAt(named, '?')?.before ?? named;
  // What stands behind a variable without a slash may belong to the bucket or the key.
  return known === undefined ? [] : [bucket];
}

function keyOf(text: Text): Text[] {
  const path = afterScheme(text);
  const cut = path === undefined ? undefined : cutAt(path, '/');
  return cut === undefined || cut.after.length === 0 ? [] : [cut.after];
}

/** All of a key, which is a folder to what copies folders: without the slash behind it. */
function folderOf(text: Text): Text[] {
  const [key] = keyOf(text);
  if (key === undefined || literalOf(key) === undefined) return prefixOf(text);
  return [[literalOf(key)!.replace(/\/+$/, '')]];
}

/** The region among the settings behind the question mark of a backend's address. */
function backendRegionOf(text: Text): Text[] {
  const settings = cutAt(text, '?')?.after ?? [];
  return splitText(settings, (character) => character === '&').flatMap((setting): Text[] => {
    const cut = cutAt(setting, '=');
    return cut !== undefined && literalOf(cut.before) === 'region' ? [cut.after] : [];
  });
}

/** Where Pulumi keeps its state below the path of an address, of which what stands behind a question mark is no part. */
function backendRootOf(text: Text): Text[] {
  return keyOf(text).flatMap((key): Text[] => {
    const path = cutAt(key, '?')?.before ?? key;
    const last = path.at(-1);
    if (last === undefined) return [];
    if (typeof last !== 'string') return [[...path, '/.pulumi']];
    return [[...path.slice(0, -1), `${last.replace(/[/]$/, '')}/.pulumi`]];
  });
}

/** The folder of a key, without the slash behind it. */
function prefixOf(text: Text): Text[] {
  return keyOf(text).flatMap((key): Text[] => {
    const known = literalOf(key);
    if (known === undefined) {
      const [head] = key;
      const slash = typeof head === 'string' ? head.lastIndexOf('/') : -1;
      return slash > 0 ? [[(head as string).slice(0, slash)]] : [[{ from: originOf(key) }]];
    }
    const slash = known.lastIndexOf('/');
    if (slash > 0) return [[known.slice(0, slash)]];
    return [[{ from: `${known}, at the top of the bucket` }]];
  });
}

function familyOf(text: Text): Text | undefined {
  const path = cutAt(text, ':task-definition/')?.after ?? text;
  const known = literalOf(path);
  const last = path.at(-1);
  if (typeof last === 'string' && (last.endsWith('.json') || known?.startsWith('file://')))
    return [{ from: `the file ${(known ?? last).replace('file://', '').replace(/^\//, '')}` }];
  return cutAt(path, ':')?.before ?? path;
}

/** The function that an ARN names, without version or alias. */
function functionOf(text: Text): Text {
  const behind = cutAt(text, ':function:')?.after;
  return behind === undefined ? text : (cutAt(behind, ':')?.before ?? behind);
}

function fieldOfArn(text: Text, field: number): Text | undefined {
  if (typeof text[0] !== 'string' || !text[0].startsWith('arn:')) return undefined;
  const piece = splitText(text, (character) => character === ':')[field];
  return piece === undefined || piece.length === 0 ? undefined : piece;
}

/** `NAME, arn:…` and `arn:…:secret:name-AbCdEf:key` name the secret `arn:…:secret:name-AbCdEf`. */
function secretsOf(text: Text): Value {
  return splitText(text, (character) => character === '\n').flatMap((line) => {
    const named = cutAt(line, ',')?.after ?? line;
    const pieces = splitText(trimmed(named), (character) => character === ':');
    if (pieces.length === 0 || pieces[0]!.length === 0) return [];
    const isArn = literalOf(pieces[0]!) === 'arn';
    const kept = isArn ? pieces.slice(0, 7) : pieces.slice(0, 1);
    return oneOf(
      [kept.reduce<Text>((made, piece, at) => (at === 0 ? piece : joined(made, piece)), [])].map((made) => [made]),
    );
  });
}

function joined(before: Text, piece: Text): Text {
  const last = before.at(-1);
  const head = typeof last === 'string' ? [...before.slice(0, -1), `${last}:`] : [...before, ':'];
  const first = piece[0];
  if (typeof first !== 'string') return [...head, ...piece];
  return [...head.slice(0, -1), `${head.at(-1) as string}${first}`, ...piece.slice(1)];
}

function trimmed(text: Text): Text {
  return text
    .map((part, at) => {
      if (typeof part !== 'string') return part;
      const begun = at === 0 ? part.trimStart() : part;
      return at === text.length - 1 ? begun.trimEnd() : begun;
    })
    .filter((part) => part !== '');
}

function originOf(text: Text): string {
  return text.flatMap((part) => (typeof part === 'string' ? [] : [part.from]))[0] ?? 'the repository';
}
