/** One permission of the catalog, as `data/actions.json` lists it. */
export interface FoundPermission {
  readonly useCase: string;
  readonly sid: string;
  readonly action: string;
  readonly reason: string;
  readonly when: string;
}

/**
 * The permissions whose action holds the text; `*` stands for any letters.
 * @param text a part of an action of at least three letters
 * @returns undefined where the text is less than that, or words: nothing was looked for
 */
export function findPermissions(all: readonly FoundPermission[], text: string): readonly FoundPermission[] | undefined {
  const pieces = text
    .toLowerCase()
    .split('*')
    .filter((piece) => piece !== '');
  if (pieces.join('').length < 3 || /\s/.test(text)) return undefined;
  return all.filter(({ action }) => {
    let at = 0;
    return pieces.every((piece) => {
      const found = action.toLowerCase().indexOf(piece, at);
      at = found + piece.length;
      return found !== -1;
    });
  });
}
