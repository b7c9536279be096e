import { folderOf, type Files } from '../files.js';
import { fromCheckout } from '../jobs/checkout.js';
import { namesEndpoint } from '../match/vendors.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { literal, onlyLiteral, settled } from '../values/value.js';
import { textAt } from '../yaml/access.js';
import { readYaml } from '../yaml/tree.js';
import { givenTo } from './near.js';

/**
 * The address of the backend that the project of Pulumi names, in the folder that it runs in.
 * @returns `no` where no project names one in S3
 * @see https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 */
export function pulumiProject(files: Files, named: NamedEvent): SignFields | 'no' {
  const given = givenTo(named, 'work-dir', '--cwd', '-C') ?? named.event.directory;
  const folder = onlyLiteral(settled(fromCheckout(given)))?.replace(/^\.\/|\/+$/g, '');
  const path = ['Pulumi.yaml', 'Pulumi.yml']
    .flatMap((name) => [...files.keys()].filter((one) => one === name || one.endsWith(`/${name}`)))
    .find(
      (one, _, all) => folderOf(one) === (folder === '.' ? '' : folder) || (folder === undefined && all.length === 1),
    );
  const url = path === undefined ? undefined : textAt(readYaml(files.get(path)!).tree, 'backend', 'url');
  if (url === undefined || !url.startsWith('s3://') || namesEndpoint([literal(url)])) return 'no';
  return new Map([['url', literal(url)]]);
}
