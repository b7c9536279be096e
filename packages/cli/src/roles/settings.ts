/** The settings of a role by the names of their flags, as they are written. */
export interface WrittenSettings {
  readonly name?: string;
  readonly path?: string;
  readonly maxSessionDuration?: string;
  /** True where one is made. */
  readonly boundary?: string | true;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
}

/** The settings of a role by the names that core has for them, without those that are not written. */
export function roleSettings(written: WrittenSettings): Record<string, unknown> {
  const { name, path, maxSessionDuration, boundary, account, region, partition } = written;
  const isNumber = maxSessionDuration !== undefined && /^[0-9]{1,9}$/.test(maxSessionDuration);
  const settings = {
    roleName: name,
    path,
    maxSessionDuration: isNumber ? Number(maxSessionDuration) : maxSessionDuration,
    boundary,
    account,
    region,
    partition,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
