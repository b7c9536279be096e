/** What a value is: `text`, `number`, `flag`, `blob`, `document`, a `time`, a list, a map, or a structure by its name. */
export type Type =
  | string
  | { readonly list: Type; readonly item?: string }
  | { readonly map: Type; readonly key?: string; readonly value?: string }
  | { readonly is: string };

/** A member of a structure, and where it stands; in the body where nothing else is said. */
export interface MemberModel {
  readonly type: Type;
  /** As the wire calls it, where that is not its name. */
  readonly name?: string;
  /** `label`, `query`, `queries`, `header`, `headers` (by their prefix), `payload` or `status`. */
  readonly at?: string;
  /** Whether the items of a list stand beside each other, without an element around them. */
  readonly flat?: boolean;
  readonly attribute?: boolean;
}

/** Members by name; under `@` the name of the element. */
export type StructureModel = Readonly<Record<string, string | MemberModel>>;

/** How the request of an operation is told from others; what is in it and in the answer, where the sandbox serves it. */
export interface OperationModel {
  /** Method and address: `PUT /2015-03-31/functions/{FunctionName}/code`. */
  readonly http?: string;
  /** The status of the answer where it is not 200. */
  readonly status?: number;
  /** Without these it is another operation: `?uploadId`, `x-amz-copy-source`, `{Bucket}`. */
  readonly needs?: readonly string[];
  /** Whether IAM has no action of its name. */
  readonly unnamed?: boolean;
  readonly input?: string;
  readonly output?: string;
}

/** A service as AWS publishes it: `npm run generate` reads it from the clients of the AWS SDK for JavaScript. */
export interface ServiceModel {
  readonly protocol: string;
  /** As SDKs name the service. */
  readonly id: string;
  /** As signatures name it. */
  readonly signing: string;
  /** What its host names begin with. */
  readonly endpoint: string;
  readonly version: string;
  /** What stands before the operation in `x-amz-target`. */
  readonly target: string;
  readonly namespace?: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, StructureModel>>;
}

/** The members of a structure, each with what it is and where it stands. */
export function membersOf(
  model: ServiceModel,
  structure: string | undefined,
): readonly (readonly [string, MemberModel])[] {
  const found = Object.hasOwn(model.shapes, structure ?? '') ? model.shapes[structure!]! : {};
  return Object.entries(found)
    .filter(([name]) => name !== '@')
    .map(([name, member]) => [name, typeof member === 'string' ? { type: member } : member] as const);
}

/** The model of an operation; undefined where the service has none of that name. */
export function operationIn(model: ServiceModel, name: string): OperationModel | undefined {
  return Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
}

/** A value by name, where the object has one of its own. */
export function valueOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
