/** A place in a template where a value is put in. */
export type Slot =
  /** The option's text, or the name of the resource it names. */
  | { readonly slot: 'text'; readonly option: string }
  /** The full ARN of the resource the option names. */
  | { readonly slot: 'arn'; readonly option: string }
  | { readonly slot: 'partition' | 'region' | 'account' }
  /** The DNS suffix of service names in the partition. */
  | { readonly slot: 'dnsSuffix' }
  /** In a trust entry: who issues the tokens, without `https://`. */
  | { readonly slot: 'issuer' }
  /** In the ARN of an option's own kind: the name of the resource. */
  | { readonly slot: 'itself' };

/**
 * Fixed text with slots. It makes one text for each combination of the items of the options it names, the first named
 * outermost, and none where one of them is not given.
 */
export type Template = readonly (string | Slot)[];

/** Writes a template: `` template`${arn('bucket')}/${text('keys')}` ``; a template inside another becomes part of it. */
export function template(fixed: TemplateStringsArray, ...inserted: readonly (Slot | Template)[]): Template {
  return fixed.flatMap((piece, index) => [...(piece === '' ? [] : [piece]), ...partsOf(inserted[index] ?? [])]);
}

/** The parts of a template, which may also be a single slot or plain text. */
export function partsOf(template: Template | Slot | string): Template {
  return typeof template === 'string' || 'slot' in template ? [template] : template;
}

export function text(option: string): Slot {
  return { slot: 'text', option };
}

export function arn(option: string): Slot {
  return { slot: 'arn', option };
}

export const partition: Slot = { slot: 'partition' };
export const region: Slot = { slot: 'region' };
export const account: Slot = { slot: 'account' };
export const dnsSuffix: Slot = { slot: 'dnsSuffix' };
export const issuer: Slot = { slot: 'issuer' };
export const itself: Slot = { slot: 'itself' };
