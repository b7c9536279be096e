/** A function; its versions are counted from 1, and what is deployed is `$LATEST`. */
export interface LambdaFunction {
  readonly name: string;
  /** The ARN of its execution role. */
  role: string;
  /** Further members of its configuration, as the API names them. */
  configuration: Readonly<Record<string, unknown>>;
  /** The SHA-256 of its package, in base64. */
  codeSha256: string;
  codeSize: number;
  /** How many reads still see a change under way, and how many do after the next one. */
  underWay: number;
  lag: number;
  /** How often it was changed. */
  revision: number;
  /** Each version with the package and the revision that it was published from. */
  readonly versions: FunctionVersion[];
  readonly aliases: Map<string, Alias>;
  readonly tags: Map<string, string>;
}

export interface FunctionVersion {
  readonly codeSha256: string;
  readonly revision: number;
}

export interface Alias {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

/** Lambda's functions, by `account/region/name`. */
export type Functions = Map<string, LambdaFunction>;

export function newFunction(name: string, role: string): LambdaFunction {
  return {
    name,
    role,
    configuration: {},
    codeSha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    codeSize: 0,
    underWay: 0,
    lag: 0,
    revision: 1,
    versions: [],
    aliases: new Map(),
    tags: new Map(),
  };
}

export const state = { functions: (): Functions => new Map() };
