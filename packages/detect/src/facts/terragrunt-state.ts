import { folderOf, type Files } from '../files.js';
import { readHcl, type HclBlock } from '../hcl/blocks.js';
import type { NamedEvent } from '../match/names.js';
import { isOtherStore } from './other-store.js';
import { inFolders, type ShownFields } from './in-folders.js';
import { concat, literal, onlyLiteral, type Value } from '../values/value.js';

/**
 * The settings of the remote state that Terragrunt uses: of the nearest configuration above the folder that it runs in, or the
 * only one of the repository.
 * @returns `no` where it is another backend; undefined where none is in the repository
 */
export function terragruntState(files: Files, event: NamedEvent): ShownFields {
  const found: FoundBlock[] = [];
  for (const [path, text] of files) {
    if (!/(^|\/)(root|terragrunt|common|[\w-]*terragrunt[\w-]*)\.hcl$/.test(path)) continue;
    const { blocks } = readHcl(text);
    for (const block of blocks)
      if (block.type === 'remote_state') found.push({ folder: folderOf(path), block, locals: localsIn(blocks) });
  }
  return found.length === 0 ? undefined : inFolders(folderOfEvent(event), (folder) => stateIn(found, folder));
}

/** A `remote_state` with the folder that it stands in, and what the locals beside it hold. */
interface FoundBlock {
  readonly folder: string;
  readonly block: HclBlock;
  readonly locals: ReadonlyMap<string, Value>;
}

function localsIn(blocks: readonly HclBlock[]): ReadonlyMap<string, Value> {
  return new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ attributes }) => [...attributes]));
}

/** A value with locals in it that are written out. */
function withLocals(value: Value, locals: ReadonlyMap<string, Value>): Value {
  return value.flatMap((text) =>
    concat(
      text.map((part): Value => {
        if (typeof part === 'string') return literal(part);
        const [, name] = /^(?:\$\{)?local\.([\w-]+)\}?$/.exec(part.from) ?? [];
        const held = name === undefined ? undefined : locals.get(name);
        return held === undefined || onlyLiteral(held) === undefined ? [[part]] : held;
      }),
    ),
  );
}

function stateIn(found: readonly FoundBlock[], folder: string | undefined): ShownFields {
  const above =
    folder === undefined ? [] : found.filter((one) => one.folder === '' || `${folder}/`.startsWith(`${one.folder}/`));
  const nearest =
    above.sort((a, b) => b.folder.length - a.folder.length)[0] ?? (found.length === 1 ? found[0] : undefined);
  if (nearest === undefined) return undefined;
  const backend = onlyLiteral(nearest.block.attributes.get('backend') ?? []);
  if (backend !== undefined && backend !== 's3') return 'no';
  const config = nearest.block.blocks.find(({ type }) => type === 'config');
  const fields = new Map<string, Value>(
    [...(config?.attributes ?? [])].map(([name, value]) => [name, withLocals(value, nearest.locals)]),
  );
  if (isOtherStore(fields, config?.blocks.find(({ type }) => type === 'endpoints')?.attributes)) return 'no';
  const file = onlyLiteral(fields.get('use_lockfile') ?? []) === 'true';
  const table = fields.has('dynamodb_table');
  fields.set('lock', literal(table && file ? 'both' : table ? 'dynamodb' : file ? 'lockfile' : 'none'));
  return fields;
}

function folderOfEvent(event: NamedEvent): Value {
  const { event: happened } = event;
  if (happened.kind === 'step')
    return happened.inputs.get('tg_dir') ?? happened.inputs.get('directory') ?? happened.directory;
  const flags = event.parsed([])?.flags;
  return flags?.get('--terragrunt-working-dir')?.[0] ?? flags?.get('--working-dir')?.[0] ?? happened.directory;
}
