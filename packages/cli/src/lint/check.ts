import { parse, type DocumentProblem, type DocumentType, type PolicyDocument } from '@postern/core';
import { isDeferred } from '../policies/deferred.js';
import { writtenIndexOf } from '../policies/cloudformation/values.js';
import type { FoundPolicy } from '../policies/found.js';
import { isObject } from '../policies/json-values.js';
import { readPermissions } from './abilities.js';
import type { LintFinding, Reported } from './finding.js';
import type { LintRule, RuleFinding } from './rule.js';
import { grammar, grammarFindings } from './rules/grammar/rule.js';
import { rules } from './rules/index.js';
import type { ServiceReference } from './service-reference.js';
import { lookedAtAs, withProvider } from './trust.js';

interface ReadDocument {
  readonly index: number;
  readonly document: PolicyDocument;
  readonly isOwn: boolean;
}

/** All documents that hold together: each on its own, then the identity that has them; and why those that are not understood are not. */
export async function checkPolicy(
  {
    name,
    documents: sources,
    own = sources,
    isPart = false,
    holders = [],
    maxSessionDuration,
    permissions,
    type,
  }: FoundPolicy,
  file: string,
  reference: ServiceReference,
  said?: DocumentType,
): Promise<{ readonly reported: readonly Reported[]; readonly unclear: readonly string[] }> {
  const reported: Reported[] = [];
  const report = (index: number, rule: LintRule, document: PolicyDocument | null, found: RuleFinding): void => {
    // Nothing can be said about a text that is known only after deployment.
    if (isDeferred(found.message)) return;
    const place = { file, name, index, count: sources.length, ...(type && { type }) };
    reported.push(describe(found, rule, document, place, (path) => asWritten(path, sources[index])));
  };
  const read: ReadDocument[] = [];
  const others: (ReadDocument & { readonly type: DocumentType })[] = [];
  const unclear: string[] = [];
  for (const [index, source] of sources.entries()) {
    const is = said ?? lookedAtAs(source, type);
    const { document, problems } = parse(source, { type: is });
    if (is !== 'identity' && document !== null) {
      others.push({ index, document: is === 'trust' ? withProvider(document) : document, isOwn: true, type: is });
    }
    // What is attached from elsewhere in the file is looked at there.
    const isOwn = own.includes(source);
    if (isOwn) for (const found of grammarFindings(source, is)) report(index, grammar, document, found);
    if (document === null && isOwn) unclear.push(whyUnclear(problems));
    if (document !== null && is === 'identity') read.push({ index, document, isOwn });
  }
  const documents = read.map(({ document }) => document);
  // Where trust and permissions stand side by side, they are those of one role.
  const beside = documents.length > 0 ? { documents, elsewhere: [], isOpen: false } : undefined;
  const role = permissions === undefined ? beside : readPermissions(permissions);
  for (const rule of rules) {
    if (rule === grammar) continue;
    for (const { index, document, type: is } of others) {
      if (!looksAt(rule, is)) continue;
      const input = {
        document,
        documents: [document],
        reference,
        source: sources[index],
        ...(maxSessionDuration && { maxSessionDuration }),
        ...(role && { role }),
      };
      for (const one of await rule.check(input)) report(index, rule, document, one);
    }
    if (rule.code !== undefined || rule.looksAt === 'role' || rule.looksAt === 'resource') continue;
    const checkIdentity = rule.looksAt === 'identity' ? rule.check : rule.checkIdentity;
    if (checkIdentity !== undefined && documents.length > 0 && !isPart) {
      const kept = read.flatMap(({ index }, document) => {
        const holder = holders[index];
        return holder === undefined ? [] : [{ source: sources[index], holder, document }];
      });
      const found = await checkIdentity({ document: documents[0]!, documents, reference, kept });
      for (const one of found) {
        const { index, document } = read[one.document ?? 0]!;
        report(index, rule, document, one);
      }
    }
    if (rule.looksAt === 'identity') continue;
    for (const { index, document, isOwn } of read) {
      if (!isOwn) continue;
      const holder = holders[index];
      const input = { document, documents, reference, source: sources[index], ...(holder && { holder }) };
      const found = await rule.check(input);
      for (const one of found) report(index, rule, document, one);
    }
  }
  return { reported, unclear };
}

/** Whether a rule is for a policy with principals. */
function looksAt(rule: LintRule, type: DocumentType): boolean {
  if (rule.code !== undefined || rule.looksAt === 'role') return type === 'trust';
  if (rule.looksAt === 'resource') return type === 'resource';
  return rule.also?.includes(type) === true;
}

/** What keeps a document from being understood, in one line. */
function whyUnclear(problems: readonly DocumentProblem[]): string {
  const lost = problems.filter(({ severity }) => severity === 'unreadable');
  return lost.map(({ path, message }) => `${path}: ${message}`).join('; ');
}

interface PlaceInFile {
  readonly file: string;
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly type?: 'trust' | 'resource';
}

function describe(
  { path, message, instead, level, fix, details }: RuleFinding,
  rule: LintRule,
  document: PolicyDocument | null,
  { file, name, index, count, type }: PlaceInFile,
  written: (path: string) => string,
): Reported {
  const statement = /^Statement\[(\d+)\]/.exec(path)?.[1];
  const sid = statement === undefined ? undefined : document?.Statement[Number(statement)]?.Sid;
  const at = written(path);
  const number = /^Statement\[(\d+)\]/.exec(at)?.[1];
  const finding: LintFinding = {
    file,
    policy: count > 1 ? `${name}[${index}]` : name,
    ...(number === undefined ? {} : { statement: Number(number) }),
    ...(sid === undefined ? {} : { sid }),
    path: at,
    rule: rule.id,
    ...(rule.code !== undefined && { code: rule.code }),
    level: level ?? rule.level,
    message,
    why: rule.reason,
    instead,
    link: rule.source,
    ...(details && { details }),
  };
  return {
    finding,
    place: { policy: name, index, count, ...(type && { type }) },
    ...(fix && { fix: { ...fix, path: written(fix.path) } }),
  };
}

/** A path with the number that its statement has in the template, where a condition has made several of one. */
function asWritten(path: string, source: unknown): string {
  const statements: unknown = isObject(source) ? source['Statement'] : undefined;
  if (!Array.isArray(statements)) return path;
  return path.replace(/^Statement\[(\d+)\]/, (whole, index: string) => {
    const number = writtenIndexOf((statements as unknown[])[Number(index)]);
    return number === undefined ? whole : `Statement[${number}]`;
  });
}
