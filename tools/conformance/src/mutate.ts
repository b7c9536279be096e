import type { PolicyDocument } from '@postern/core';

type Loose = { Version: string; Statement: Record<string, unknown>[] };

/** Ways in which an adapter could go wrong; each gives undefined where a document has nothing to do it to. */
export const mutations: Readonly<Record<string, (document: Loose) => Loose | undefined>> = {
  'drop a statement': (document) =>
    document.Statement.length < 2 ? undefined : { ...document, Statement: document.Statement.slice(1) },
  'sort resources': (document) => changeOne(document, 'Resource', (list) => [...list].sort().reverse()),
  'collapse an array': (document) => changeOne(document, 'Action', (list) => (list.length === 1 ? list[0] : list)),
  'wrong partition': (document) =>
    changeOne(document, 'Resource', (list) => list.map((text) => text.replace(/^arn:aws[a-z-]*:/, 'arn:aws-iso:'))),
  'lose a condition': (document) => {
    const index = document.Statement.findIndex(({ Condition }) => Condition !== undefined);
    if (index < 0) return undefined;
    const rest = Object.fromEntries(
      Object.entries(document.Statement[index]!).filter(([element]) => element !== 'Condition'),
    );
    return { ...document, Statement: document.Statement.with(index, rest) };
  },
  'lose an action': (document) => changeOne(document, 'Action', (list) => (list.length < 2 ? list : list.slice(1))),
  'old version': (document) => ({ ...document, Version: '2008-10-17' }),
};

function changeOne(document: Loose, element: string, change: (list: string[]) => unknown): Loose | undefined {
  for (const [index, statement] of document.Statement.entries()) {
    const list = statement[element] as string[];
    const changed = change(list);
    if (JSON.stringify(changed) === JSON.stringify(list)) continue;
    return { ...document, Statement: document.Statement.with(index, { ...statement, [element]: changed }) };
  }
  return undefined;
}

/** Applies a mutation to a target's text. */
export function mutateText(text: string, name: string): string | undefined {
  const changed = mutations[name]?.(JSON.parse(text) as Loose);
  return changed === undefined ? undefined : JSON.stringify(changed satisfies PolicyDocument | Loose);
}
