import type { ResourceForm, TextForm } from './form.js';

/** What all options have. */
export interface WithHelp {
  /** One sentence for help and documentation. */
  readonly help: string;
}

/** Which parts of the place an ARN given here supplies to the others. */
export type Anchors = readonly ('partition' | 'region' | 'account')[];

export type AnyForm = TextForm | ResourceForm;

/** What all options have that are given as texts or resources of one form. */
export interface FormOption<Form extends AnyForm = AnyForm> extends WithHelp {
  readonly form: Form;
  readonly required: boolean;
  /** Whether the entry's `scope` governs it. */
  readonly scoped: boolean;
  readonly anchors: Anchors;
  /** Whether an ARN in another account or region is fine. */
  readonly elsewhere: boolean;
  /** The option whose resource knows this one, as a bucket knows its key; adapters ask its construct. */
  readonly of?: string | undefined;
  /** The option whose bucket holds it: a URL may stand for both, here and there. */
  readonly within?: string | undefined;
}

/** What may be said of an option with a form; all of it has a default. */
export interface FormSettings {
  readonly required?: boolean;
  readonly scoped?: boolean;
  readonly anchors?: Anchors;
  readonly elsewhere?: boolean;
  readonly of?: string;
  readonly within?: string;
}

/** What the types need to know of an option: whether it may be left out. */
export type TypeFlags<Settings> = {
  readonly required: Settings extends { readonly required: true } ? true : false;
  readonly scoped: Settings extends { readonly scoped: true } ? true : false;
  readonly of: Settings extends { readonly of: string } ? string : undefined;
};

const everywhere: Anchors = ['partition', 'region', 'account'];

/** An option with a form, its settings filled up. */
export function withForm<Form extends AnyForm, Settings extends FormSettings>(
  form: Form,
  help: string,
  settings?: Settings,
): FormOption<Form> & TypeFlags<Settings> {
  const { required = false, scoped = false, anchors = everywhere, elsewhere = false, of, within } = settings ?? {};
  const named = { ...(of === undefined ? {} : { of }), ...(within === undefined ? {} : { within }) };
  return { form, help, required, scoped, anchors, elsewhere, ...named } as FormOption<Form> & TypeFlags<Settings>;
}

/** Whether an option is given as texts or resources of a form. */
export function hasForm<O extends WithHelp>(option: O | undefined): option is Extract<O, FormOption> {
  return option !== undefined && 'form' in option;
}
