import { parse, visible, type DocumentSource, type Statement } from '@postern/core';

/** One changed statement: its name, and the lines that came (`+`) and went (`-`). */
export interface StatementChange {
  readonly name: string;
  readonly lines: readonly string[];
}

/**
 * Compares documents as texts, statement by statement: a statement with the same Sid, or else the one that is most alike,
 * is the one before. Order does not count.
 */
export function diffStatements(a: readonly DocumentSource[], b: readonly DocumentSource[]): StatementChange[] {
  const [before, after] = [statementsOf(a), statementsOf(b)];
  const open = new Set(before);
  const changes: StatementChange[] = [];
  const partners = new Map<Statement, Statement>();
  for (const find of [sameSid, mostAlike]) {
    for (const statement of after) {
      const found = partners.has(statement) ? undefined : find(statement, open);
      if (found === undefined) continue;
      partners.set(statement, found);
      open.delete(found);
    }
  }
  after.forEach((statement, index) => {
    const partner = partners.get(statement);
    const [old, now] = [new Set(partner === undefined ? [] : linesOf(partner)), new Set(linesOf(statement))];
    const lines = [
      ...[...old].filter((line) => !now.has(line)).map((line) => `- ${line}`),
      ...[...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
    ];
    if (lines.length > 0) changes.push({ name: nameOf(statement, index), lines });
  });
  for (const statement of open) {
    const lines = linesOf(statement).map((line) => `- ${line}`);
    changes.push({ name: nameOf(statement, before.indexOf(statement)), lines });
  }
  return changes;
}

function statementsOf(sources: readonly DocumentSource[]): Statement[] {
  return sources.flatMap((source) => parse(source).document?.Statement ?? []);
}

function sameSid(statement: Statement, open: ReadonlySet<Statement>): Statement | undefined {
  return statement.Sid === undefined ? undefined : [...open].find(({ Sid }) => Sid === statement.Sid);
}

/** The one that shares most lines, some action among them. */
function mostAlike(statement: Statement, open: ReadonlySet<Statement>): Statement | undefined {
  const lines = new Set(linesOf(statement));
  let [best, most] = [undefined as Statement | undefined, 0];
  for (const other of open) {
    const shared = linesOf(other).filter((line) => lines.has(line));
    const named = shared.some((line) => /^(Not)?Action /.test(line));
    if (other.Effect === statement.Effect && named && shared.length > most) [best, most] = [other, shared.length];
  }
  return best;
}

function nameOf({ Sid, Effect }: Statement, index: number): string {
  return Sid !== undefined ? visible(Sid) : `statement ${index} (${Effect})`;
}

function linesOf(statement: Statement): string[] {
  const lists = (['Action', 'NotAction', 'Resource', 'NotResource'] as const).flatMap((element) =>
    (statement[element] ?? []).map((text) => `${element} ${text}`),
  );
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => values.map((value) => `Condition ${operator} ${key} = ${value}`)),
  );
  return [`Effect ${statement.Effect}`, ...lists, ...conditions].map(visible);
}
