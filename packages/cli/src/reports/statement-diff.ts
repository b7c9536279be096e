import { parse, visible, type DocumentSource, type Statement } from '@postern/core';
import { allStatements } from '../access/pieces.js';

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
  const [named, namedAfter] = [allStatements(a), allStatements(b)];
  const names = new Map([...named, ...namedAfter].map(({ statement, name }) => [statement, name]));
  const nameOf = (statement: Statement): string => {
    const name = visible(names.get(statement) ?? '');
    return statement.Sid === undefined ? `${name} (${statement.Effect})` : name;
  };
  const before = named.map(({ statement }) => statement);
  const after = namedAfter.map(({ statement }) => statement);
  const open = new Set(before);
  const changes: StatementChange[] = versionChange(a, b);
  const partners = new Map<Statement, Statement>();
  for (const find of [sameSid, mostAlike]) {
    for (const statement of after) {
      const found = partners.has(statement) ? undefined : find(statement, open);
      if (found === undefined) continue;
      partners.set(statement, found);
      open.delete(found);
    }
  }
  for (const statement of after) {
    const partner = partners.get(statement);
    const [old, now] = [new Set(partner === undefined ? [] : linesOf(partner)), new Set(linesOf(statement))];
    const lines = [
      ...[...old].filter((line) => !now.has(line)).map((line) => `- ${line}`),
      ...[...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
    ];
    if (lines.length > 0) changes.push({ name: nameOf(statement), lines });
  }
  for (const statement of open) {
    const lines = linesOf(statement).map((line) => `- ${line}`);
    changes.push({ name: nameOf(statement), lines });
  }
  return changes;
}

/** Where the versions differ, and with them what `${…}` means. */
function versionChange(a: readonly DocumentSource[], b: readonly DocumentSource[]): StatementChange[] {
  const versions = (sources: readonly DocumentSource[]) =>
    [...new Set(sources.map((source) => parse(source).document?.Version ?? '2008-10-17'))].sort();
  const [before, after] = [versions(a), versions(b)];
  const lines = [
    ...before.filter((version) => !after.includes(version)).map((version) => `- Version ${version}`),
    ...after.filter((version) => !before.includes(version)).map((version) => `+ Version ${version}`),
  ];
  if (a.length === 0 || b.length === 0 || lines.length === 0) return [];
  const texts = JSON.stringify([a, b]);
  const means = texts.includes('${') ? ['  `${…}` is a variable in 2012-10-17 only, and plain text before'] : [];
  return [{ name: 'the document', lines: [...lines, ...means] }];
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

function linesOf(statement: Statement): string[] {
  const lists = (['Action', 'NotAction', 'Resource', 'NotResource'] as const).flatMap((element) =>
    (statement[element] ?? []).map((text) => `${element} ${text}`),
  );
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => values.map((value) => `Condition ${operator} ${key} = ${value}`)),
  );
  const principals = (['Principal', 'NotPrincipal'] as const).flatMap((element) => {
    const principal = statement[element];
    if (principal === undefined || principal === '*') return principal === '*' ? [`${element} *`] : [];
    return Object.entries(principal).flatMap(([type, texts]) => texts.map((text) => `${element} ${type} ${text}`));
  });
  return [`Effect ${statement.Effect}`, ...principals, ...lists, ...conditions].map(visible);
}
