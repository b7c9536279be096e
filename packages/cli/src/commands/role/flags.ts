/** The flags of `postern role`. */
export interface RoleFlags {
  readonly trust?: readonly string[];
  readonly permissions?: readonly string[];
  readonly planTrust?: readonly string[];
  readonly planPermissions?: readonly string[];
  readonly applyTrust?: readonly string[];
  readonly applyPermissions?: readonly string[];
  /** True without a value: one is made. */
  readonly boundary?: string | true;
  readonly name?: string;
  readonly path?: string;
  readonly maxSessionDuration?: string;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly options?: string;
  readonly format?: string;
  readonly output?: string;
  readonly explain?: true;
}
