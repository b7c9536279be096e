import type { Template } from './template.js';

/** What a text must look like. Patterns are whole-text, in the RE2 subset, so that HCL can check them too. */
export interface TextForm {
  /** Without article: "ECR repository". */
  readonly title: string;
  readonly example: string;
  /** The texts allowed where wildcards are not. */
  readonly pattern: string;
  /** What the pattern asks for, in words that follow "use": "lower case letters, digits, ...". */
  readonly says: string;
  readonly shortest: number;
  readonly longest: number;
  /** The same with `*` and `?`, for scope `pattern`; absent where wildcards are never allowed. */
  readonly wildcardPattern?: string;
  /** Texts that the pattern would let through or explain badly: the first that matches is the answer. */
  readonly refuse?: readonly RefusedText[];
}

/** A text that is something else than what is asked for. */
export interface RefusedText {
  /** Matched with the text as it is given, and with the name in an ARN; in the RE2 subset. */
  readonly pattern: string;
  /** What the text is, and what to do: it follows the text. Options are named in backticks. */
  readonly say: string;
  /** What to write for this very text, with `$1` for a group of the pattern. */
  readonly here?: string;
}

/** A named AWS resource: it may be given by name or by ARN. */
export interface ResourceForm<Type extends string = string> extends TextForm {
  /** Its types in CloudFormation: adapters take the constructs and resources of these types. */
  readonly types?: readonly Type[];
  readonly arn: {
    readonly service: string;
    /** Whether the ARN has a region and an account. */
    readonly regional: boolean;
    readonly account: boolean;
    /** The sixth part, with `itself` where the name stands, last. */
    readonly resource: Template;
  };
}

/** What all options have. */
interface Common {
  /** One sentence for help and documentation. */
  readonly help: string;
}

/** A boolean; null where unset means neither. */
export interface SwitchOption extends Common {
  readonly kind: 'switch';
  readonly default: boolean | null;
}

/** One of several words. */
export interface ChoiceOption<Value extends string = string> extends Common {
  readonly kind: 'choice';
  readonly values: readonly Value[];
  readonly default: Value;
}

/** Which parts of the place an ARN given here supplies to the others. */
export type Anchors = readonly ('partition' | 'region' | 'account')[];

type AnyForm = TextForm | ResourceForm;

interface Valued<Form extends AnyForm> extends Common {
  readonly form: Form;
  readonly required: boolean;
  /** Whether the entry's `scope` governs it. */
  readonly scoped: boolean;
  readonly anchors: Anchors;
  /** Whether an ARN in another account is fine. */
  readonly elsewhere: boolean;
  /** The option whose resource knows this one, as a bucket knows its key; adapters ask its construct. */
  readonly of: string | undefined;
}

/** One text, or one resource. */
export interface SingleOption<Form extends AnyForm = AnyForm> extends Valued<Form> {
  readonly kind: 'single';
  readonly default: string | undefined;
}

/** Several texts or resources, at least one where given. */
export interface ListOption<Form extends AnyForm = AnyForm> extends Valued<Form> {
  readonly kind: 'list';
}

export type Option = SwitchOption | ChoiceOption | SingleOption | ListOption;

/** The options of an entry by name, in the order they are shown. */
export type OptionSet = Readonly<Record<string, Option>>;

const everywhere: Anchors = ['partition', 'region', 'account'];

interface ValuedSettings {
  readonly required?: boolean;
  readonly scoped?: boolean;
  readonly anchors?: Anchors;
  readonly elsewhere?: boolean;
  readonly of?: string;
}

/** A switch, off unless said otherwise; `default: null` makes it three-state. */
export function toggle(help: string, settings: { readonly default?: boolean | null } = {}): SwitchOption {
  return { kind: 'switch', help, default: settings.default === undefined ? false : settings.default };
}

