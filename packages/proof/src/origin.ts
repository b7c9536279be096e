/** A program built from its module by the ordinary go client. */
export interface GoOrigin {
  readonly kind: 'go';
  readonly module: string;
  readonly version: string;
  /** The folder of the program in the module; the module's own by default. */
  readonly folder?: string;
  /** Variables that a release is linked with: its version, most of all. */
  readonly set?: Readonly<Record<string, string>>;
}

/** Where a client comes from, by the ordinary means of its ecosystem. */
export type Origin =
  | GoOrigin
  | { readonly kind: 'pypi' | 'npm'; readonly package: string; readonly version: string }
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
    case 'debian':
      return `apt-get install ${origin.package}`;
    case 'vendor':
      return `see ${origin.page}${origin.instead === undefined ? '' : `; ${origin.instead} stands in where it is missing`}`;
  }
}

/** The release that is pinned; Debian's own is what it is. */
export const pinnedVersion = (origin: Origin): string | undefined =>
  'version' in origin ? origin.version.replace(/^v/, '') : undefined;
