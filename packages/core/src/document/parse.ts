import { parseOperator, operatorNames } from './condition.js';
import { typeOf } from './document-type.js';
import type { ConditionBlock, DocumentType, PolicyDocument, Principal, Statement, Version } from './document.js';
import { readJson } from './json.js';
import { textOfNumber } from './number-literal.js';
import { principalProblem, principalTypes } from './principal-forms.js';
import { didYouMean, quote, type Problem } from './problem.js';
import { actionProblem, resourceProblem, type TextProblem } from './text-forms.js';

/**
 * - `unreadable`: what the document means cannot be known, so nothing is evaluated;
 * - `error`: it can be read, and IAM refuses to save it;
 * - `warning`: IAM saves it, and it may not do what its author meant.
 */
export type Severity = 'unreadable' | 'error' | 'warning';

/** A problem in a policy document; its path looks like `Statement[0].Action[2]`. */
export interface DocumentProblem extends Problem {
  readonly severity: Severity;
}

/** What {@link parse} found. */
export interface ParseResult {
  /** The document in canonical form; null where some problem is `unreadable`. */
  readonly document: PolicyDocument | null;
  /** What the document was read as. */
  readonly type: DocumentType;
  readonly problems: readonly DocumentProblem[];
}

/** How {@link parse} reads. */
export interface ParseSettings {
  /** What the document is, where its shape shall not decide. */
  readonly type?: DocumentType | undefined;
}

