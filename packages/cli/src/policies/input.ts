import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quote, readJson, tryBuild, useCases, type DocumentSource, type UseCase } from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';
import { readBounded, readOptionsFile } from '../options/file.js';
import { flagsOf, once } from '../options/flags.js';
import { describeProblem, spellingOf } from '../options/spell.js';
import { PosternCommand } from '../postern-command.js';
import { findPolicies, isObject, textOf, type Found, type FoundPolicy, type TemplatePlace } from './find.js';
import { splitWords } from './words.js';

/** The largest file of policies that is read whole: an account's details may be tens of megabytes. */
const largest = 256 * 1024 * 1024;

/** Policies that hold together, and where they come from. */
export interface PolicyInput {
  readonly label: string;
  readonly documents: readonly DocumentSource[];
  readonly notes: readonly string[];
}

/** What stands for an account and a region that a template leaves open. */
export const examplePlace: TemplatePlace = { account: '111122223333', region: 'us-east-1', partition: 'aws' };

/**
 * Reads one side of a comparison: a use case with its flags in one text (`ecr-docker-push --repositories my-app`), a file,
 * a folder with a CDK assembly, or `-` for standard input. `FILE#NAME` takes one policy of several in a file, `FILE#*` all.
 * @throws {InputError} where there is no such thing, or it holds several policies and none is named
 */
export async function readInput(argument: string, place: TemplatePlace, io: Io): Promise<PolicyInput> {
  const [word = ''] = argument.trim().split(/\s/);
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => id === word);
  if (useCase !== undefined && !existsSync(argument)) return buildFrom(useCase, argument, io);
  const hash = existsSync(argument) ? -1 : argument.lastIndexOf('#');
  const [path, name] = hash < 0 ? [argument, undefined] : [argument.slice(0, hash), argument.slice(hash + 1)];
  const found = await readPolicies(path, place, io);
  return { label: argument, documents: choose(found.policies, name, path), notes: found.notes };
}

/** Builds a use case from its flags in one text. */
async function buildFrom(useCase: UseCase, text: string, io: Io): Promise<PolicyInput> {
  const [, ...words] = splitWords(text);
  const command = new PosternCommand(useCase.id).exitOverride().configureOutput({ writeErr: () => undefined });
  command.helpOption(false).allowExcessArguments();
  for (const flag of flagsOf(useCase)) command.addOption(flag);
  command.addOption(once('--options <file>', 'read options from a file'));
  command.parse(words, { from: 'user' });
  if (command.args.length > 0) {
    throw new InputError([`${quote(command.args[0])} belongs to no flag of ${quote(useCase.id)}`]);
  }
  const { options: file, ...flags } = command.opts<{ options?: string }>();
  const fromFile = file === undefined ? undefined : await readOptionsFile(file, io);
  const spelling = spellingOf(fromFile, flags);
  const { document, problems } = tryBuild(useCase, { ...fromFile, ...flags }, spelling);
  if (problems.length > 0) throw new InputError(problems.map((problem) => describeProblem(problem, spelling)));
  return { label: text, documents: [document], notes: [] };
}

/** Reads every policy of a file, a CDK assembly, or standard input. */
export async function readPolicies(path: string, place: TemplatePlace, io: Io): Promise<Found> {
  if (path !== '-' && existsSync(path) && statSync(path).isDirectory()) return readAssembly(path, place, io);
  const label = path === '-' ? 'standard input' : quote(path);
  const text = await readBounded(path, io, largest, 'name a part of it');
  const value = await readValue(text, label);
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
  const reading = readJson(text.replace(/^\uFEFF/, ''));
  if (reading.wellFormed && reading.problems.length === 0) return reading.value;
  if (reading.wellFormed || /^\s*[{[]/.test(text)) {
    throw new InputError(reading.problems.map(({ message }) => `${label}: ${message}`));
  }
  const { readTemplateYaml } = await import('../formats/yaml.js');
  try {
    return readTemplateYaml(text);
  } catch (error) {
    throw new InputError([`${label} is neither JSON nor YAML: ${(error as Error).message.split('\n')[0]}`]);
  }
}

/** All templates of a CDK assembly (`cdk.out`), each policy under its stack. */
async function readAssembly(folder: string, place: TemplatePlace, io: Io): Promise<Found> {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new InputError([
      `${quote(folder)} is a folder without \`manifest.json\`: name a file in it, or a CDK assembly`,
    ]);
  }
  const reading = readJson(readFileSync(manifest, 'utf8'));
  const artifacts = isObject(reading.value) && isObject(reading.value['artifacts']) ? reading.value['artifacts'] : {};
  const policies: FoundPolicy[] = [];
  const notes: string[] = [];
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (!isObject(artifact) || !isObject(artifact['properties'])) continue;
    const file = textOf(artifact['properties']['templateFile']);
    if (artifact['type'] !== 'aws:cloudformation:stack' || !/^[\w.-]+$/.test(file)) continue;
    const [account, region] = /^aws:\/\/(\d{12})\/([\w-]+)$/.exec(textOf(artifact['environment']))?.slice(1) ?? [];
    const own = { ...place, ...(account && { account }), ...(region && { region }) };
    const found = await readPolicies(join(folder, file), own, io);
    policies.push(...found.policies.map((policy) => ({ ...policy, name: `${id}/${policy.name}` })));
    notes.push(...found.notes.map((note) => `${id}/${note}`));
  }
  return { policies, notes };
}

function choose(policies: readonly FoundPolicy[], name: string | undefined, path: string): DocumentSource[] {
  const label = path === '-' ? 'standard input' : quote(path);
  const documents = (chosen: readonly FoundPolicy[]) =>
    chosen.flatMap((policy) => policy.documents as DocumentSource[]);
  if (policies.length === 0) throw new InputError([`${label} holds no identity policy: nothing to compare`]);
  if (name === '*' || (name === undefined && policies.length === 1)) return documents(policies);
  const chosen = policies.filter((policy) => policy.name === name);
  if (chosen.length > 0) return documents(chosen);
  const names = policies.map((policy) => quote(`${path}#${policy.name}`));
  const list = `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`;
  throw new InputError([
    name === undefined
      ? `${label} holds ${names.length} policies: name one, or \`${path}#*\` for all together: ${list}`
      : `${label} has no policy ${quote(name)}: there is ${list}`,
  ]);
}
