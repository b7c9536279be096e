import { NormalizedSchema } from '@smithy/core/schema';

/** A schema as the clients of the AWS SDK hold it. */
export type SmithySchema = Parameters<typeof NormalizedSchema.of>[0];

/** What a value is: a simple one by name, a list, a map, or a structure of the table. */
type Type =
  | string
  | { readonly list: Type; readonly item?: string }
  | { readonly map: Type; readonly key?: string; readonly value?: string }
  | { readonly is: string };

/** A member of a structure, and where it stands. */
type WrittenMember =
  | string
  | { readonly type: Type; readonly name?: string; readonly at?: string; readonly flat?: true };

/** Structures by name: their members, and under `@` the name of their element and its namespace. */
export type ShapeTable = Record<string, Record<string, WrittenMember>>;

/**
 * Adds a structure and all that it holds to a table.
 * @returns its name there; undefined for the empty structure
 */
export function readShape(schema: SmithySchema, shapes: ShapeTable): string {
  const type = typeOf(NormalizedSchema.of(schema), shapes);
  return typeof type === 'object' && 'is' in type ? type.is : '';
}

function typeOf(schema: NormalizedSchema, shapes: ShapeTable): Type {
  if (schema.isStructSchema()) return { is: structureOf(schema, shapes) };
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return { list: typeOf(item, shapes), ...named('item', item) };
  }
  if (schema.isMapSchema()) {
    const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
    return { map: typeOf(value, shapes), ...named('key', key), ...named('value', value) };
  }
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isTimestampSchema()) return times[schema.getSchema() as number] ?? 'time';
  if (schema.isBooleanSchema()) return 'flag';
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return 'number';
  return schema.isDocumentSchema() ? 'document' : 'text';
}

const times: Readonly<Record<number, string>> = { 5: 'time-iso', 6: 'time-http', 7: 'time-epoch' };

function named<Key extends string>(key: Key, schema: NormalizedSchema): { [name in Key]?: string } {
  const { xmlName } = schema.getMergedTraits();
  return (xmlName === undefined ? {} : { [key]: xmlName }) as { [name in Key]?: string };
}

function structureOf(schema: NormalizedSchema, shapes: ShapeTable): string {
  const name = schema.getName() ?? '';
  if (Object.hasOwn(shapes, name)) return name;
  const members: Record<string, WrittenMember> = {};
  shapes[name] = members;
  for (const [member, of] of schema.structIterator()) members[member] = readMember(of, shapes);
  const { xmlName } = schema.getMergedTraits();
  if (typeof xmlName === 'string' && !schema.isMemberSchema()) members['@'] = xmlName;
  return name;
}

function readMember(schema: NormalizedSchema, shapes: ShapeTable): WrittenMember {
  const traits = schema.getMergedTraits();
  const type = typeOf(schema, shapes);
  const { httpQuery, httpHeader, httpPrefixHeaders } = traits;
  const at =
    httpQuery !== undefined
      ? { at: 'query', name: httpQuery }
      : httpHeader !== undefined
        ? { at: 'header', name: httpHeader.toLowerCase() }
        : httpPrefixHeaders !== undefined
          ? { at: 'headers', name: httpPrefixHeaders.toLowerCase() }
          : traits.httpLabel
            ? { at: 'label' }
            : traits.httpPayload
              ? { at: 'payload' }
              : traits.httpQueryParams
                ? { at: 'queries' }
                : traits.httpResponseCode
                  ? { at: 'status' }
                  : {};
  const name = traits.jsonName ?? traits.xmlName;
  const about = {
    ...(name === undefined ? {} : { name }),
    ...at,
    ...(traits.xmlFlattened ? { flat: true as const } : {}),
    ...(traits.xmlAttribute ? { attribute: true as const } : {}),
  };
  return Object.keys(about).length === 0 && typeof type === 'string' ? type : { type, ...about };
}
