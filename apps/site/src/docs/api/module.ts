import type { JSONOutput } from 'typedoc';

/** What an address of a package exports, as TypeDoc reads it. */
export interface ApiModule {
  /** What stands in an import, such as `@postern/core/catalog`. */
  readonly address: string;
  readonly description: string;
  readonly exports: readonly JSONOutput.DeclarationReflection[];
}
