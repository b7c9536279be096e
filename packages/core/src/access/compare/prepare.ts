import type { DocumentType, PolicyDocument, Statement } from '../../document/document.js';
import { compileRead, type Decision } from '../decide.js';
import { readTyped, type DocumentSource } from '../documents.js';
import { startsOf, type Starts } from '../meeting.js';
import type { Request } from '../request.js';
import { isShort, openParts, type StarReading } from '../resource-form.js';
import { boxOf, resourcesOf, valuesOf, variablesIn, type Box } from './box.js';
import type { Binding } from './text-pattern.js';

/** A set of documents, read and ready to be compared many times. Made by {@link prepare}. */
export class Prepared {
  /** What the documents are; undefined where there are none. */
  readonly type: DocumentType | undefined;
  /** Whether some condition key stands as a variable. */
  readonly hasVariables: boolean;
  /** The condition keys that some set operator asks for, so that they may have several values. */
  readonly several: ReadonlySet<string>;
  /** Why the documents cannot be compared at all. */
  readonly refused: string | null;
  /** A resource that matches more or less as AWS reads the `*` at the end of a part of it; undefined where none does. */
  readonly open: string | undefined;
  /** Whether such a resource is a short ARN. */
  readonly openShort: boolean;
  private readonly documents: readonly PolicyDocument[];
  private readonly statements: readonly PreparedStatement[];
  private readonly deciders = new Map<StarsReading, (request: Request) => Decision>();
  private readonly plain = new Map<StarsReading, Boxes>();
  private spellings: Map<string, string> | undefined;
  private split: PreparedStatements | undefined;

  constructor(documents: DocumentSource | readonly DocumentSource[]) {
    const typed = readTyped(documents);
    const parsed = typed.map(({ document }) => document);
    this.type = typed[0]?.type;
    this.documents = parsed;
    this.statements = parsed.flatMap(({ Version, Statement }) =>
      Statement.map((statement) => new PreparedStatement(statement, Version === '2012-10-17')),
    );
    this.hasVariables = this.statements.some(({ variables }) => variables.length > 0);
    this.several = new Set(
      this.statements.flatMap(({ statement }) =>
        Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
          operator.includes(':') ? Object.keys(keys).map((key) => key.toLowerCase()) : [],
        ),
      ),
    );
    this.refused = reasonToRefuse(parsed);
    const open = this.statements.flatMap((statement) => statement.open);
    this.open = open[0];
    this.openShort = open.some(isShort);
  }

  /** Decides a request as `decide` does, under one of the readings. */
  decide(request: Request, reading: StarsReading): Decision {
    let decider = this.deciders.get(reading);
    if (decider === undefined) {
      decider = compileRead(this.documents, (statement) => readingOf(statement, reading));
      this.deciders.set(reading, decider);
    }
    return decider(request);
  }

  /** A condition key, given in lower case, as the documents spell it; undefined where they do not have it. */
  spell(key: string): string | undefined {
    if (this.spellings === undefined) {
      const spelled = this.statements.flatMap(({ statement }) => [
        ...Object.values(statement.Condition ?? {}).flatMap((keys) => Object.keys(keys)),
        ...Array.from(JSON.stringify(statement).matchAll(/\$\{([^{},]+)/g), (match) => match[1]!),
      ]);
      this.spellings = new Map(spelled.map((name) => [name.toLowerCase(), name]));
    }
    return this.spellings.get(key);
  }

  /** The boxes of all statements, equal ones once. Only for documents without variables. */
  boxes(reading: StarsReading): Boxes {
    let plain = this.plain.get(reading);
    if (plain === undefined) {
      const boxes: { allows: Box[]; denies: Box[] } = { allows: [], denies: [] };
      const identities = new Set<string>();
      for (const prepared of this.statements) {
        const box = prepared.box(noBinding, reading);
        const key = prepared.statement.Effect + box.identity;
        if (identities.has(key)) continue;
        identities.add(key);
        (prepared.statement.Effect === 'Allow' ? boxes.allows : boxes.denies).push(box);
      }
      plain = { ...boxes, identities };
      this.plain.set(reading, plain);
    }
    return plain;
  }

  /** How many statements there are. */
  get size(): number {
    return this.statements.length;
  }

  /** The statements, those that are written alike once. */
  get effects(): PreparedStatements {
    if (this.split === undefined) {
      const once = [...new Map(this.statements.map((statement) => [statement.text, statement])).values()];
      const [allows, denies] = ['Allow', 'Deny'].map((effect) =>
        once.filter(({ statement }) => statement.Effect === effect),
      ) as [PreparedStatement[], PreparedStatement[]];
      this.split = { allows, denies, texts: new Set(once.map(({ text }) => text)) };
    }
    return this.split;
  }
}

