import { findNearest, parse, quote, visible, type DocumentSource, type DocumentType } from '@postern/core';
import { InputError } from '../errors.js';
import { expressionsIn } from './deferred.js';
import type { FoundPolicies, FoundPolicy } from './found.js';

/** Policies that hold together, and where they come from. */
export interface PolicyInput {
  readonly label: string;
  readonly documents: readonly DocumentSource[];
  /** What each document is called; empty where the file is the policy. */
  readonly documentNames: readonly string[];
  readonly notes: readonly string[];
  /** Whether something in the documents is known only after deployment. */
  readonly isOpen: boolean;
  /** The ARNs of the policies that are attached and not in the file. */
  readonly elsewhere: readonly string[];
  /** The parameters of its templates. */
  readonly parameters: ReadonlySet<string>;
}

/** Which of a file's policies are meant. */
export interface NamedPolicy {
  /** The file; `-` for standard input. */
  readonly path: string;
  /** The policy in it; `*` for all. */
  readonly name: string | undefined;
  /** How both were given. */
  readonly label: string;
}

/** What documents are taken for. */
export interface Taken {
  /** What the documents are, where their shape shall not decide. */
  readonly type?: DocumentType | undefined;
  /** Which of a file's policies are meant, where it has several types. */
  readonly takes?: DocumentType | undefined;
}

/**
 * Takes the policies that are meant of those that a file holds.
 * @throws {InputError} where there is no such policy, several are there and none is named, or one cannot be read
 */
export function inputOf(
  found: FoundPolicies,
  { path, name, label: argument }: NamedPolicy,
  { type, takes }: Taken,
): PolicyInput {
  const chosen = choose(found, name, path, takes);
  const sources = chosen.flatMap((policy) => policy.documents as DocumentSource[]);
  const asSaid = (source: DocumentSource): DocumentSource =>
    type === undefined || parse(source).type === type ? source : (parse(source, { type }).document ?? source);
  const documents = sources.map(asSaid);
  const label = path === '-' ? 'standard input' : quote(argument);
  const problems = sources.flatMap((source, index) =>
    parse(source, { type })
      .problems.filter(({ severity }) => severity === 'unreadable')
      .map(({ path: where, message }) => {
        const place = `${documents.length > 1 ? `[${index}]` : ''}${where === '' ? '' : `${documents.length > 1 ? '.' : ''}${where}`}`;
        return `${label}: ${place === '' ? '' : `${visible(place)}: `}${message}`;
      }),
  );
  if (problems.length > 0) throw new InputError(problems);
  // Only a template leaves something open; elsewhere the same marks are text like any other.
  const isOpen = found.parameters !== undefined && documents.some((document) => expressionsIn(document).length > 0);
  const names = new Set(chosen.map((policy) => policy.name));
  const notes = found.notes.filter((note) => concerns(note, names, found.policies));
  const elsewhere = [...new Set(chosen.flatMap((policy) => policy.elsewhere ?? []))];
  const documentNames = chosen.flatMap(
    ({ name: own, documents: some, documentNames: all }) => all ?? some.map(() => own),
  );
  return {
    label: argument,
    documents,
    documentNames,
    notes,
    isOpen,
    elsewhere,
    parameters: found.parameters ?? new Set(),
  };
}

/** A note about another policy of the file than the ones that were chosen is not shown. */
function concerns(note: string, chosen: ReadonlySet<string>, policies: readonly FoundPolicy[]): boolean {
  const about = policies.find(({ name }) => name !== '' && note.startsWith(`${name}: `));
  if (about !== undefined) return chosen.has(about.name);
  const stack = /^[^/`]+\//.exec(note)?.[0];
  const isOfStack = stack !== undefined && policies.some(({ name }) => name.startsWith(stack));
  return !isOfStack || [...chosen].some((name) => name.startsWith(stack));
}

/** @throws {InputError} where a value is given for a parameter that no template has */
export function requireParameters(given: ReadonlyMap<string, string>, inputs: readonly PolicyInput[]): void {
  const known = inputs.flatMap(({ parameters }) => [...parameters]);
  const unknown = [...given.keys()].filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new InputError(
    unknown.map((name) => {
      const nearest = findNearest(name, known);
      const hint = nearest === undefined ? ': check its name' : `, did you mean ${quote(nearest)}?`;
      return `--parameter: no template here has a parameter ${quote(name)}${hint}`;
    }),
  );
}

/** The policies of a file that a name may be of: those of the type that was said, else those of identities first. */
function candidatesOf({ policies, trust = [], resource = [] }: FoundPolicies, type: DocumentType | undefined) {
  const said = type === 'trust' ? trust : type === 'resource' ? resource : [];
  if (said.length > 0) return { first: said, others: [] };
  if (type === 'identity') return { first: policies, others: [] };
  // A role of a template is one name for what it may do and for who may assume it.
  const others = type === undefined ? [...trust, ...resource] : [];
  return policies.length > 0 ? { first: policies, others } : { first: others, others: [] };
}

function choose(
  found: FoundPolicies,
  name: string | undefined,
  path: string,
  type: DocumentType | undefined,
): readonly FoundPolicy[] {
  const label = path === '-' ? 'standard input' : quote(path);
  const { first: policies, others } = candidatesOf(found, type);
  if (policies.length === 0) {
    const what = type === 'trust' ? 'trust policy' : type === 'resource' ? 'policy of a resource' : 'identity policy';
    throw new InputError([`${label} holds no ${what}: name a file that does`, ...found.notes]);
  }
  // What is attached to an identity of the file counts with it.
  const whole = policies.filter(({ isPart }) => isPart !== true);
  // An identity whose policies all stand elsewhere is taken where it is named.
  const inFile = whole.filter(({ documents }) => documents.length > 0);
  const wholes = inFile.length === 0 ? whole : inFile;
  if (name === '*' || (name === undefined && wholes.length === 1)) return wholes;
  const listed = (some: readonly FoundPolicy[]): string => {
    const names = some.map((policy) => quote(`${path}#${policy.name}`));
    return `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`;
  };
  if (name === undefined) {
    throw new InputError([
      `${label} holds ${wholes.length} policies: name one, or \`${path}#*\` for all together: ${listed(wholes)}`,
    ]);
  }
  const rank = ({ aliases = [] }: FoundPolicy) => (aliases.includes(name) ? aliases.indexOf(name) : Infinity);
  const named = (some: readonly FoundPolicy[]): readonly FoundPolicy[] => {
    const chosen = some.filter((policy) => policy.name === name);
    if (chosen.length > 0) return chosen;
    const best = Math.min(...some.map(rank));
    return some.filter((policy) => best < Infinity && rank(policy) === best);
  };
  const called = named(policies);
  if (called.length === 1 || called.some((policy) => policy.name === name)) return called;
  const beside = called.length === 0 ? named(others) : [];
  if (beside.length === 1) return beside;
  throw new InputError([
    called.length === 0
      ? `${label} has no policy ${quote(name)}: there is ${listed(wholes)}`
      : `${label} has ${called.length} policies that are called ${quote(name)}: name one: ${listed(called)}`,
  ]);
}
