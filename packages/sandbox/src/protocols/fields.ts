import { membersOf, operationIn, valueOf, type MemberModel, type ServiceModel, type Type } from './model.js';
import type { ReadInput } from './protocol.js';
import { writeTime } from './times.js';
import { readText } from './xml-shape.js';

/** How a protocol of form fields calls what is within a structure, a list and a map. */
export interface Spelling {
  readonly nameOf: (name: string, member: MemberModel) => string;
  readonly itemOf: (type: { readonly item?: string }, flat: boolean) => string | undefined;
  readonly entryOf: (flat: boolean) => string | undefined;
}

/** Form fields of the protocol that are no members. */
const ofTheProtocol = /^(?:Action|Version|X-Amz-.*|AWSAccessKeyId)$/i;

/** Fields as a tree: `Tags.member.1.Key` is `Key` in `1` in `member` in `Tags`. */
interface FieldTree {
  value?: string;
  /** Whether it is given several times. */
  twice?: boolean;
  readonly parts: Map<string, FieldTree>;
}

const deepest = 40;

/** Reads what form fields say, by the members of an operation. */
export function readFields(
  model: ServiceModel,
  operation: string,
  fields: URLSearchParams,
  spelling: Spelling,
): ReadInput {
  const members = membersOf(model, operationIn(model, operation)?.input);
  const tree = treeOf([...fields].filter(([name]) => !ofTheProtocol.test(name)));
  return { input: readTree(model, members, tree, spelling), odd: oddWithin(model, members, tree, spelling) };
}

/** The first field that no member has, or that stands there twice. */
function oddWithin(
  model: ServiceModel,
  members: readonly (readonly [string, MemberModel])[],
  tree: FieldTree,
  spelling: Spelling,
): string | undefined {
  const known = new Map(members.map(([name, member]) => [spelling.nameOf(name, member), member]));
  for (const [name, part] of tree.parts) {
    const member = known.get(name);
    if (member === undefined || part.twice === true) return name;
    const found = oddPart(model, member.type, part, member.flat === true, spelling);
    if (found !== undefined) return found === '' ? name : `${name}.${found}`;
  }
  return undefined;
}

function oddPart(
  model: ServiceModel,
  type: Type,
  tree: FieldTree,
  flat: boolean,
  spelling: Spelling,
): string | undefined {
  if (tree.twice === true) return '';
  if (typeof type === 'string') return tree.parts.keys().next().value;
  if ('is' in type) return oddWithin(model, membersOf(model, type.is), tree, spelling);
  const around = 'list' in type ? spelling.itemOf(type, flat) : spelling.entryOf(flat);
  const beside = [...tree.parts.keys()].find((name) => (around === undefined ? !isIndex(name) : name !== around));
  if (beside !== undefined) return beside;
  const within = around === undefined ? tree : tree.parts.get(around);
  const strange = [...(within?.parts.keys() ?? [])].find((name) => !isIndex(name));
  if (strange !== undefined) return strange;
  if (!('list' in type)) return undefined;
  for (const item of within?.parts.values() ?? []) {
    const found = oddPart(model, type.list, item, false, spelling);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As clients count: from 1, without zeros in front. */
const isIndex = (text: string) => /^[1-9][0-9]{0,5}$/.test(text);

function treeOf(fields: readonly (readonly [string, string])[]): FieldTree {
  const tree: FieldTree = { parts: new Map() };
  for (const [name, value] of fields) {
    let at = tree;
    for (const part of name.split('.').slice(0, deepest)) {
      const next = at.parts.get(part) ?? { parts: new Map<string, FieldTree>() };
      at.parts.set(part, next);
      at = next;
    }
    if (at.value !== undefined) at.twice = true;
    at.value = value;
  }
  return tree;
}

function readTree(
  model: ServiceModel,
  members: readonly (readonly [string, MemberModel])[],
  tree: FieldTree,
  spelling: Spelling,
): Record<string, unknown> {
  const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of members) {
    const part = tree.parts.get(spelling.nameOf(name, member));
    if (part !== undefined) found[name] = readPart(model, member.type, part, member.flat === true, spelling);
  }
  return found;
}

function readPart(model: ServiceModel, type: Type, tree: FieldTree, flat: boolean, spelling: Spelling): unknown {
  if (typeof type === 'string') return readText(type, tree.value ?? '', false);
  if ('is' in type) return readTree(model, membersOf(model, type.is), tree, spelling);
  if ('list' in type)
    return itemsOf(tree, spelling.itemOf(type, flat)).map((one) => readPart(model, type.list, one, false, spelling));
  return Object.fromEntries(
    itemsOf(tree, spelling.entryOf(flat)).map((entry) => [
      entry.parts.get(type.key ?? 'key')?.value ?? '',
      readPart(model, type.map, entry.parts.get(type.value ?? 'value') ?? { parts: new Map() }, false, spelling),
    ]),
  );
}

/** The numbered parts, in their order; one whose list has an element around it stands within. */
function itemsOf(tree: FieldTree, around: string | undefined): FieldTree[] {
  const within = around === undefined ? tree : tree.parts.get(around);
  return [...(within?.parts ?? [])]
    .filter(([number]) => isIndex(number))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, one]) => one);
}

/** Writes an input as form fields. */
export function writeFields(
  model: ServiceModel,
  operation: string,
  input: object,
  spelling: Spelling,
): Record<string, string> {
  const fields: Record<string, string> = {};
  const write = (type: Type, value: unknown, path: string, flat: boolean): void => {
    if (value === undefined || value === null) return;
    const within = (...parts: (string | undefined)[]) => [path, ...parts.filter((one) => one !== undefined)].join('.');
    if (typeof type === 'string')
      fields[path] =
        value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(writeTime(value, 'time-iso'));
    else if ('is' in type) writeMembers(type.is, value, path);
    else if ('list' in type)
      (value as readonly unknown[]).forEach((one, index) =>
        write(type.list, one, within(spelling.itemOf(type, flat), String(index + 1)), false),
      );
    else
      Object.entries(value).forEach(([key, one], index) => {
        const entry = within(spelling.entryOf(flat), String(index + 1));
        fields[`${entry}.${type.key ?? 'key'}`] = key;
        write(type.map, one, `${entry}.${type.value ?? 'value'}`, false);
      });
  };
  const writeMembers = (structure: string | undefined, value: unknown, path: string): void => {
    for (const [name, member] of membersOf(model, structure))
      write(
        member.type,
        valueOf(value, name),
        `${path === '' ? '' : `${path}.`}${spelling.nameOf(name, member)}`,
        member.flat === true,
      );
  };
  writeMembers(operationIn(model, operation)?.input, input, '');
  return fields;
}
