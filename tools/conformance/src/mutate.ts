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
    const list = statement[element] as string[] | undefined;
    if (list === undefined) continue;
    const changed = change(list);
    if (JSON.stringify(changed) === JSON.stringify(list)) continue;
    return { ...document, Statement: document.Statement.with(index, { ...statement, [element]: changed }) };
  }
  return undefined;
}

/** Ways in which an adapter could go wrong with a trust policy. */
export const trustMutations: typeof mutations = {
  'another principal': (document) => changePrincipals(document, (text) => `${text}x`),
  'another account': (document) => changePrincipals(document, (text) => text.replace(/:[0-9]{12}:/, ':999999999999:')),
  'another partition': (document) =>
    changePrincipals(document, (text) => text.replace(/^arn:aws[a-z-]*:/, 'arn:aws-iso:')),
  'a pattern for an exact value': (document) =>
    changeConditions(document, (block) => renamed(block, 'StringEquals', 'StringLike')),
  'lose a condition key': (document) =>
    changeConditions(document, (block) => {
      const [operator, keys] = Object.entries(block)[0] ?? [];
      if (operator === undefined || Object.keys(keys!).length < 2) return block;
      return { ...block, [operator]: Object.fromEntries(Object.entries(keys!).slice(1)) };
    }),
  'lose a condition': mutations['lose a condition']!,
  'old version': mutations['old version']!,
};

type JsonBlock = Record<string, Record<string, unknown>>;

function changePrincipals(document: Loose, change: (text: string) => string): Loose | undefined {
  return changeFirst(document, 'Principal', (principal) =>
    Object.fromEntries(
      Object.entries(principal as Record<string, string[]>).map(([type, texts]) => [type, texts.map(change)]),
    ),
  );
}

function changeConditions(document: Loose, change: (block: JsonBlock) => JsonBlock): Loose | undefined {
  return changeFirst(document, 'Condition', (block) => change(block as JsonBlock));
}

function renamed(block: JsonBlock, from: string, to: string): JsonBlock {
  const { [from]: keys, ...others } = block;
  return keys === undefined ? block : { ...others, [to]: { ...others[to], ...keys } };
}

function changeFirst(document: Loose, element: string, change: (value: unknown) => unknown): Loose | undefined {
  for (const [index, statement] of document.Statement.entries()) {
    if (statement[element] === undefined) continue;
    const changed = change(statement[element]);
    if (JSON.stringify(changed) === JSON.stringify(statement[element])) continue;
    return { ...document, Statement: document.Statement.with(index, { ...statement, [element]: changed }) };
  }
  return undefined;
}

/** Applies a mutation to a target's text. */
export function mutateText(text: string, name: string, of = mutations): string | undefined {
  const changed = of[name]?.(JSON.parse(text) as Loose);
  return changed === undefined ? undefined : JSON.stringify(changed satisfies PolicyDocument | Loose);
}
