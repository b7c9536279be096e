import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quote, readJson } from '@postern/core';
import { InputError } from '../errors.js';
import { TemplateValues } from './cloudformation/values.js';
import { findPolicies } from './find.js';
import type { FoundPolicies, FoundPolicy, TemplatePlace } from './found.js';
import { isObject, objectsIn, textOf } from './json-values.js';

type Json = Record<string, unknown>;

/** One stack of an assembly: what it is called in the assembly, its template and where it goes. */
interface AssemblyStack {
  readonly id: string;
  readonly template: Json;
  readonly place: TemplatePlace;
  /** The construct paths of its resources, by logical id. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Whether a value is the manifest of a CDK assembly. */
export function isManifest(value: unknown): value is Json {
  return (
    isObject(value) &&
    isObject(value['artifacts']) &&
    Object.values(value['artifacts']).every((artifact) => isObject(artifact) && 'type' in artifact)
  );
}

/**
 * Finds the policies in all templates of a CDK assembly (`cdk.out`), those of its stages too, each under its stack. What one
 * stack exports is followed into the others.
 * @param file the path of its `manifest.json`
 * @throws {InputError} where the manifest or a template cannot be read
 */
export function findInAssembly(file: string, place: TemplatePlace): FoundPolicies {
  const stacks = stacksOf(file, place, 0);
  const exports = new Map(stacks.flatMap(exportsOf));
  const policies: FoundPolicy[] = [];
  const trust: FoundPolicy[] = [];
  const resource: FoundPolicy[] = [];
  const notes: string[] = [];
  const parameters = new Set<string>();
  for (const { id, template, place: own, paths } of stacks) {
    const found = findPolicies(template, { ...own, exports });
    if (found === undefined) continue;
    const ofStack = (policy: FoundPolicy): FoundPolicy => ({
      ...policy,
      name: `${id}/${policy.name}`,
      aliases: aliasesOf(policy, paths.get(policy.name)),
    });
    policies.push(...found.policies.map(ofStack));
    trust.push(...(found.trust ?? []).map(ofStack));
    resource.push(...(found.resource ?? []).map(ofStack));
    notes.push(...found.notes.map((note) => `${id}/${note}`));
    for (const name of found.parameters ?? []) parameters.add(name);
  }
  return { policies, trust, resource, notes, parameters };
}

const deepestStage = 8;

function stacksOf(file: string, place: TemplatePlace, depth: number): AssemblyStack[] {
  const manifest = readObject(file);
  if (!isManifest(manifest)) throw new InputError([`${quote(file)} is no manifest of a CDK assembly`]);
  return Object.entries(manifest['artifacts'] as Json).flatMap(([id, artifact]): AssemblyStack[] => {
    if (!isObject(artifact) || !isObject(artifact['properties'])) return [];
    const { type, properties } = artifact as { type: unknown; properties: Json };
    const inside = textOf(properties['directoryName'] ?? properties['templateFile']);
    if (!/^[\w.-]+$/.test(inside) || /^\.+$/.test(inside)) return [];
    if (type === 'cdk:cloud-assembly' && depth < deepestStage) {
      return stacksOf(join(dirname(file), inside, 'manifest.json'), place, depth + 1);
    }
    if (type !== 'aws:cloudformation:stack') return [];
    const [account, region] = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(textOf(artifact['environment']))?.slice(1) ?? [];
    const stack = textOf(properties['stackName'] ?? artifact['displayName']) || id;
    const known = { ...(account && { account }), ...(region && region !== 'unknown-region' && { region }) };
    const assumed = Object.fromEntries(
      Object.entries(place.assumed ?? {}).filter(
        ([name]) => !(name === 'AWS::AccountId' && account) && !(name === 'AWS::Region' && region),
      ),
    );
    const template = readObject(join(dirname(file), inside));
    const paths = new Map([...pathsIn(artifact['metadata']), ...pathsIn(additionalMetadata(artifact, file))]);
    return [{ id, template, place: { ...place, ...known, stack, assumed }, paths }];
  });
}

/** Newer versions of CDK keep the metadata of a stack in a file of its own. */
function additionalMetadata(artifact: Json, manifest: string): unknown {
  const name = textOf(artifact['additionalMetadataFile']);
  return /^[\w-][\w.-]*$/.test(name) ? readObject(join(dirname(manifest), name)) : undefined;
}

/** The path of each construct that became a resource, by the logical id of that. */
function pathsIn(metadata: unknown): [string, string][] {
  return Object.entries(isObject(metadata) ? metadata : {}).flatMap(([path, entries]) =>
    objectsIn(entries).flatMap(({ type, data }): [string, string][] =>
      type === 'aws:cdk:logicalId' && typeof data === 'string' ? [[data, path.replace(/^\//, '')]] : [],
    ),
  );
}

/** What a policy is called, best first: its path in the app, by CloudFormation and AWS, its path in the stack alone. */
function aliasesOf({ name, aliases = [] }: FoundPolicy, path: string | undefined): string[] {
  if (path === undefined) return [name, ...aliases];
  const construct = path.replace(/\/(Resource|Default)$/, '');
  return [path, construct, name, ...aliases, construct.slice(construct.indexOf('/') + 1)];
}

function exportsOf({ template, place }: AssemblyStack): [string, unknown][] {
  const outputs = isObject(template['Outputs']) ? Object.values(template['Outputs']) : [];
  const values = new TemplateValues(template, place);
  return outputs.flatMap((output): [string, unknown][] => {
    if (!isObject(output) || !isObject(output['Export'])) return [];
    const name = values.resolve(output['Export']['Name']);
    return typeof name === 'string' ? [[name, values.resolve(output['Value'])]] : [];
  });
}

function readObject(file: string): Json {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new InputError([`${quote(file)}, which the CDK assembly names, cannot be read: run \`cdk synth\` again`]);
  }
  const { value, problems } = readJson(text);
  if (problems.length > 0 || !isObject(value)) {
    throw new InputError([`${quote(file)} of the CDK assembly is no JSON object: run \`cdk synth\` again`]);
  }
  return value;
}
