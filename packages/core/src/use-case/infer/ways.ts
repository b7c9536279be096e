import { readContext, type Request } from '../../access/request.js';
import { hasForm } from '../option/form-option.js';
import { takesSeveral } from '../option/kind-of.js';
import { not, type Predicate, type When } from '../predicate.js';
import { partitions } from '../place.js';
import { partsOf, type Slot, type Template } from '../template.js';
import { isWhen, type ConditionTemplate, type StatementTemplate, type UseCase } from '../use-case.js';
import { matchTemplate, type TemplateMatch } from './match-template.js';

/** A request to read options from. */
export interface AskedRequest extends Request {
  /**
   * Whether keys that are not in the context may have any value, as where an Allow of a policy says nothing of them. By
   * default they are absent.
   */
  readonly open?: boolean;
}

/** One way in which an entry allows a request: what its options must be for it. */
export interface Way {
  /**
   * The names that each option must have, and each part of the place; ARNs where they may be in another account. Only a list
   * has several: a resource and a condition that run through it need not name the same item.
   */
  readonly names: readonly (readonly [name: string, values: readonly string[]])[];
  /** What must hold for the statement, its action, its resource and its conditions to be there as they are needed. */
  readonly predicates: readonly Predicate[];
}

/** A way with the texts that the entry writes for it. */
export interface WrittenWay extends Way {
  /** Of each condition by its key, and of the resource by none; a star of the entry stays one. */
  readonly texts: readonly (readonly [key: string, text: string])[];
}

/** The ways for a request; where there are none, how near the entry comes. */
export type Ways =
  | { readonly ways: readonly WrittenWay[]; readonly reason?: undefined }
  | { readonly ways?: undefined; readonly reason: string };

/** More are not looked at for one request. */
const mostWays = 64;

/** Reads a request backwards through every statement of an entry that has its action. */
export function waysOf(useCase: UseCase, request: AskedRequest): Ways {
  const action = request.action.toLowerCase();
  const found: WrittenWay[] = [];
  let hasAction = false;
  let lacking: ReadonlySet<string> | undefined;
  for (const statement of useCase.statements) {
    const own = Object.entries(statement.actions).find(([name]) => name.toLowerCase() === action);
    if (own === undefined) continue;
    hasAction = true;
    const [, reason] = own;
    const basis = [statement.when, isWhen(reason) ? reason.when : undefined].filter((one) => one !== undefined);
    const onResource = readResource(useCase, statement, request);
    if (onResource.length === 0) continue;
    const fenced = readConditions(useCase, statement, request);
    if (fenced.ways.length === 0) lacking = new Set([...(lacking ?? []), ...fenced.lacking]);
    for (const way of joined(useCase, onResource, fenced.ways))
      found.push({ ...way, predicates: [...basis, ...way.predicates] });
  }
  if (found.length > 0) return { ways: found.slice(0, mostWays) };
  if (!hasAction) return { reason: 'no statement of the entry has this action' };
  if (lacking === undefined) return { reason: 'the entry has this action for resources of another form only' };
  const keys = [...lacking].map((key) => `\`${key}\``).join(' and ');
  return { reason: `the entry allows it only with certain values of ${keys}, which the request does not have` };
}

const empty: WrittenWay = { names: [], predicates: [], texts: [] };

function readResource(useCase: UseCase, { resources }: StatementTemplate, request: AskedRequest): WrittenWay[] {
  if ('unscoped' in resources) return [{ ...empty, texts: [['', '*']] }];
  const context = readContext(request.context);
  const variable = (key: string) => (request.open ? undefined : (context(key.toLowerCase())?.[0] ?? ''));
  return resources.flatMap((one) => {
    const template = isWhen(one) ? one.then : one;
    const matches = matchTemplate(useCase.options, template, request.resource, { variable });
    // A star that was asked for is the one of the template, and no more: another reading would be wider.
    const least = Math.min(...matches.map(({ fixed }) => fixed));
    const isExact = ({ fixed }: TemplateMatch) => !request.resource.endsWith('/*') || fixed === least;
    return wayOf(useCase, matches.filter(isExact), one, '');
  });
}

