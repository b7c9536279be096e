/** A program built from its module by the ordinary go client. */
export interface GoOrigin {
  readonly kind: 'go';
  readonly module: string;
  readonly version: string;
  /** The folder of the program in the module; the module's own by default. */
  readonly folder?: string;
  /** Variables that a release is linked with: its version, most of all. */
  readonly set?: Readonly<Record<string, string>>;
  /** Modules that its own go.mod takes from folders beside it, which no proxy has: it is built in a module of ours. */
  readonly requires?: Readonly<Record<string, string>>;
  /** What its go.mod replaces, written again for that module: `MODULE VERSION` by module. */
  readonly replaces?: Readonly<Record<string, string>>;
  /** Programs that it starts and that stand beside it, each by its name. */
  readonly beside?: Readonly<Record<string, GoOrigin>>;
}

/** A program that no registry has, kept in this repository as it was published. */
export interface KeptOrigin {
  readonly kind: 'kept';
  readonly repository: string;
  readonly version: string;
  readonly commit: string;
  /** Its files, each with the name that git gives to its content. */
  readonly files: Readonly<Record<string, string>>;
  /** The module whose export is the program, where it is no program by itself. */
  readonly starts?: string;
  /** What it needs of npm: releases in the ranges of its own package.json. */
  readonly requires?: Readonly<Record<string, string>>;
}

/** A program of an npm package. */
export interface NpmOrigin {
  readonly kind: 'npm';
  readonly package: string;
  readonly version: string;
  /** What the registry says of the package's archive; another archive is refused. */
  readonly integrity: string;
}

/** Where a client comes from, by the ordinary means of its ecosystem. */
export type Origin =
  | GoOrigin
  | KeptOrigin
  | { readonly kind: 'pypi'; readonly package: string; readonly version: string }
  | NpmOrigin
  | { readonly kind: 'debian'; readonly package: string }
  /** No registry has it; another tool may stand in. */
  | { readonly kind: 'vendor'; readonly page: string; readonly instead?: string };

/** How a user gets it, in a few words. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'go':
      return `built from the Go module ${origin.module} ${origin.version}`;
    case 'pypi':
      return `pip install ${origin.package}==${origin.version}`;
    case 'npm':
      return `npm install ${origin.package}@${origin.version}`;
    case 'kept':
      return `https://github.com/${origin.repository} at ${origin.version}`;
    case 'debian':
      return `apt-get install ${origin.package}`;
    case 'vendor':
      return `see ${origin.page}${origin.instead === undefined ? '' : `; ${origin.instead} stands in where it is missing`}`;
  }
}

/** The release that is pinned; Debian's own is what it is. */
export const pinnedVersion = (origin: Origin): string | undefined =>
  'version' in origin ? origin.version.replace(/^v/, '') : undefined;
