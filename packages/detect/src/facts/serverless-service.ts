import { fileAt, type Files } from '../files.js';
import { fromCheckout } from '../jobs/checkout.js';
import { folderBelow } from '../jobs/job-run.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { literal, oneOf, onlyLiteral, settled, type Value } from '../values/value.js';
import { at, entriesOf, textAt, textsOf } from '../yaml/access.js';
import { readYaml, type Tree } from '../yaml/tree.js';
import { givenTo } from './near.js';
import { templated } from './task-definition.js';

/** Where the Serverless Framework looks for a service where none is named; what is a program is not read. */
const usual = ['serverless.yml', 'serverless.yaml'];

/** Where settings stand, the first that is there; some are a name, or have one besides others. */
const settings: Readonly<Record<string, readonly (readonly string[])[]>> = {
  service: [['service'], ['service', 'name']],
  stage: [['provider', 'stage']],
  region: [['provider', 'region']],
  stackName: [['provider', 'stackName']],
  bucket: [
    ['provider', 'deploymentBucket'],
    ['provider', 'deploymentBucket', 'name'],
  ],
  prefix: [['provider', 'deploymentPrefix']],
  key: [['provider', 'deploymentBucket', 'sseKMSKeyId']],
  role: [
    ['provider', 'iam', 'deploymentRole'],
    ['provider', 'cfnRole'],
  ],
  frameworkVersion: [['frameworkVersion']],
};

/**
 * What `serverless.yml` of the folder that the Serverless Framework runs in says of the service and its provider. What holds
 * a variable is not known, and is told as that.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml
 */
export function serverlessService(files: Files, named: NamedEvent): SignFields | undefined {
  const tree = serviceOf(files, named);
  if (tree?.node !== 'mapping') return undefined;
  const fields = new Map<string, Value>();
  for (const [name, paths] of Object.entries(settings)) {
    const text = paths.map((path) => textAt(tree, ...path)).find((one) => one !== undefined && one !== '');
    if (text !== undefined) fields.set(name, templated(text, `${paths[0]!.join('.')} of serverless.yml`));
  }
  const provider = at(tree, 'provider');
  // Where nothing names a stage it is this one, in every version.
  if (provider?.node === 'mapping' && !provider.entries.has('stage')) fields.set('stage', literal('dev'));
  const method = textAt(provider, 'deploymentMethod');
  if (method === 'direct' || (method === undefined && isFour(fields.get('frameworkVersion'))))
    fields.set('direct', literal('true'));
  if (at(provider, 'stackPolicy') !== undefined) fields.set('stackPolicy', literal('true'));
  if (entriesOf(at(provider, 'ecr', 'images')).some(([, image]) => isBuilt(image)))
    fields.set('buildsImages', literal('true'));
  const plugins = textsOf(at(tree, 'plugins', 'modules') ?? at(tree, 'plugins'));
  if (plugins.length > 0) fields.set('plugins', oneOf(plugins.map((name) => templated(name, 'plugins'))));
  return fields;
}

/** An image is built where it has a folder, and not where it has an address. */
function isBuilt(image: Tree): boolean {
  if (image.node === 'mapping') return textAt(image, 'path') !== undefined;
  return image.node === 'scalar' && image.text !== '' && !/^[0-9]+\.dkr\.ecr\.|@sha256:|\$\{/.test(image.text);
}

function isFour(version: Value | undefined): boolean {
  return /^[~^]?4(?:\.|$)/.test(onlyLiteral(version ?? []) ?? '');
}

function serviceOf(files: Files, named: NamedEvent): Tree | undefined {
  const own = givenTo(named, 'config', '--config', '-c');
  for (const path of own === undefined ? usual.map(literal) : [settled(fromCheckout(own))]) {
    const whole = onlyLiteral(settled(fromCheckout(folderBelow(named.event.directory, path))));
    const file = whole === undefined ? undefined : fileAt(files, whole);
    if (file === undefined) continue;
    const { tree, problem } = readYaml(file.text);
    return problem === undefined ? tree : undefined;
  }
  return undefined;
}
