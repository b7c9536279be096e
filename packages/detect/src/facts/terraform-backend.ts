import { fileAt, folderOf, type Files } from '../files.js';
import { readHcl, type HclBlock } from '../hcl/blocks.js';
import { normal, writtenFile } from '../jobs/checkout.js';
import { leadsElsewhere } from '../match/vendors.js';
import { isOtherStore } from './other-store.js';
import { folderBelow } from '../jobs/job-run.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { inFolders, type ShownFields } from './in-folders.js';
import { literal, literalsOf, onlyLiteral, settled, splitText, type Text, type Value } from '../values/value.js';

/** Settings that only other backends have. */
const elsewhere = [
  'storage_account_name',
  'container_name',
  'resource_group_name',
  'prefix',
  'address',
  'organization',
  'path',
  'conn_str',
  'secret_suffix',
];

/** Variables that lead the S3 backend to another store. */
const storeVariables = ['AWS_ENDPOINT_URL_S3', 'AWS_S3_ENDPOINT'];

/**
 * The settings of the S3 backend that `terraform init` uses: from the configuration in its folder, and from the command line.
 * @returns `no` where the files show another backend or none; undefined where they are not in the repository
 */
export function terraformBackend(files: Files, event: NamedEvent): ShownFields {
  return inFolders(folderOfEvent(files, event), (folder) => backendIn(files, event, folder));
}

function backendIn(files: Files, event: NamedEvent, folder: string | undefined): ShownFields {
  const given = fromCommandLine(files, event, folder ?? '');
  if (
    given === 'no' ||
    isOtherStore(given) ||
    storeVariables.some((name) => leadsElsewhere(event.event.variables.get(name)))
  )
    return 'no';
  const sources = folder === undefined ? [] : [...configurationIn(files, folder), ...writtenIn(event, folder)];
  // A block that is not in the repository may lock all the same.
  if (sources.length === 0) return given.has('bucket') ? given : undefined;
  const settings = sources
    .flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'terraform'))
    .flatMap(({ blocks }) => blocks);
  const backend = settings.find(({ type }) => type === 'backend');
  if (settings.some(({ type }) => type === 'cloud')) return 'no';
  if (backend === undefined) return given.size > 0 ? withLock(given) : 'no';
  if (backend.labels[0] !== 's3') return 'no';
  if (isOtherStore(backend.attributes, backend.blocks.find(({ type }) => type === 'endpoints')?.attributes))
    return 'no';
  const role = backend.blocks.find(({ type }) => type === 'assume_role')?.attributes.get('role_arn');
  return withLock(
    new Map([...backend.attributes, ...(role === undefined ? [] : [['role_arn', role] as const]), ...given]),
  );
}

/** The folder that Terraform works in: where it runs, or where `-chdir` or an input leads. */
function folderOfEvent(files: Files, event: NamedEvent): Value {
  const { event: happened } = event;
  const named =
    happened.kind === 'step'
      ? (happened.inputs.get('path') ?? happened.inputs.get('working-directory'))
      : (event.parsed([])?.flags.get('-chdir')?.[0] ?? givenFolder(files, event));
  return named === undefined ? happened.directory : folderBelow(happened.directory, settled(named));
}

/** The folder behind all flags, as releases before 0.15 take it: a plan that was saved, which stands there too, is none. */
function givenFolder(files: Files, event: NamedEvent): Value | undefined {
  const last = event.parsed([
    '-reconfigure',
    '-upgrade',
    '-migrate-state',
    '-force-copy',
    '-no-color',
    '-auto-approve',
  ])?.words;
  const given = last !== undefined && last.length > 1 ? last.at(-1)! : undefined;
  const folder = given === undefined ? undefined : onlyLiteral(folderBelow(event.event.directory, given));
  return folder !== undefined && configurationIn(files, folder).length > 0 ? given : undefined;
}

function configurationIn(files: Files, folder: string): HclBlock[] {
  const path = folder.replace(/^\.\/|\/+$/g, '');
  const found: HclBlock[] = [];
  for (const [file, text] of files) if (/\.(tf|tofu)$/.test(file) && folderOf(file) === path) found.push(readHcl(text));
  return found;
}

/** The configuration that the job itself writes into a folder. */
function writtenIn({ event }: NamedEvent, folder: string): HclBlock[] {
  const found: HclBlock[] = [];
  for (const [name, value] of event.variables) {
    const path = name.startsWith(writtenFile) ? name.slice(writtenFile.length) : '';
    if (!/\.(tf|tofu)$/.test(path) || folderOf(path) !== folder.replace(/^\.\/|\/+$/g, '')) continue;
    for (const text of value) found.push(readHcl(textOfHcl(text)));
  }
  return found;
}

/** `-backend-config=name=value`, and files of such settings. */
function fromCommandLine(files: Files, event: NamedEvent, folder: string): ReadonlyMap<string, Value> | 'no' {
  const flags = event.parsed([])?.flags.get('-backend-config') ?? [];
  // Inputs of steps hold several settings, with commas or on lines of their own.
  const { inputs: ofStep } = event.event.kind === 'step' ? event.event : { inputs: new Map<string, Value>() };
  // A file that an input names stands where the checkout is.
  const given = [...(ofStep.get('backend_config') ?? []), ...(ofStep.get('backend_config_file') ?? [])];
  const inputs = given.flatMap((text) =>
    splitText(text, (character) => character === ',' || character === '\n').filter((piece) => piece.length > 0),
  );
  const found = new Map<string, Value>();
  for (const value of [...flags, ...(inputs.length === 0 ? [] : [inputs])]) {
    for (const text of value) {
      const [head, ...rest] = text;
      const equals = typeof head === 'string' ? head.indexOf('=') : -1;
      if (equals > 0) {
        const behind = (head as string).slice(equals + 1).replace(/^["']/, '');
        const parts = [...(behind === '' ? [] : [behind]), ...rest].map((part) =>
          typeof part === 'string' ? part.replace(/["']$/, '') : part,
        );
        const name = (head as string).slice(0, equals).trim();
        found.set(name, [...(found.get(name) ?? []), parts]);
      } else {
        const path = onlyLiteral([text])?.trim();
        const file = path === undefined ? undefined : settingsIn(files, event, folder, path);
        if (file !== undefined) for (const [name, setting] of readHcl(file).attributes) found.set(name, setting);
      }
    }
  }
  return elsewhere.some((name) => found.has(name)) ? 'no' : found;
}

/** The text of a file of settings: one of the repository, or one that the job wrote. */
function settingsIn(files: Files, { event }: NamedEvent, folder: string, path: string): string | undefined {
  for (const place of [`${folder}/${path}`, path]) {
    const written = event.variables.get(`${writtenFile}${normal(place)}`);
    const text = written === undefined ? fileAt(files, place)?.text : written.map(textOfHcl).join('\n');
    if (text !== undefined) return text;
  }
  return undefined;
}

/** What is not known of a text stands in it as a template of HCL. */
function textOfHcl(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `\${${part.from}}`)).join('');
}

/** How the state is locked, in the words of the entries. */
function withLock(fields: ReadonlyMap<string, Value>): SignFields {
  const table = fields.has('dynamodb_table');
  const file = literalsOf(fields.get('use_lockfile') ?? []).includes('true');
  return new Map([
    ...fields,
    ['lock', literal(table && file ? 'both' : table ? 'dynamodb' : file ? 'lockfile' : 'none')],
  ]);
}