/** A choice between words. */
export function oneOf<const Value extends string>(
  values: readonly Value[],
  help: string,
  settings: { readonly default: NoInfer<Value> },
): ChoiceOption<Value> {
  return { kind: 'choice', values, help, default: settings.default };
}

/** What the types need to know of an option: whether it may be left out. */
type Flags<Settings> = {
  readonly required: Settings extends { readonly required: true } ? true : false;
  readonly scoped: Settings extends { readonly scoped: true } ? true : false;
  readonly of: Settings extends { readonly of: string } ? string : undefined;
};

function valued<Form extends AnyForm, Settings extends ValuedSettings>(form: Form, help: string, settings?: Settings) {
  const { required = false, scoped = false, anchors = everywhere, elsewhere = false, of } = settings ?? {};
  return { form, help, required, scoped, anchors, elsewhere, of } as Valued<Form> & Flags<Settings>;
}

/** One text or resource. */
export function single<
  Form extends AnyForm,
  const Settings extends ValuedSettings & { readonly default?: string } = ValuedSettings,
>(form: Form, help: string, settings?: Settings): SingleOption<Form> & Flags<Settings> {
  return { kind: 'single', ...valued(form, help, settings), default: settings?.default };
}

/** A list of texts or resources. */
export function list<Form extends AnyForm, const Settings extends ValuedSettings = ValuedSettings>(
  form: Form,
  help: string,
  settings?: Settings,
): ListOption<Form> & Flags<Settings> {
  return { kind: 'list', ...valued(form, help, settings) };
}

export function isResourceForm(form: TextForm | ResourceForm): form is ResourceForm {
  return 'arn' in form;
}

/** How wide the lists of an entry may be. */
export const scope = oneOf(
  ['exact', 'pattern', 'account'],
  'How wide the lists may be: exact names, patterns with * and ?, or everything in the account and region.',
  { default: 'exact' },
);

/** An account id: 12 digits, leading zeros included. */
export const accountForm: TextForm = {
  title: 'AWS account id',
  example: '123456789012',
  pattern: '^[0-9]{12}$',
  says: '12 digits',
  shortest: 12,
  longest: 12,
  refuse: [
    {
      pattern: '^([0-9]{4})[ -]([0-9]{4})[ -]([0-9]{4})$',
      say: 'has signs between its digits: write the digits alone',
      here: '`$1$2$3`',
    },
    {
      pattern: '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):.*$',
      say: 'is an ARN: write the account in it alone',
      here: '`$1`',
    },
  ],
};

const regionForm: TextForm = {
  title: 'AWS region',
  example: 'eu-west-1',
  pattern: '^[a-z]{2,5}(-[a-z]{2,10}){1,3}-[0-9]{1,2}$',
  says: 'lower case words and a number joined by hyphens',
  shortest: 5,
  longest: 40,
  refuse: [
    {
      pattern: '^([a-z]{2,5}(?:-[a-z]{2,10}){1,3}-[0-9]{1,2})(?:-[a-z]{3}-[0-9]{1,2})?[a-z]$',
      say: 'is a zone: write the region that it is in',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:[^:]*:([a-z0-9-]+):.*$',
      say: 'is an ARN: write the region in it alone',
      here: '`$1`',
    },
  ],
};

const partitionForm: TextForm = {
  title: 'AWS partition',
  example: 'aws',
  pattern: '^aws(-[a-z]{1,10}){0,3}$',
  says: '`aws`, or `aws-` and a name',
  shortest: 3,
  longest: 40,
};

/** Where the resources are; spread into every entry. An ARN given elsewhere supplies what is missing here. */
export const place = {
  account: single(accountForm, 'The account of the resources; not needed where full ARNs are given.'),
  region: single(regionForm, 'The region of the resources; not needed where full ARNs are given.'),
  partition: single(partitionForm, 'The partition of the resources; follows from the region.'),
  allowUnknownRegion: toggle('Take a region that postern does not know; needs the partition.'),
};
