import type { Node } from 'yaml';
import type { OpenedFile } from '../open-file.js';
import { findNode } from './find-node.js';
import { addItem, addMember, type Insertion } from './insert.js';
import type { Style } from './style.js';

/** Whether the environments of a trust entry are those that the role is made for. */
export function isByEnvironment(value: unknown): boolean {
  return [value].flat().some((one) => String(one).includes('${environment}'));
}

/**
 * Makes a role for one more environment of the file.
 * @param role where the role stands in the file
 * @returns the steps, each for the text that the one before gives
 */
export function addEnvironment(
  { places }: OpenedFile,
  role: string,
  name: string,
): ((style: Style, root: Node | null) => Insertion[] | undefined)[] {
  const lines = [
    `${name}:`,
    ...(places.account === undefined ? ['  # account: # required where its roles are made'] : []),
  ];
  const own = `${role}.environments`;
  const isNamed = (root: Node | null) => findNode(root, `environments.${name}`) !== undefined;
  return [
    (style, root) => {
      const named = findNode(root, own)?.node?.toJSON() as unknown;
      if (named !== undefined && named !== null && !Array.isArray(named))
        return addMember(style, root, own, { key: name, value: {}, lines });
      return isNamed(root) ? [] : addMember(style, root, 'environments', { key: name, value: {}, lines });
    },
    (style, root) => (Array.isArray(findNode(root, own)?.node?.toJSON()) ? addItem(style, root, own, name) : []),
  ];
}
