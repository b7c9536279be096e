import { fileAt, folderOf, type Files } from '../files.js';
import { fromCheckout } from '../jobs/checkout.js';
import { folderBelow } from '../jobs/job-run.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { readToml } from '../toml/read-toml.js';
import { literal, oneOf, onlyLiteral, settled, type Value } from '../values/value.js';
import { entriesOf, mapAt, textsOf } from '../yaml/access.js';
import { readYaml, type Tree } from '../yaml/tree.js';
import { givenTo } from './near.js';
import { templated } from './task-definition.js';

/** Flags without a value, behind which a word may stand. */
const switches = ['--resolve-s3', '--guided', '-g', '--resolve-image-repos', '--debug', '--beta-features'];
/** Where the SAM CLI looks for its configuration where none is named, in its order. */
const usual = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];
/** `sam delete` reads what was written for `sam deploy`. */
const readsFor: Readonly<Record<string, string>> = { delete: 'deploy' };

/**
 * What a command of the SAM CLI is told by its configuration, by the names that stand there; and what follows from the
 * command and the configuration together: `managed_bucket` and `at_top` say where its artifacts lie, and `deletes_failed`
 * what becomes of a stack that fails.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
 */
export function samConfig(files: Files, named: NamedEvent): SignFields {
  const call = named.parsed(switches);
  const command = onlyLiteral(settled(call?.words[0] ?? [])) ?? 'deploy';
  const has = (...flags: readonly string[]) => flags.some((flag) => call?.flags.has(flag));
  const settings = settingsFor(files, named, readsFor[command] ?? command);
  const fields = new Map([...settings].filter(([name]) => !switched.has(name) || isOn(settings, name)));
  const repositories = settings.get('image_repositories');
  // A function and an equals sign stand before each of several.
  if (repositories !== undefined)
    fields.set(
      'image_repositories',
      repositories.map((text) => text.map((part) => (typeof part === 'string' ? part.replace(/^\w+=/, '') : part))),
    );
  const failure = givenTo(named, 'on-failure', '--on-failure') ?? settings.get('on_failure');
  if (onlyLiteral(settled(failure ?? [])) === 'DELETE') fields.set('deletes_failed', literal('true'));
  const hasBucket = has('--s3-bucket') || settings.has('s3_bucket');
  const isManaged =
    has('--resolve-s3', '--guided', '-g') || isOn(settings, 'resolve_s3') || (command === 'sync' && !hasBucket);
  if (isManaged) fields.set('managed_bucket', literal('true'));
  if ((hasBucket || isManaged) && !has('--s3-prefix') && !settings.has('s3_prefix'))
    fields.set('at_top', literal('true'));
  return fields;
}

/** What is there only where it is switched on. */
const switched: ReadonlySet<string> = new Set(['resolve_s3', 'resolve_image_repos', 'no_execute_changeset']);

function isOn(settings: ReadonlyMap<string, Value>, name: string): boolean {
  return onlyLiteral(settings.get(name) ?? [])?.toLowerCase() === 'true';
}

/** The parameters of a command in an environment, before those that all commands share. */
function settingsFor(files: Files, named: NamedEvent, command: string): ReadonlyMap<string, Value> {
  const environment = onlyLiteral(settled(givenTo(named, 'config-env', '--config-env') ?? literal('default')));
  const tree = environment === undefined ? undefined : configurationOf(files, named);
  const said = ['global', command].flatMap((name) => entriesOf(mapAt(tree, environment ?? '', name, 'parameters')));
  return new Map(
    said.flatMap(([name, value]): [string, Value][] => {
      const texts = textsOf(value);
      return texts.length === 0 ? [] : [[name, oneOf(texts.map((text) => templated(text, `samconfig, ${name}`)))]];
    }),
  );
}

/** It stands beside the template, or where the command says. */
function configurationOf(files: Files, named: NamedEvent): Tree | undefined {
  const template = givenTo(named, 'template', '--template-file', '--template', '-t') ?? literal('template.yml');
  const known = onlyLiteral(settled(fromCheckout(template)));
  if (known === undefined) return undefined;
  const beside = folderBelow(named.event.directory, literal(folderOf(known)));
  const own = givenTo(named, 'config-file', '--config-file');
  for (const path of own === undefined ? usual.map(literal) : [own]) {
    const whole = onlyLiteral(settled(fromCheckout(folderBelow(beside, settled(fromCheckout(path))))));
    const file = whole === undefined ? undefined : fileAt(files, whole);
    if (file !== undefined) return file.path.endsWith('.toml') ? readToml(file.text) : readYaml(file.text).tree;
  }
  return undefined;
}
