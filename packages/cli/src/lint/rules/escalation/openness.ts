import { compare, type PolicyDocument, type Statement } from '@postern/core';
import { onlyAction } from '../../only-action.js';
import { mayBe, readForms, type ArnForm } from '../../reference/arn-form.js';
import { isDeferred } from '../../../policies/deferred.js';
import type { About, StatementPlace } from './allowed.js';
import { fences, tagKeys, type Fence } from './fences.js';

/** More statements about one action are not looked at one by one. */
const mostStatements = 200;

export const roleForm: ArnForm = readForms('arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', 'iam')[0]!;

/** Whether an action is allowed at all, by which statements. */
export function allowing(action: string, about: About, forms: readonly ArnForm[]): StatementPlace[] {
  return reaching(action, about, forms, [], () => true);
}

/**
 * The statements that leave an action unfenced: on a resource that nobody named, and without the conditions that close it.
 * @param onlyConditions whether names of resources do not count
 */
export function unfenced(
  action: string,
  about: About,
  forms: readonly ArnForm[],
  onlyConditions: boolean,
): StatementPlace[] {
  const known = fences[action] ?? [];
  const open = (resource: string): boolean => onlyConditions || !isNamed(resource, forms);
  const allows = about.allows.filter(({ statement }) => onlyConditions || !isTagged(statement));
  return reaching(action, { ...about, allows }, forms, known.map(beyond), open);
}

/** The statements that let any role be passed to a service, or a role to any service. */
export function passing(service: string, about: About): StatementPlace[] {
  const to = (value: string): Statement => beyond({ key: 'iam:PassedToService', open: value });
  const anyRole = reaching('iam:PassRole', about, [roleForm], [to(service)], (text) => !isNamed(text, [roleForm]));
  const anyService = reaching('iam:PassRole', about, [roleForm], [to('any-service.amazonaws.com')], () => true);
  // A role for every service is of use for this one only where this one is among them.
  const here = anyService.length === 0 ? [] : reaching('iam:PassRole', about, [roleForm], [to(service)], () => true);
  return [...new Set([...anyRole, ...anyService.filter((place) => here.includes(place))])];
}

/** The Allow statements that reach a resource of the forms in a request that is not denied. */
function reaching(
  action: string,
  { allows, denies }: About,
  forms: readonly ArnForm[],
  filters: readonly Statement[],
  counts: (resource: string) => boolean,
): StatementPlace[] {
  const wide = allows.slice(0, mostStatements).flatMap((place): { place: StatementPlace; statement: Statement }[] => {
    const { Resource } = place.statement;
    if (Resource === undefined) return [{ place, statement: place.statement }];
    const kept = Resource.filter(
      (resource) =>
        !isDeferred(resource) &&
        (forms.length === 0 || forms.some((form) => mayBe(resource, form))) &&
        (forms.length === 0 || counts(resource)),
    );
    return kept.length === 0 ? [] : [{ place, statement: { ...place.statement, Resource: kept } }];
  });
  const refused: PolicyDocument[] = denies
    .slice(0, mostStatements)
    .map(({ statement, version }) => ({ ...(version && { Version: version }), Statement: [statement] }));
  return wide.flatMap(({ place, statement }) => {
    if (refused.length === 0 && statement.Condition === undefined) return [place];
    const alone: PolicyDocument = { ...(place.version && { Version: place.version }), Statement: [statement] };
    const limits: PolicyDocument[] = filters.length === 0 ? [] : [{ Version: '2012-10-17', Statement: filters }];
    const { gained } = compare([], [alone, ...refused, ...limits, onlyAction(action)]);
    return gained === null ? [] : [place];
  });
}

/** Denies what the fence is for: a request with the key, and not with the value that leaves the path open. */
function beyond({ key, open }: Pick<Fence, 'key' | 'open'>): Statement {
  const Condition = { StringNotEquals: { [key]: [open] }, Null: { [key]: ['false'] } };
  return { Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition };
}

/** Whether a resource names something: behind the type stands the beginning of a name, or a variable. */
function isNamed(resource: string, forms: readonly ArnForm[]): boolean {
  if (/^\*+$/.test(resource)) return false;
  const part = resource.split(':').slice(5).join(':');
  return forms
    .filter((form) => mayBe(resource, form))
    .every(({ text }) => {
      const start = /^[^$*]*/.exec(text.split(':').slice(5).join(':'))![0];
      const next = part.charAt(start.length);
      return part.startsWith(start) && next !== '' && next !== '*' && next !== '?';
    });
}

function isTagged({ Condition }: Statement): boolean {
  return Object.entries(Condition ?? {}).some(
    ([operator, keys]) =>
      !/Not|IfExists|^ForAllValues|^Null$/.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) => tagKeys.test(key) && values.length > 0 && !values.some((value) => /^\*+$/.test(value)),
      ),
  );
}

const ofPrincipal = /^aws:(principal|userid$|username$|sourceidentity$|federatedprovider$)/i;

/**
 * Whether one principal can use a statement of each list: what they ask of its tags, its name and such must have a value in
 * common.
 */
export function together(lists: readonly (readonly StatementPlace[])[]): boolean {
  const merge = (wanted: ReadonlyMap<string, ReadonlySet<string>>, rest: typeof lists): boolean => {
    const [places, ...others] = rest;
    if (places === undefined) return true;
    return places.some((place) => {
      const next = new Map(wanted);
      for (const [operator, keys] of Object.entries(place.statement.Condition ?? {})) {
        if (!/^(StringEquals|ArnEquals)$/.test(operator)) continue;
        for (const [key, values] of Object.entries(keys)) {
          if (!ofPrincipal.test(key) || values.some((value) => /[*?]|\$\{/.test(value))) continue;
          const name = key.toLowerCase();
          const before = next.get(name);
          const shared = new Set(values.filter((value) => before === undefined || before.has(value)));
          if (shared.size === 0) return false;
          next.set(name, shared);
        }
      }
      return merge(next, others);
    });
  };
  // Statements without such conditions go with everything; only the others need to be tried.
  return merge(
    new Map(),
    lists
      .map((places) => (places.some(({ statement }) => !asks(statement)) ? [] : places.slice(0, 20)))
      .filter((places) => places.length > 0),
  );
}

function asks({ Condition }: Statement): boolean {
  return Object.values(Condition ?? {}).some((keys) => Object.keys(keys).some((key) => ofPrincipal.test(key)));
}
