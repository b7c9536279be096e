import { folderOf, type Files } from '../files.js';
import { readHcl, type HclBlock } from '../hcl/blocks.js';
import type { NamedEvent } from '../match/names.js';
import type { Fields } from '../match/source.js';
import { literal, onlyLiteral, settled, type Value } from '../values/value.js';

/**
 * The settings of the remote state that Terragrunt uses: of the nearest configuration above the folder that it runs in, or the
 * only one of the repository.
 * @returns `no` where it is another backend; undefined where none is in the repository
 */
export function terragruntState(files: Files, event: NamedEvent): Fields | 'no' | undefined {
  const found: { readonly folder: string; readonly block: HclBlock }[] = [];
  for (const [path, text] of files) {
    if (!/(^|\/)(root|terragrunt|common|[\w-]*terragrunt[\w-]*)\.hcl$/.test(path)) continue;
    for (const block of readHcl(text).blocks)
      if (block.type === 'remote_state') found.push({ folder: folderOf(path), block });
  }
  if (found.length === 0) return undefined;
  const folder = onlyLiteral(settled(folderOfEvent(event)));
  const above =
    folder === undefined ? [] : found.filter((one) => one.folder === '' || `${folder}/`.startsWith(`${one.folder}/`));
  const nearest =
    above.sort((a, b) => b.folder.length - a.folder.length)[0] ?? (found.length === 1 ? found[0] : undefined);
  if (nearest === undefined) return undefined;
  const backend = onlyLiteral(nearest.block.attributes.get('backend') ?? []);
  if (backend !== undefined && backend !== 's3') return 'no';
  const config = nearest.block.blocks.find(({ type }) => type === 'config');
  const fields = new Map<string, Value>(config?.attributes ?? []);
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