/** Near the largest quota that IAM has for a whole document. */
const longestPattern = 10_000;

/** What makes documents too odd, or too long, to be compared; null for all others. */
function reasonToRefuse(documents: readonly PolicyDocument[]): string | null {
  if (/[\ue000-\uf8ff]/.test(JSON.stringify(documents))) {
    return 'a document holds characters of the private use area, which comparison needs for itself';
  }
  for (const { Action = [], NotAction = [], ...statement } of documents.flatMap((one) => one.Statement)) {
    const values = valuesOf(statement);
    const patterns = [...Action, ...NotAction, ...resourcesOf(statement)].filter(
      (text) => /[*?]./s.test(text) || text.includes('${'),
    );
    const long = [...values, ...patterns].find(({ length }) => length > longestPattern);
    if (long !== undefined)
      return `a text of ${long.length} characters is too long to be compared: at most ${longestPattern} are`;
  }
  return null;
}

const noBinding: Binding = new Map();

/**
 * How stars at the end of a part are read: all in one way, or so that the documents allow as little, or as much, as any
 * way of reading them can make of them.
 */
export type StarsReading = StarReading | 'least' | 'most';

/** `bound` matches the fewest resources and `runs` the most, which is less access in a Deny and with `NotResource`. */
function readingOf({ Effect, Resource }: Statement, reading: StarsReading): StarReading {
  if (reading !== 'least' && reading !== 'most') return reading;
  const more = (Effect === 'Allow') === (Resource !== undefined);
  return (reading === 'most') === more ? 'runs' : 'bound';
}

/** One statement, and its boxes for what its variables were last taken to be. */
export class PreparedStatement {
  /** The condition keys that stand as variables in it, in lower case. */
  readonly variables: readonly string[];
  /** Those of them that stand in the values of its conditions. */
  readonly compared: readonly string[];
  /** Its resources that match more or less as AWS reads the `*` at the end of a part. */
  readonly open: readonly string[];
  private readonly boxes = new Map<string, Box>();
  private foundStarts: Starts | undefined;

  constructor(
    readonly statement: Statement,
    /** Whether `${...}` in it is a variable, by the version of its document. */
    private readonly substitutes: boolean,
  ) {
    this.compared = substitutes ? variablesIn(valuesOf(statement)) : [];
    this.variables = substitutes ? Array.from(new Set([...variablesIn(resourcesOf(statement)), ...this.compared])) : [];
    this.open = resourcesOf(statement).filter((text) => openParts(text).length > 0);
  }

  /** Two statements with the same text mean the same. */
  get text(): string {
    return JSON.stringify([this.substitutes, { ...this.statement, Sid: undefined }]);
  }

  get starts(): Starts {
    return (this.foundStarts ??= startsOf(this.statement));
  }

  /** The box of the statement, with variables as they are bound. */
  box(binding: Binding, reading: StarsReading): Box {
    const stars = this.open.length === 0 ? 'runs' : readingOf(this.statement, reading);
    const bound = this.variables.map((name) => [binding.get(name) ?? null, binding.get(name) === null]);
    const key = JSON.stringify([stars, bound]);
    let box = this.boxes.get(key);
    if (box === undefined) {
      // Each pair may bind in its own way; what is used again is used soon.
      if (this.boxes.size >= 16) this.boxes.clear();
      box = boxOf(this.statement, this.substitutes, binding, stars);
      this.boxes.set(key, box);
    }
    return box;
  }
}

/** The statements of all documents by their effect. */
export interface PreparedStatements {
  readonly allows: readonly PreparedStatement[];
  readonly denies: readonly PreparedStatement[];
  readonly texts: ReadonlySet<string>;
}

/** The statements of all documents as boxes, equal ones once. */
export interface Boxes {
  readonly allows: readonly Box[];
  readonly denies: readonly Box[];
  /** The effect and identity of each. */
  readonly identities: ReadonlySet<string>;
}

/**
 * Reads a set of policies once, to be compared many times with {@link compare}.
 * @throws {DocumentError} where a document's meaning cannot be known
 */
export function prepare(documents: DocumentSource | readonly DocumentSource[]): Prepared {
  return new Prepared(documents);
}
