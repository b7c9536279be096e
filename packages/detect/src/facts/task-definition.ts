import type { Files } from '../files.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { literal, oneOf, unknown, type Value } from '../values/value.js';
import { textAt } from '../yaml/access.js';
import { readYaml } from '../yaml/tree.js';
import { fileNear, givenTo } from './near.js';

/** The task definition of ECS in the file that a step or a command names. */
export function taskDefinition(files: Files, event: NamedEvent): SignFields | undefined {
  const path =
    givenTo(event, 'task-definition', '--cli-input-json', '--cli-input-yaml', '--task-definition') ??
    givenTo(event, 'taskdef-path');
  const file = path === undefined ? undefined : fileNear(files, event, path);
  return file === undefined ? undefined : fieldsOfTask(file.text);
}

/** Family and roles of a task definition in JSON or YAML: `roles` are those that the job hands on. */
export function fieldsOfTask(text: string): SignFields | undefined {
  const { tree, problem } = readYaml(text);
  if (tree === undefined || problem !== undefined) return undefined;
  const said = (name: string): Value[] => {
    const given = textAt(tree, name);
    return given === undefined || given === '' ? [] : [templated(given, name)];
  };
  const family = said('family');
  const roles = [...said('executionRoleArn'), ...said('taskRoleArn')];
  return new Map([
    ...(family.length === 0 ? [] : [['family', oneOf(family)] as const]),
    ...(roles.length === 0 ? [] : [['roles', oneOf(roles)] as const]),
  ]);
}

/** What is filled in before it is used, such as `${ROLE}` or `{{ must_env … }}`, is not known. */
export function templated(text: string, from: string): Value {
  return /\$\{|\{\{|<[A-Z_ -]+>|%[A-Z_]+%/.test(text) ? unknown(from) : literal(text);
}
