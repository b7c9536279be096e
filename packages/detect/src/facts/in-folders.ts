import type { SignFields } from '../match/source.js';
import { literalOf, oneOf, settled, unknown, type Value } from '../values/value.js';

/** What files say of an event: `no` where they show that it is no such job; undefined where they are not in the repository. */
export type ShownFields = SignFields | 'no' | undefined;

/**
 * What files say of an event that may work in several folders, as one of a matrix or of an environment does: all that they say in
 * any of them. What one of them does not show is open.
 * @param folder the folders that it may be
 * @param look what the files say where it works in this folder; in one that is not known, where none is given
 */
export function inFolders(folder: Value, look: (folder: string | undefined) => ShownFields): ShownFields {
  const folders = settled(folder).map(literalOf);
  if (folders.length < 2 || folders.includes(undefined)) return look(folders.length === 1 ? folders[0] : undefined);
  const shown = folders.map((one) => ({ folder: one, fields: look(one) }));
  const found = shown.flatMap(({ fields }) => (fields === undefined || fields === 'no' ? [] : [fields]));
  if (found.length === 0) return shown.every(({ fields }) => fields === 'no') ? 'no' : undefined;
  const names = new Set(found.flatMap((fields) => [...fields.keys()]));
  return new Map(
    [...names].map((name) => {
      const values = shown.flatMap(({ folder: one, fields }) => {
        if (fields === 'no') return [];
        return fields === undefined ? [unknown(`the configuration in \`${one}\``)] : [fields.get(name) ?? []];
      });
      return [name, oneOf(values)] as const;
    }),
  );
}
