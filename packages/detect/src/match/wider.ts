import { compare, hasForm, kindOf, tryBuild, type PolicyDocument, type UseCase } from '@postern/core';

type SetValue = string | boolean;
type Sets = Readonly<Record<string, SetValue>>;

/**
 * What two jobs of a use case are set to, together: of each setting the one whose policy allows what the other's does. What one
 * of them leaves out is what the entry takes then.
 * @returns undefined where the policy of neither holds the other's
 */
export function widerSets(useCase: UseCase, left: Sets, right: Sets): Sets | undefined {
  const merged: Record<string, SetValue> = {};
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const usual = usualOf(useCase, name);
    const [one, other] = [left[name] ?? usual, right[name] ?? usual];
    const wider = one === undefined || other === undefined ? (one ?? other) : widerOf(useCase, name, one, other);
    if (wider === undefined) return undefined;
    if (Object.hasOwn(left, name) && Object.hasOwn(right, name)) merged[name] = wider;
    else if (wider !== usual) merged[name] = wider;
  }
  return merged;
}

/** What an entry takes where an option is not given. */
function usualOf({ options }: UseCase, name: string): SetValue | undefined {
  const option = options[name];
  const usual = option === undefined ? undefined : kindOf(option).defaultOf(option);
  return typeof usual === 'string' || typeof usual === 'boolean' ? usual : undefined;
}

const known = new Map<string, SetValue | undefined>();

/** The one of two settings whose policy allows what the other's does; undefined where neither does. */
export function widerOf(useCase: UseCase, name: string, one: SetValue, other: SetValue): SetValue | undefined {
  if (one === other) return one;
  const key = JSON.stringify([useCase.id, name, one, other]);
  if (!known.has(key)) known.set(key, compareSettings(useCase, name, one, other));
  return known.get(key);
}

function compareSettings(useCase: UseCase, name: string, one: SetValue, other: SetValue): SetValue | undefined {
  for (const isGiven of [isRequired, isText]) {
    const [left, right] = [one, other].map((setting) => policyOf(useCase, { [name]: setting }, isGiven));
    if (left === undefined || right === undefined) continue;
    const { relation } = compare(left, right);
    if (relation === 'equal' || relation === 'narrower') return one;
    if (relation === 'wider') return other;
    return undefined;
  }
  return undefined;
}

type EntryOption = UseCase['options'][string];
const isRequired = (option: EntryOption) => kindOf(option).isRequired(option);
const isText = (option: EntryOption) => isRequired(option) || hasForm(option);

function policyOf(useCase: UseCase, sets: Sets, isGiven: (option: EntryOption) => boolean): PolicyDocument | undefined {
  const given = Object.entries(useCase.options).filter(([, option]) => isGiven(option));
  const options = {
    ...Object.fromEntries(given.map(([name, option]) => [name, kindOf(option).example(option)])),
    ...sets,
  };
  const { document, problems } = tryBuild(useCase, options, {
    place: { account: '123456789012', region: 'eu-west-1' },
  });
  return problems.length > 0 ? undefined : document;
}
