import type { ChosenEntry } from '../role/role.js';

/** The newest version of `postern.yaml` that is read. */
export const configVersion = 1;

/** An entry of a role, with its options as they are for one environment. */
export interface ConfigEntry extends ChosenEntry {
  readonly options: Readonly<Record<string, unknown>>;
  /** Where it stands in the file, such as `roles.deploy.trust.github-actions`. */
  readonly path: string;
}

/** What one role of a pair has for itself. */
export interface ConfigHalf {
  readonly trust: readonly ConfigEntry[];
  readonly permissions: readonly ConfigEntry[];
}

/** A role, or a pair for plan and apply, in one environment. */
export interface ConfigRole extends ConfigHalf {
  /** What it is called in the file. */
  readonly name: string;
  /** Undefined where the role is made once. */
  readonly environment: string | undefined;
  /** Where plan and apply are apart: then `trust` is empty, and both have `permissions`. */
  readonly halves: { readonly plan: ConfigHalf; readonly apply: ConfigHalf } | undefined;
  /** Name, path, session, boundary and place, by the names of {@link RoleInput}. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where it stands in the file. */
  readonly path: string;
  /** Where account, region and partition stand in the file. */
  readonly placePaths: ReadonlyMap<string, string>;
}

/** What `postern.yaml` says: every role in every environment, in the order of the file. */
export interface Config {
  readonly roles: readonly ConfigRole[];
}
