import { fileAt, folderOf, type Files } from '../files.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { literal, type Value } from '../values/value.js';
import { textAt } from '../yaml/access.js';
import { readYaml } from '../yaml/tree.js';
import { fileNear, givenTo } from './near.js';
import { fieldsOfTask, templated } from './task-definition.js';

/** Where ecspresso looks for its configuration where none is named. */
const usual = ['ecspresso.yml', 'ecspresso.yaml', 'ecspresso.json'];

/**
 * The configuration of ecspresso, and of the task definition that it names.
 * @see https://github.com/kayac/ecspresso
 */
export function ecspressoConfig(files: Files, event: NamedEvent): SignFields | undefined {
  const given = givenTo(event, 'config', '--config');
  const file =
    given === undefined
      ? usual.map((name) => fileNear(files, event, literal(name))).find((found) => found !== undefined)
      : fileNear(files, event, given);
  const tree = file === undefined ? undefined : readYaml(file.text).tree;
  if (file === undefined || tree === undefined) return undefined;
  const fields = new Map<string, Value>();
  for (const name of ['region', 'cluster', 'service']) {
    const value = textAt(tree, name);
    if (value !== undefined) fields.set(name, templated(value, `${file.path}, ${name}`));
  }
  const task = textAt(tree, 'task_definition');
  const taskFile = task === undefined ? undefined : fileAt(files, `${folderOf(file.path)}/${task}`);
  return new Map([...fields, ...(taskFile === undefined ? [] : (fieldsOfTask(taskFile.text) ?? []))]);
}
