/**
 * As much of the npm package `yaml` as reading a file takes. Core depends on nothing: who reads YAML hands it over.
 * @see https://eemeli.org/yaml/
 */
export interface YamlLibrary {
  parseDocument(
    text: string,
    options: { readonly uniqueKeys: boolean; readonly prettyErrors: boolean; readonly logLevel: 'silent' | 'error' },
  ): YamlText;
  isAlias(node: unknown): boolean;
  isMap(node: unknown): node is { readonly items: readonly { readonly key: unknown; readonly value: unknown }[] };
  isScalar(node: unknown): node is { readonly value: unknown };
  isSeq(node: unknown): node is { readonly items: readonly unknown[] };
}

/** A text that was parsed. */
export interface YamlText {
  readonly contents: unknown;
  readonly errors: readonly YamlMessage[];
  readonly warnings: readonly YamlMessage[];
  toJS(options: { readonly maxAliasCount: number }): unknown;
}

/** What the parser says of a text. */
export interface YamlMessage {
  readonly code: string;
  readonly message: string;
  /** Where it begins and ends, in characters from 0. */
  readonly pos: readonly [number, number];
}
