type OptionValues = Readonly<Record<string, unknown>>;

/** The options that are set. */
export function given(options: OptionValues): OptionValues {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== null));
}
