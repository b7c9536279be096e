/**
 * A reader of the published catalog, written from its schema and README alone: it shares no code with the packages that it
 * is compared with. It makes the policy of options that are right, and checks none.
 */
export interface CatalogFile {
  readonly format: number;
  readonly partitions: Readonly<Record<string, { readonly regions: readonly string[]; readonly dnsSuffix: string }>>;
  readonly useCases: readonly EntryData[];
}

interface EntryData {
  readonly id: string;
  readonly options: Readonly<Record<string, OptionData>>;
  readonly statements: readonly StatementData[];
}

interface OptionData {
  readonly kind: string;
  readonly default?: string | boolean | null;
  readonly form?: { readonly arn?: ArnFormData; readonly url?: { readonly pattern: string; readonly as: string } };
  readonly within?: string;
  readonly scoped?: boolean;
  readonly anchors?: readonly string[];
  readonly elsewhere?: boolean;
}

interface ArnFormData {
  readonly service: string;
  readonly regional: boolean;
  readonly account: boolean;
  readonly resource: readonly TemplatePartData[];
  readonly optionalStart?: string;
}

type TemplatePartData = string | { readonly slot: string; readonly option?: string };
type TemplateData = TemplatePartData | readonly TemplatePartData[];
type SwitchedData<T> = T | { readonly when: PredicateData; readonly then: T };

type PredicateData = {
  readonly is?: string;
  readonly values?: readonly unknown[];
  readonly given?: string;
  readonly several?: string;
  readonly all?: readonly PredicateData[];
  readonly any?: readonly PredicateData[];
  readonly not?: PredicateData;
};

interface StatementData {
  readonly sid: string;
  readonly when?: PredicateData;
  readonly actions: Readonly<Record<string, SwitchedData<string>>>;
  readonly resources: { readonly unscoped: string } | readonly SwitchedData<TemplateData>[];
  readonly conditions?: readonly {
    readonly operator: string | { readonly exact: string; readonly wildcards: string };
    readonly key: string;
    readonly values: readonly SwitchedData<TemplateData>[];
    readonly when?: PredicateData;
  }[];
}

interface ItemData {
  readonly name: string;
  readonly arn?: string;
}

/** What an entry says of options, worked out. */
interface KnownOptions {
  readonly entry: EntryData;
  readonly words: Readonly<Record<string, unknown>>;
  readonly items: Readonly<Record<string, readonly ItemData[]>>;
  readonly place: Readonly<Record<string, string>>;
}

/** The policy of a use case for options, as the catalog alone tells it. */
export function readPolicy(catalog: CatalogFile, id: string, options: Readonly<Record<string, unknown>>): unknown {
  if (catalog.format !== 1) throw new Error(`the format ${catalog.format} is not known`);
  const entry = catalog.useCases.find((one) => one.id === id);
  if (entry === undefined) throw new Error(`the catalog has no ${id}`);
  const known = workOut(catalog, entry, options);
  return { Version: '2012-10-17', Statement: entry.statements.flatMap((statement) => statementOf(known, statement)) };
}

function workOut(catalog: CatalogFile, entry: EntryData, options: Readonly<Record<string, unknown>>): KnownOptions {
  const words: Record<string, unknown> = {};
  const items: Record<string, readonly ItemData[]> = {};
  const place: Record<string, string> = {};
  const supplied: Record<string, string> = {};
  for (const [name, option] of Object.entries(entry.options)) {
    const given = saidByUrl(entry, options, name) ?? options[name] ?? option.default;
    if (option.kind === 'switch' || option.kind === 'choice') {
      words[name] = given;
      continue;
    }
    const texts = given === undefined || given === null ? [] : (given as string[]);
    const list = Array.isArray(texts) ? texts : [texts as string];
    const all = option.scoped && options['scope'] === 'account' && option.kind === 'list';
    const isBucket = Object.values(entry.options).some(({ within }) => within === name);
    const read = list.map((text) => (isBucket ? bucketIn(entry, name, text) : text));
    items[name] = all ? [{ name: '*' }] : read.map((text) => itemOf(items, option, text));
    for (const text of list) if (text.startsWith('arn:') && option.form?.arn) supply(supplied, option, text);
    if (['account', 'region', 'partition'].includes(name) && list[0] !== undefined) place[name] = list[0];
  }
  for (const [part, value] of Object.entries(supplied)) place[part] ??= value;
  const home = Object.entries(catalog.partitions).find(([, { regions }]) => regions.includes(place['region'] ?? ''));
  if (home !== undefined) place['partition'] ??= home[0];
  place['dnsSuffix'] = catalog.partitions[place['partition'] ?? '']?.dnsSuffix ?? 'amazonaws.com';
  return { entry, words, items, place };
}

function supply(supplied: Record<string, string>, option: OptionData, arn: string): void {
  const [, partition, , region, account] = arn.split(':');
  for (const [part, value] of Object.entries({ partition, region, account })) {
    if (!value || !option.anchors!.includes(part) || (option.elsewhere && part !== 'partition')) continue;
    supplied[part] ??= value;
  }
}

/** The option that the URL of a bucket names as well. */
function namedBy({ options }: EntryData, bucket: string, url: string): [string, OptionData] | undefined {
  return Object.entries(options).find(
    ([, { within, form }]) => within === bucket && form?.url && new RegExp(form.url.pattern).test(url),
  );
}