/**
 * Reads a policy document: JSON text, whose numbers are kept as they are written, or the value that `JSON.parse` or
 * `readJson` gives for it. Without principals it is an identity policy; with principals, a trust policy where no statement
 * names a resource and the actions are those of STS, else a resource policy. Documents from real accounts (the
 * 2008 version, scalars for lists, odd Sids) are read; what IAM would refuse today is reported beside them.
 * @param source JSON text, or a value already parsed
 * @returns the canonical document, its type and every problem, never an exception
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parse(source: unknown, settings: ParseSettings = {}): ParseResult {
  const reader = new DocumentReader(settings.type);
  const document = typeof source === 'string' ? reader.readText(source) : reader.readDocument(source);
  const unreadable = reader.problems.some((problem) => problem.severity === 'unreadable');
  return { document: unreadable ? null : (document ?? null), type: reader.type, problems: reader.problems };
}

const documentElements = ['Version', 'Id', 'Statement'];
const statementElements = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const principalElements = ['Principal', 'NotPrincipal'];
const refusedCharacters = /[^\t\n\r\u0020-\u00ff]/;

class DocumentReader {
  readonly problems: DocumentProblem[] = [];
  type: DocumentType;
  private version: Version | undefined;
  private readonly sids = new Map<string, string>();

  constructor(private readonly said: DocumentType | undefined) {
    this.type = said ?? 'identity';
  }

  readText(text: string): PolicyDocument | undefined {
    const reading = readJson(text, 'asWritten');
    for (const { message, path } of reading.problems) this.report('unreadable', path, message);
    return reading.wellFormed ? this.readDocument(reading.value) : undefined;
  }

  readDocument(value: unknown): PolicyDocument | undefined {
    if (!isObject(value)) {
      this.report('unreadable', '', `a policy document is a JSON object, not ${quote(value)}`);
      return undefined;
    }
    for (const key of Object.keys(value)) {
      if (documentElements.includes(key)) continue;
      const hint = didYouMean(key, documentElements);
      this.report('error', key, `${quote(key)} is no element of a policy document${hint || ': take it out'}`);
    }
    this.type = this.said ?? typeOf(value);
    this.version = this.readVersion(own(value, 'Version'));
    const id = own(value, 'Id');
    if (id !== undefined && this.type === 'identity')
      this.report('error', 'Id', 'an identity policy has no `Id`: take it out');
    const statements = this.readStatements(own(value, 'Statement'));
    return {
      ...(this.version === undefined ? {} : { Version: this.version }),
      ...(typeof id === 'string' ? { Id: id } : {}),
      Statement: statements,
    };
  }

  private readVersion(value: unknown): Version | undefined {
    if (value === '2012-10-17') return value;
    if (value === undefined || value === '2008-10-17') {
      const what =
        value === undefined ? '`Version` is absent, which means `2008-10-17`' : '`2008-10-17` is the old version';
      const next = this.type === 'identity' ? 'IAM takes no new policy with it, write' : 'variables need';
      this.report('warning', 'Version', `${what}: ${next} \`2012-10-17\``);
      return value;
    }
    this.report('unreadable', 'Version', `${quote(value)} is no policy version: write \`2012-10-17\``);
    return undefined;
  }

  private readStatements(value: unknown): Statement[] {
    if (value === undefined) {
      this.report('unreadable', 'Statement', '`Statement` is missing: give at least one statement');
      return [];
    }
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    if (list.length === 0) this.report('error', 'Statement', '`Statement` is empty: give at least one statement');
    return list.flatMap((item, index) => this.readStatement(item, `Statement[${index}]`) ?? []);
  }

  private readStatement(value: unknown, path: string): Statement | undefined {
    if (!isObject(value)) {
      this.report('unreadable', path, `a statement is a JSON object, not ${quote(value)}`);
      return undefined;
    }
    const elements = this.type === 'identity' ? statementElements : [...statementElements, ...principalElements];
    for (const key of Object.keys(value)) {
      if (elements.includes(key)) continue;
      const message = principalElements.includes(key)
        ? `an identity policy has no ${quote(key)}: this looks like a trust or resource policy`
        : `${quote(key)} is no element of a statement${didYouMean(key, elements) || ': take it out'}`;
      this.report('unreadable', `${path}.${key}`, message);
    }
    const sid = this.readSid(own(value, 'Sid'), `${path}.Sid`);
    const effect = this.readEffect(own(value, 'Effect'), `${path}.Effect`);
    const principals = this.type === 'identity' ? {} : this.readPrincipals(value, effect, path);
    const actions = this.readOneOf(value, path, 'Action', 'NotAction', (text) => this.actionProblem(text));
    const resources = this.readResources(value, path);
    const condition = this.readCondition(own(value, 'Condition'), `${path}.Condition`);
    return {
      ...(sid === undefined ? {} : { Sid: sid }),
      Effect: effect,
      ...principals,
      ...actions,
      ...resources,
      ...(condition === undefined ? {} : { Condition: condition }),
    };
  }

  private actionProblem(text: string): TextProblem | undefined {
    const problem = actionProblem(text);
    if (problem !== undefined || this.type !== 'trust' || /^(\*$|sts:)/i.test(text)) return problem;
    return { severity: 'error', message: `${quote(text)} is no action of STS: a trust policy takes no other` };
  }

  /** A policy that stands on its resource need not name it; a trust policy cannot. */
  private readResources(
    statement: Record<string, unknown>,
    path: string,
  ): Partial<Record<'Resource' | 'NotResource', readonly string[]>> {
    const named = ['Resource', 'NotResource'].filter((element) => own(statement, element) !== undefined);
    if (this.type !== 'identity' && named.length === 0) return {};
    if (this.type === 'trust') {
      this.report('error', `${path}.${named[0]!}`, `a trust policy has no \`${named[0]!}\`: take it out`);
      return {};
    }
    return this.readOneOf(statement, path, 'Resource', 'NotResource', (text) => resourceProblem(text, this.version));
  }

  private readPrincipals(
    statement: Record<string, unknown>,
    effect: 'Allow' | 'Deny',
    path: string,
  ): Partial<Record<'Principal' | 'NotPrincipal', Principal>> {
    const present = principalElements.filter((element) => own(statement, element) !== undefined);
    if (present.length !== 1) {
      const [what, joint] = present.length === 0 ? ['has neither', 'nor'] : ['has both', 'and'];
      const which = `\`Principal\` ${joint} \`NotPrincipal\``;
      this.report('unreadable', path, `the statement ${what} ${which}: give exactly one`);
      return {};
    }
    const element = present[0]!;
    if (element === 'NotPrincipal' && (this.type === 'trust' || effect === 'Allow')) {
      const where = this.type === 'trust' ? 'a role trust policy' : 'a statement with `Allow`';
      const what = `AWS has no \`NotPrincipal\` in ${where}, so what it means is not known`;
      this.report('unreadable', `${path}.NotPrincipal`, `${what}: name the principals with \`Principal\``);
      return {};
    }
    const principal = this.readPrincipal(own(statement, element), `${path}.${element}`);
    if (principal === undefined) return {};
    return element === 'Principal' ? { Principal: principal } : { NotPrincipal: principal };
  }

  private readPrincipal(value: unknown, path: string): Principal | undefined {
    if (value === '*') return value;
    if (!isObject(value)) {
      const what = `a principal is \`*\` or an object such as \`{"AWS": "111122223333"}\`, not ${quote(value)}`;
      this.report('unreadable', path, what);
      return undefined;
    }
    const principal: Record<string, readonly string[]> = {};
    for (const [type, texts] of Object.entries(value)) {
      if (!principalTypes.includes(type)) {
        const hint = didYouMean(type, principalTypes) || `: it is one of ${principalTypes.map(quote).join(', ')}`;
        this.report('unreadable', `${path}.${type}`, `${quote(type)} is no type of principal${hint}`);
        continue;
      }
      const list = this.readTexts(
        Array.isArray(texts) ? texts.map(accountAsText) : accountAsText(texts),
        `${path}.${type}`,
      );
      for (const { text, path: textPath } of list) {
        const problem = principalProblem(type, text);
        if (problem !== undefined) this.report(problem.severity, textPath, problem.message);
      }
      principal[type] = list.map(({ text }) => text);
    }
    if (Object.keys(value).length === 0) this.report('error', path, 'the principal is empty: name at least one');
    return principal;
  }

  private readSid(value: unknown, path: string): string | undefined {
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') {
      this.report('error', path, `a Sid is a string, not ${quote(value)}`);
      return undefined;
    }
    // IAM takes letters and digits; other services take more.
    if (this.type !== 'resource' && !/^[A-Za-z0-9]+$/.test(value)) {
      this.report('error', path, `${quote(value)} is no Sid: use letters A-Z, a-z and digits only`);
    }
    const earlier = this.sids.get(value);
    if (earlier === undefined) this.sids.set(value, path);
    else this.report('error', path, `${quote(value)} is already the Sid at ${quote(earlier)}: rename one`);
    return value;
  }

  private readEffect(value: unknown, path: string): 'Allow' | 'Deny' {
    if (value === 'Allow' || value === 'Deny') return value;
    const what = value === undefined ? '`Effect` is missing' : `${quote(value)} is no effect`;
    this.report('unreadable', path, `${what}: write \`Allow\` or \`Deny\``);
    return 'Deny';
  }

  private readOneOf<Positive extends string, Negative extends string>(
    statement: Record<string, unknown>,
    path: string,
    positive: Positive,
    negative: Negative,
    check: (text: string) => TextProblem | undefined,
  ): Partial<Record<Positive | Negative, readonly string[]>> {
    const present = [positive, negative].filter((element) => own(statement, element) !== undefined);
    if (present.length !== 1) {
      const [what, joint] = present.length === 0 ? ['has neither', 'nor'] : ['has both', 'and'];
      this.report(
        'unreadable',
        path,
        `the statement ${what} \`${positive}\` ${joint} \`${negative}\`: give exactly one`,
      );
      return {};
    }
    const element = present[0]!;
    const texts = this.readTexts(own(statement, element), `${path}.${element}`);
    for (const { text, path: textPath } of texts) {
      const problem = check(text);
      if (problem !== undefined) this.report(problem.severity, textPath, problem.message);
    }
    const result: Partial<Record<Positive | Negative, readonly string[]>> = {};
    result[element] = texts.map(({ text }) => text);
    return result;
  }

  private readTexts(value: unknown, path: string): { text: string; path: string }[] {
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    if (list.length === 0) this.report('error', path, 'the list is empty: give at least one value');
    return list.flatMap((item, index) => {
      const itemPath = Array.isArray(value) ? `${path}[${index}]` : path;
      if (typeof item !== 'string') {
        this.report('unreadable', itemPath, `expected a string, not ${quote(item)}`);
        return [];
      }
      this.checkCharacters(item, itemPath);
      return [{ text: item, path: itemPath }];
    });
  }

  private readCondition(value: unknown, path: string): ConditionBlock | undefined {
    if (value === undefined) return undefined;
    if (!isObject(value)) {
      this.report('unreadable', path, `a condition is a JSON object, not ${quote(value)}`);
      return undefined;
    }
    const block: Record<string, Record<string, readonly string[]>> = {};
    for (const [name, keys] of Object.entries(value)) {
      const operatorPath = `${path}.${name}`;
      const operator = parseOperator(name);
      if (operator === undefined) {
        const hint = didYouMean(name, operatorNames) || ': see the list of IAM condition operators';
        this.report('unreadable', operatorPath, `${quote(name)} is no condition operator${hint}`);
      } else if (Object.hasOwn(block, operator.name)) {
        this.report('unreadable', operatorPath, `the operator \`${operator.name}\` stands twice: join its keys`);
      } else if (!isObject(keys)) {
        this.report('unreadable', operatorPath, `an operator holds condition keys, not ${quote(keys)}`);
      } else {
        if (operator.name !== name) {
          this.report('warning', operatorPath, `${quote(name)} is spelled \`${operator.name}\` by AWS`);
        }
        block[operator.name] = this.readConditionKeys(keys, operatorPath);
      }
    }
    return Object.keys(block).length === 0 ? undefined : block;
  }

  private readConditionKeys(keys: Record<string, unknown>, path: string): Record<string, readonly string[]> {
    const values: Record<string, readonly string[]> = Object.create(null) as Record<string, readonly string[]>;
    for (const [key, value] of Object.entries(keys)) {
      const keyPath = `${path}.${key}`;
      this.checkCharacters(key, keyPath);
      const list = Array.isArray(value) ? (value as unknown[]) : [value];
      values[key] = list.flatMap((item, index) => {
        const itemPath = Array.isArray(value) ? `${keyPath}[${index}]` : keyPath;
        const text = textOfValue(item);
        if (text === undefined) {
          this.report('unreadable', itemPath, `a condition value is a string, number or boolean, not ${quote(item)}`);
          return [];
        }
        this.checkCharacters(text, itemPath);
        return [text];
      });
    }
    return values;
  }

  private checkCharacters(text: string, path: string): void {
    const found = refusedCharacters.exec(text);
    if (found === null) return;
    const code = text.codePointAt(found.index)!.toString(16).toUpperCase().padStart(4, '0');
    this.report('error', path, `${quote(text)} holds the character U+${code}: IAM takes U+0020 to U+00FF only`);
  }

  private report(severity: Severity, path: string, message: string): void {
    this.problems.push({ severity, path, message });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && textOfNumber(value) === undefined;
}

/** A condition value as AWS compares it: as text. */
function textOfValue(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return textOfNumber(value);
}

/** YAML makes a number of an account id. */
function accountAsText(value: unknown): unknown {
  const text = typeof value === 'number' ? String(value) : textOfNumber(value);
  return text !== undefined && /^\d{12}$/.test(text) ? text : value;
}

/** Own properties only: a document has no inherited elements, whatever its prototype is. */
function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
