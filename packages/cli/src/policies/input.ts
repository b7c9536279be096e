import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  findNearest,
  parse,
  partitionOfRegion,
  quote,
  readJson,
  useCases,
  visible,
  type DocumentSource,
  type DocumentType,
  type UseCase,
} from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';
import { readBounded } from '../options/file.js';
import { readFlagWords } from '../options/flag-words.js';
import { buildGiven } from '../options/given.js';
import { findInAssembly, isManifest } from './assembly.js';
import { findPolicies } from './find.js';
import type { FoundPolicies, FoundPolicy, TemplatePlace } from './found.js';
import { isObject } from './json-values.js';
import { expressionsIn } from './deferred.js';
import { splitWords } from './words.js';

/** The largest file of policies that is read whole: an account's details may be tens of megabytes. */
const largest = 256 * 1024 * 1024;

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

/** What stands for an account and a region that a template leaves open. */
export const examplePlace: TemplatePlace = { account: '111122223333', region: 'us-east-1', partition: 'aws' };

/** Where templates are deployed to, as far as it is given; what is taken for the rest is noted where a template asks for it. */
export function placeOf(
  {
    account,
    region,
    partition,
  }: { account?: string | undefined; region?: string | undefined; partition?: string | undefined },
  parameters?: ReadonlyMap<string, string>,
): TemplatePlace {
  const assume = (name: string, flag: string, value: string) =>
    [name, `${quote(name)} is taken to be ${quote(value)}: give it with ${quote(flag)}`] as const;
  return {
    account: account ?? examplePlace.account,
    region: region ?? examplePlace.region,
    partition:
      partition ?? (region === undefined ? undefined : partitionOfRegion.get(region)) ?? examplePlace.partition,
    ...(parameters && { parameters }),
    assumed: Object.fromEntries([
      ...(account === undefined ? [assume('AWS::AccountId', '--account', examplePlace.account)] : []),
      ...(region === undefined ? [assume('AWS::Region', '--region', examplePlace.region)] : []),
    ]),
  };
}

/** What is given besides what is read. */
export interface Given {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** What the documents are, where their shape shall not decide. */
  readonly type?: DocumentType | undefined;
  /** Which of a file's policies are meant, where it has several types; `type` says it too. */
  readonly takes?: DocumentType;
}

/**
 * Reads one side of a comparison: a use case with its flags in one text (`ID --account 123456789012`), a file,
 * a folder with a CDK assembly, or `-` for standard input. `FILE#NAME` takes one policy of several in a file, `FILE#*` all.
 * @param given the account and the region of a use case whose flags do not say them
 * @throws {InputError} where there is no such thing, or it holds several policies and none is named
 */
export async function readInput(
  argument: string,
  place: TemplatePlace,
  io: Io,
  given: Given = {},
): Promise<PolicyInput> {
  const [word = ''] = argument.trim().split(/\s/);
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => id === word);
  const { type, takes = type, ...options } = given;
  if (useCase !== undefined && !existsSync(argument)) return buildFrom(useCase, argument, io, options);
  const hash = existsSync(argument) ? -1 : argument.lastIndexOf('#');
  const [path, name] = hash < 0 ? [argument, undefined] : [argument.slice(0, hash), argument.slice(hash + 1)];
  const found = await readPolicies(path, place, io);
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

/** Builds a use case from its flags in one text. */
async function buildFrom(useCase: UseCase, text: string, io: Io, given: object): Promise<PolicyInput> {
  const [, ...words] = splitWords(text);
  const options = await readFlagWords(useCase, words, io, given);
  const { document, problems } = buildGiven(useCase, options);
  if (problems.length > 0) throw new InputError(problems);
  return {
    label: text,
    documents: [document],
    documentNames: [''],
    notes: [],
    isOpen: false,
    elsewhere: [],
    parameters: new Set(),
  };
}

/** Reads every policy of a file, a CDK assembly, or standard input. */
export async function readPolicies(path: string, place: TemplatePlace, io: Io): Promise<FoundPolicies> {
  if (path !== '-' && existsSync(path) && statSync(path).isDirectory()) {
    const manifest = join(path, 'manifest.json');
    if (existsSync(manifest)) return findInAssembly(manifest, place);
    throw new InputError([
      `${quote(path)} is a folder without \`manifest.json\`: name a file in it, or a CDK assembly`,
    ]);
  }
  const label = path === '-' ? 'standard input' : quote(path);
  const text = await readBounded(path, io, largest, 'name a part of it');
  const value = await readValue(text, label);
  if (path !== '-' && isManifest(value)) return findInAssembly(path, place);
  const found = findPolicies(value, place);
  if (found !== undefined) return found;
  if (isObject(value) && 'resource' in value) {
    throw new InputError([`${label} is Terraform configuration: give what \`terraform show -json PLAN\` prints`]);
  }
  throw new InputError([
    `${label} holds no policy that can be told: give a policy document, account details, a template or a plan as JSON`,
  ]);
}

async function readValue(text: string, label: string): Promise<unknown> {
  if (text.trim() === '') throw new InputError([`${label} is empty: give a policy document as JSON`]);
  const reading = readJson(text.replace(/^\uFEFF/, ''), 'asWritten');
  if (reading.wellFormed && reading.problems.length === 0) return reading.value;
  if (reading.wellFormed || /^\s*[{[]/.test(text)) {
    throw new InputError(reading.problems.map(({ message }) => `${label}: ${message}`));
  }
  const { readTemplateYaml } = await import('../printing/yaml.js');
  try {
    return readTemplateYaml(text);
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n');
    throw new InputError([
      `${label} cannot be read as JSON or YAML (${visible(reason.replace(/[:.]\s*$/, ''))}): give a policy document, a template or a plan`,
    ]);
  }
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