function saidByUrl(entry: EntryData, options: Readonly<Record<string, unknown>>, name: string): unknown {
  const { within, kind, form } = entry.options[name]!;
  const url = within === undefined ? undefined : [options[within]].flat()[0];
  if (typeof url !== 'string' || namedBy(entry, within!, url)?.[0] !== name) return undefined;
  const text = url.replace(new RegExp(form!.url!.pattern), form!.url!.as);
  return kind === 'list' ? [text] : text;
}

function bucketIn(entry: EntryData, name: string, text: string): string {
  const [, inside] = namedBy(entry, name, text) ?? [];
  return inside === undefined ? text : text.replace(new RegExp(inside.form!.url!.pattern), '$1');
}

function itemOf(items: KnownOptions['items'], option: OptionData, given: string): ItemData {
  const { arn: form, url } = option.form ?? {};
  const text = url === undefined ? given : given.replace(new RegExp(url.pattern), url.as);
  if (form === undefined) return { name: text };
  const { optionalStart: start = '' } = form;
  if (!text.startsWith('arn:')) return { name: text.startsWith(start) ? text.slice(start.length) : text };
  let rest = text.split(':').slice(5).join(':');
  for (const [index, part] of form.resource.entries()) {
    const isBehind = index > 0 && index === form.resource.length - 1;
    if (typeof part === 'string') rest = isBehind ? rest.slice(0, -part.length) : rest.slice(part.length);
    else if (part.slot === 'text') {
      // The other option may stand later, or not be given: its name ends at the slash.
      const name = items[part.option!]?.[0]?.name;
      rest = rest.slice(name === undefined ? rest.indexOf('/') : name.length);
    }
  }
  return { name: rest, arn: text };
}

function statementOf(known: KnownOptions, statement: StatementData): unknown[] {
  if (!holds(known, statement.when)) return [];
  const actions = Object.entries(statement.actions).filter(([, reason]) => isActive(known, reason));
  const resources = 'unscoped' in statement.resources ? ['*'] : textsOf(known, statement.resources);
  if (actions.length === 0 || resources.length === 0) return [];
  const made: Record<string, Record<string, string[]>> = {};
  for (const condition of statement.conditions ?? []) {
    if (!holds(known, condition.when)) continue;
    const values = textsOf(known, condition.values);
    if (values.length === 0) return [];
    const isExact = (known.words['scope'] ?? 'exact') === 'exact';
    const { operator } = condition;
    const word = typeof operator === 'string' ? operator : isExact ? operator.exact : operator.wildcards;
    (made[word] ??= {})[condition.key] = values;
  }
  return [
    {
      Sid: statement.sid,
      Effect: 'Allow',
      Action: actions.map(([action]) => action),
      Resource: resources,
      ...(Object.keys(made).length === 0 ? {} : { Condition: made }),
    },
  ];
}

function isActive(known: KnownOptions, part: SwitchedData<unknown>): boolean {
  return typeof part !== 'object' || part === null || !('when' in part) || holds(known, part.when as PredicateData);
}

function textsOf(known: KnownOptions, templates: readonly SwitchedData<TemplateData>[]): string[] {
  const texts = templates
    .filter((template) => isActive(known, template))
    .flatMap((template) => {
      const whole = typeof template === 'object' && 'then' in template ? template.then : template;
      return fill(known, Array.isArray(whole) ? (whole as readonly TemplatePartData[]) : [whole as TemplatePartData]);
    });
  return [...new Set(texts)];
}

/** One text for each combination, the option that is named first outermost. */
function fill(known: KnownOptions, parts: readonly TemplatePartData[]): string[] {
  const named = [...new Set(parts.flatMap((part) => (typeof part === 'object' && part.option ? [part.option] : [])))];
  let rows: Readonly<Record<string, ItemData>>[] = [{}];
  for (const option of named) {
    rows = rows.flatMap((row) => (known.items[option] ?? []).map((item) => ({ ...row, [option]: item })));
  }
  return rows.map((row) => parts.map((part) => textOf(known, part, row)).join(''));
}

function textOf(known: KnownOptions, part: TemplatePartData, row: Readonly<Record<string, ItemData>>): string {
  if (typeof part === 'string') return part;
  if (part.option === undefined) return known.place[part.slot]!;
  const item = row[part.option]!;
  return part.slot === 'text' ? item.name : (item.arn ?? arnOf(known, part.option, item));
}

function arnOf({ entry, items, place }: KnownOptions, option: string, item: ItemData): string {
  const { service, regional, account, resource } = entry.options[option]!.form!.arn!;
  const last = resource.map((part) => {
    if (typeof part === 'string') return part;
    return part.slot === 'itself' ? item.name : items[part.option!]![0]!.name;
  });
  const where = [regional ? place['region'] : '', account ? place['account'] : ''];
  return ['arn', place['partition'], service, ...where, last.join('')].join(':');
}

function holds(known: KnownOptions, predicate: PredicateData | undefined): boolean {
  if (predicate === undefined) return true;
  const { words, items } = known;
  if (predicate.is !== undefined) return predicate.values!.includes(words[predicate.is]);
  if (predicate.given !== undefined)
    return (items[predicate.given] ?? []).length > 0 || (words[predicate.given] ?? undefined) !== undefined;
  if (predicate.several !== undefined) return (items[predicate.several] ?? []).length > 1;
  if (predicate.all !== undefined) return predicate.all.every((part) => holds(known, part));
  if (predicate.any !== undefined) return predicate.any.some((part) => holds(known, part));
  return !holds(known, predicate.not);
}
