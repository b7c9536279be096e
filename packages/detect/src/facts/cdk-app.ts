import { folderOf, type Files } from '../files.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { literal, onlyLiteral, settled, type Value } from '../values/value.js';
import { textAt } from '../yaml/access.js';
import { readYaml } from '../yaml/tree.js';

const qualifier = '@aws-cdk/core:bootstrapQualifier';

/**
 * What `cdk.json` of the folder that the CDK runs in says: the nearest one above, or the only one of the repository.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
export function cdkApp(files: Files, { event }: NamedEvent): SignFields | undefined {
  const apps = [...files.keys()].filter((path) => path === 'cdk.json' || path.endsWith('/cdk.json'));
  const folder = onlyLiteral(settled(event.directory));
  const above = apps.filter((path) => folder !== undefined && `${folder}/`.startsWith(withSlash(folderOf(path))));
  const path = above.sort((a, b) => b.length - a.length)[0] ?? (apps.length === 1 ? apps[0] : undefined);
  const { tree } = readYaml(path === undefined ? '' : files.get(path)!);
  const fields = new Map<string, Value>();
  const own = textAt(tree, 'context', qualifier) ?? textAt(tree, 'qualifier');
  const app = textAt(tree, 'app');
  if (own !== undefined) fields.set('qualifier', literal(own));
  if (app !== undefined) fields.set('app', literal(app));
  return fields.size === 0 ? undefined : fields;
}

function withSlash(folder: string): string {
  return folder === '' ? '' : `${folder}/`;
}
