import {
  hasForm,
  isResourceForm,
  kindOf,
  parseArn,
  tryBuild,
  type AnyEntry,
  type Item,
  type Place,
} from '@postern/core';

/** An entry as it is used: its options, and where the role is that has it. */
export interface PlacedOptions {
  readonly entry: AnyEntry;
  readonly options: Readonly<Record<string, unknown>>;
  readonly place: Partial<Place>;
}

/** A value of an option: as it is written, and the name of the resource, where it is one in the place of its entry. */
export interface Spelled {
  readonly text: string;
  readonly name: string | undefined;
}

/**
 * Spells what an option is said to be, in `postern.yaml` or elsewhere: of a resource, its name and its ARN say the same.
 * @param option the name of an option of the entry
 * @param value one value, or a list of them
 */
export function spell({ entry, options, place }: PlacedOptions, option: string, value: unknown): Spelled[] {
  const items = [value ?? []].flat();
  const declared = entry.options[option];
  if (!hasForm(declared) || !isResourceForm(declared.form))
    return items.map((one) => ({ text: String(one), name: undefined }));
  const { account, regional } = declared.form.arn;
  // An ARN of another place moves an entry there, and not what the CI files mean by a name.
  const own = { ...tryBuild(entry, options, { place }).resolved.place, ...place };
  return items.map((one) => {
    const given = { ...options, [option]: kindOf(declared).ofItems([one]) };
    const { problems, resolved } = tryBuild(entry, given, { place });
    const [item] = (resolved.values[option] ?? []) as readonly (Item | undefined)[];
    const text = textOf(one);
    const arn = parseArn(text);
    const isHere =
      arn === undefined ||
      (arn.partition === own.partition &&
        (!regional || arn.region === own.region) &&
        (!account || arn.account === own.account) &&
        !problems.some(({ path }) => path.split(/[.[]/, 1)[0] === option));
    return { text, name: isHere ? item?.name : undefined };
  });
}

/** A resource may be given as `{ arn }` or `{ name }`, too. */
function textOf(one: unknown): string {
  if (typeof one !== 'object' || one === null) return String(one);
  const { arn, name } = one as { readonly arn?: unknown; readonly name?: unknown };
  return String(arn ?? name);
}
