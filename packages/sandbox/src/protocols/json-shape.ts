import { membersOf, valueOf, type MemberModel, type ServiceModel, type Type } from './model.js';
import { readTime, timeForm, writeTime } from './times.js';

/** Writes a structure as JSON has it: times as seconds, bytes in base64. Members that the model has not stand as they are. */
export function writeStructure(model: ServiceModel, structure: string | undefined, value: object): object {
  const members = new Map(membersOf(model, structure));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const member = members.get(name);
      return [member?.name ?? name, member === undefined ? part : writeValue(model, member.type, part)];
    }),
  );
}

function writeValue(model: ServiceModel, type: Type, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (typeof type === 'string') {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    return type.startsWith('time') ? writeTime(value, timeForm(type, 'time-epoch')) : value;
  }
  if ('list' in type) return Array.isArray(value) ? value.map((one) => writeValue(model, type.list, one)) : value;
  if (typeof value !== 'object') return value;
  if ('is' in type) return writeStructure(model, type.is, value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, writeValue(model, type.map, one)]));
}

/** Reads a structure: names as the API has them; with `decode`, bytes and times as a client shows them. */
export function readStructure(
  model: ServiceModel,
  members: readonly (readonly [string, MemberModel])[],
  value: unknown,
  decode: boolean,
): Record<string, unknown> {
  const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of members) {
    const part = valueOf(value, member.name ?? name);
    if (part !== undefined && part !== null) found[name] = readValue(model, member.type, part, decode);
  }
  return found;
}

function readValue(model: ServiceModel, type: Type, value: unknown, decode: boolean): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof type === 'string') {
    if (!decode) return value;
    if (type === 'blob') return Buffer.from(String(value), 'base64');
    return type.startsWith('time') ? readTime(value) : value;
  }
  if ('list' in type)
    return Array.isArray(value) ? value.map((one) => readValue(model, type.list, one, decode)) : value;
  if (typeof value !== 'object') return value;
  if ('is' in type) return readStructure(model, membersOf(model, type.is), value, decode);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readValue(model, type.map, one, decode)]));
}

const deepest = 100;

/** The first member whose value is of another type than the model has it, by its path. */
export function findMistyped(
  model: ServiceModel,
  members: readonly (readonly [string, MemberModel])[],
  value: object,
  depth = 0,
): string | undefined {
  for (const [name, member] of members) {
    const wire = member.name ?? name;
    const part = valueOf(value, wire);
    if (part === undefined || part === null) continue;
    const found = mistypedWithin(model, member.type, part, wire, depth);
    if (found !== undefined) return found;
  }
  return undefined;
}

function mistypedWithin(
  model: ServiceModel,
  type: Type,
  value: unknown,
  path: string,
  depth: number,
): string | undefined {
  if (typeof type === 'string') return isOfType(type, value) ? undefined : path;
  const isList = 'list' in type;
  if (depth > deepest || typeof value !== 'object' || value === null || Array.isArray(value) !== isList) return path;
  if ('is' in type) {
    const found = findMistyped(model, membersOf(model, type.is), value, depth + 1);
    return found === undefined ? undefined : `${path}.${found}`;
  }
  for (const [name, one] of Object.entries(value)) {
    const within = isList ? `${path}[${name}]` : `${path}.${name}`;
    const found = mistypedWithin(model, isList ? type.list : type.map, one, within, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'document':
      return true;
    case 'number':
      return typeof value === 'number' || /^(?:NaN|-?Infinity)$/.test(String(value));
    case 'flag':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string' || (type.startsWith('time') && typeof value === 'number');
  }
}