function wayOf(
  useCase: UseCase,
  matches: readonly TemplateMatch[],
  part: WayText | When<WayText>,
  key: string,
): WrittenWay[] {
  const predicates = isWhen(part) ? [part.when] : [];
  const parts = partsOf(isWhen(part) ? part.then : part);
  return matches.map(({ values, arns }) => {
    const names = Object.entries(values).map(([name, value]): Way['names'][number] => {
      const option = useCase.options[name];
      const isElsewhere = hasForm(option) && option.elsewhere;
      return [name, [isElsewhere ? (arns[name] ?? value) : value]];
    });
    return { names, predicates, texts: [[key, parts.map((one) => written(one, values, arns)).join('')]] };
  });
}

/** What the entry writes where a text was read; a star where it is not known. */
function written(part: Slot | string, values: TemplateMatch['values'], arns: TemplateMatch['arns']): string {
  if (typeof part === 'string') return part;
  if (part.slot === 'arn') return arns[part.option] ?? '*';
  if (part.slot === 'text') return values[part.option] ?? '*';
  if (part.slot === 'dnsSuffix') return partitions[values['partition'] ?? '']?.dnsSuffix ?? '*';
  return values[part.slot] ?? '*';
}

type WayText = Template | Slot | string;

/** Pairs of ways that agree on every name of which there is one only. */
function joined(useCase: UseCase, some: readonly WrittenWay[], others: readonly WrittenWay[]): WrittenWay[] {
  const found: WrittenWay[] = [];
  for (const one of some) {
    for (const other of others) {
      if (found.length >= mostWays) return found;
      const names = new Map(one.names);
      const agree = other.names.every(([name, values]) => {
        const known = names.get(name) ?? [];
        const all = [...new Set([...known, ...values])];
        names.set(name, all);
        return all.length === 1 || takesSeveral(useCase.options, name);
      });
      if (!agree) continue;
      const predicates = [...one.predicates, ...other.predicates];
      found.push({ names: [...names], predicates, texts: [...one.texts, ...other.texts] });
    }
  }
  return found;
}

interface Fenced {
  readonly ways: readonly WrittenWay[];
  /** The keys of conditions that cannot hold. */
  readonly lacking: readonly string[];
}

function readConditions(useCase: UseCase, { conditions = [] }: StatementTemplate, request: AskedRequest): Fenced {
  let ways: readonly WrittenWay[] = [empty];
  const lacking: string[] = [];
  for (const condition of conditions) {
    const held = readCondition(useCase, condition, request);
    const left = condition.when === undefined ? [] : [{ ...empty, predicates: [not(condition.when)] }];
    if (held.length + left.length === 0) lacking.push(condition.key);
    ways = joined(useCase, ways, [...held, ...left]);
  }
  return { ways, lacking };
}

/** The ways for a condition to hold where it is active. */
function readCondition(useCase: UseCase, condition: ConditionTemplate, request: AskedRequest): WrittenWay[] {
  const { operator, key, values, when } = condition;
  const name = typeof operator === 'string' ? operator : operator.exact;
  const holds: WrittenWay = { ...empty, predicates: when === undefined ? [] : [when] };
  const given = readContext(request.context)(key.toLowerCase());
  // Who may ask with any value of the key is not fenced by it, so a fence that may be left out is.
  if (request.open && given === undefined) return when === undefined ? [holds] : [];
  if (name === 'Null') return values.includes(given === undefined ? 'true' : 'false') ? [holds] : [];
  if (given === undefined) return name.endsWith('IfExists') || name.startsWith('ForAllValues:') ? [holds] : [];
  if (/Not(?:Equals|Like|IpAddress)/.test(name)) return [holds];
  const context = readContext(request.context);
  const variable = (one: string) => (request.open ? undefined : (context(one.toLowerCase())?.[0] ?? ''));
  const waysFor = (value: string) =>
    values.flatMap((part) =>
      wayOf(useCase, matchTemplate(useCase.options, isWhen(part) ? part.then : part, value, { variable }), part, key),
    );
  if (name.startsWith('ForAnyValue:')) return given.flatMap(waysFor).flatMap((way) => joined(useCase, [holds], [way]));
  return given.reduce<WrittenWay[]>((ways, value) => joined(useCase, ways, waysFor(value)), [holds]);
}
