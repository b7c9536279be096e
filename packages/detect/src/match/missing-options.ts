import { kindOf, tryBuild, type TrustEntry, type UseCase } from '@postern/core';

/**
 * The options that an entry cannot do without: what its own checks name, and the options do not have. Where an open option has
 * no value yet, its example stands for one.
 */
export function missingOptions(
  entry: UseCase | TrustEntry,
  options: Readonly<Record<string, string | boolean | readonly string[]>>,
  open: ReadonlySet<string>,
): string[] {
  const known: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(entry.options)) {
    const { several, example } = kindOf(option);
    const told = options[name];
    if (open.has(name)) known[name] = example(option);
    else if (told !== undefined) known[name] = typeof told === 'object' && !several ? told[0] : told;
  }
  const names = tryBuild(entry, known).problems.map(({ path }) => path.split(/[.[]/, 1)[0]!);
  return [...new Set(names)].filter((name) => Object.hasOwn(entry.options, name) && !Object.hasOwn(known, name));
}
