import type { Statement } from '../../document/document.js';
import { compile, type Decision } from '../decide.js';
import { readDocuments, type DocumentSource } from '../documents.js';
import type { Request } from '../request.js';
import { boxOf, variablesOf, type Box } from './box.js';
import type { Binding } from './text-pattern.js';

/** A set of documents, read and ready to be compared many times. Made by {@link prepare}. */
export class Prepared {
  /** The condition keys that stand as variables, in lower case. */
  readonly variables: ReadonlySet<string>;
  /** The condition keys that some set operator asks for, so that they may have several values. */
  readonly several: ReadonlySet<string>;
  /** Why the documents cannot be compared at all. */
  readonly refused: string | null;
  readonly decide: (request: Request) => Decision;
  private readonly statements: readonly PreparedStatement[];
  private plain: Boxes | undefined;
  private readonly bound = new Map<string, Boxes>();

  constructor(documents: DocumentSource | readonly DocumentSource[]) {
    const parsed = readDocuments(documents);
    this.statements = parsed.flatMap(({ Version, Statement }) =>
      Statement.map((statement) => {
        const variables = Version === '2012-10-17' ? variablesOf(statement) : [];
        return { statement, substitutes: Version === '2012-10-17', variables };
      }),
    );
    this.variables = new Set(this.statements.flatMap(({ variables }) => variables));
    this.several = new Set(
      this.statements.flatMap(({ statement }) =>
        Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
          operator.includes(':') ? Object.keys(keys).map((key) => key.toLowerCase()) : [],
        ),
      ),
    );
    this.refused = /[\ue000-\uf8ff]/.test(JSON.stringify(parsed))
      ? 'a document holds characters of the private use area, which comparison needs for itself'
      : null;
    this.decide = compile(parsed);
  }

  /** The boxes of all statements, with variables as they are bound. */
  boxes(binding: Binding): Boxes {
    if (this.variables.size === 0) return (this.plain ??= this.build(binding));
    const key = JSON.stringify(
      Array.from(this.variables, (name) => [name, binding.get(name) ?? null, binding.get(name) === null]),
    );
    let boxes = this.bound.get(key);
    if (boxes === undefined) {
      // Each pair may bind in its own way; what is used again is used soon.
      if (this.bound.size >= 16) this.bound.clear();
      boxes = this.build(binding);
      this.bound.set(key, boxes);
    }
    return boxes;
  }

  /** Whether every Allow is written the same in the other set, and every Deny of the other set in this one. */
  addsNothingTo(other: Prepared): boolean {
    return (
      Array.from(this.texts).every((text) => !text.startsWith('Allow') || other.texts.has(text)) &&
      Array.from(other.texts).every((text) => !text.startsWith('Deny') || this.texts.has(text))
    );
  }

  private get texts(): ReadonlySet<string> {
    return new Set(
      this.statements.map(
        ({ statement: { Sid: _, ...statement }, substitutes }) =>
          `${statement.Effect}${JSON.stringify([substitutes, statement])}`,
      ),
    );
  }

  private build(binding: Binding): Boxes {
    const boxes: { allows: Box[]; denies: Box[] } = { allows: [], denies: [] };
    const seen = new Set<string>();
    for (const { statement, substitutes } of this.statements) {
      const box = boxOf(statement, substitutes, binding);
      const key = statement.Effect + box.identity;
      if (seen.has(key)) continue;
      seen.add(key);
      (statement.Effect === 'Allow' ? boxes.allows : boxes.denies).push(box);
    }
    return { ...boxes, identities: seen };
  }
}

interface PreparedStatement {
  readonly statement: Statement;
  readonly substitutes: boolean;
  readonly variables: readonly string[];
}

/** The statements of all documents as boxes, equal ones once. */
export interface Boxes {
  readonly allows: readonly Box[];
  readonly denies: readonly Box[];
  /** The effect and identity of each. */
  readonly identities: ReadonlySet<string>;
}

/**
 * Reads a set of identity policies once, to be compared many times with {@link compare}.
 * @throws {DocumentError} where a document's meaning cannot be known
 */
export function prepare(documents: DocumentSource | readonly DocumentSource[]): Prepared {
  return new Prepared(documents);
}
