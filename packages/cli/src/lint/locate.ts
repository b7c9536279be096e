import type { FoundPlace, Places } from '@postern/core';
import { templateHolders } from '../policies/resource-holders.js';

/** Which document of which policy of a file is meant. */
export interface DocumentPlace {
  /** The name of the policy in the file, as it was found. */
  readonly policy: string;
  readonly index: number;
  readonly count: number;
  /** What it is by its place in the file. */
  readonly type?: 'trust' | 'resource';
}

/** A place in a file, and whether it is the part itself or the nearest around it. */
export interface Located extends FoundPlace {
  readonly path: string;
  readonly isExact: boolean;
}

/** Finds a part of a policy in the file that holds it: a policy, a list, what the AWS CLI prints, a template. */
export function locate(places: Places, text: string, document: DocumentPlace, path: string): Located {
  let best: Located | undefined;
  let bestBase = -1;
  for (const base of basesOf(document)) {
    const [whole, start] = [join(base, path), places.find(base)];
    // A base that is not there is not this file's form.
    if (start.rest !== '') continue;
    const found = places.find(whole);
    const reached = found.depth - start.depth;
    if (best === undefined || reached > bestBase) {
      best = { ...found, path: whole, isExact: found.rest === '' };
      bestBase = reached;
    }
  }
  if (best !== undefined && (bestBase > 0 || document.policy === '' || path === '')) return best;
  return named(places, text, document.policy);
}

function basesOf({ policy, index, count, type }: DocumentPlace): string[] {
  if (policy === '' && type === 'trust') return ['Role.AssumeRolePolicyDocument', 'AssumeRolePolicyDocument'];
  if (policy === '') return [...(count > 1 ? [`[${index}]`] : ['', '[0]']), 'PolicyVersion.Document', 'PolicyDocument'];
  // In a CDK assembly the stack stands before the logical id.
  const id = policy.slice(policy.lastIndexOf('/') + 1);
  const resource = `Resources.${id}.Properties`;
  if (type === 'trust') return [`${resource}.AssumeRolePolicyDocument`, `Resources.${id}`];
  if (type === 'resource') {
    const properties = new Set(templateHolders.values());
    return [...Array.from(properties, (property) => `${resource}.${property}`), `Resources.${id}`];
  }
  return [
    `${resource}.PolicyDocument`,
    `${resource}.Policies[${index}].PolicyDocument`,
    `${resource}.InlinePolicy`,
    `Resources.${id}`,
  ];
}

function join(base: string, path: string): string {
  if (base === '' || path === '') return base + path;
  return path.startsWith('[') ? base + path : `${base}.${path}`;
}

/** Where a policy without a path of its own stands: at its name, as plans and account details write it. */
function named(places: Places, text: string, policy: string): Located {
  const root = places.find('');
  const name = policy.slice(policy.indexOf('/') + 1);
  const offset =
    name === '' ? -1 : ([policy, name].map((one) => text.indexOf(JSON.stringify(one))).find((at) => at >= 0) ?? -1);
  return { ...root, offset: Math.max(root.offset, offset), path: '', isExact: false };
}
