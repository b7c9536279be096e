import { fileAt } from '../files.js';
import type { ShellCall } from '../shell/follow.js';
import { literal, onlyLiteral, pattern, settled, splitText, type Value } from '../values/value.js';
import { fromCheckout } from './checkout.js';
import { folderBelow, type JobRun } from './job-run.js';

/** The step that stands for it: the helper of ECR logs in wherever Docker, kaniko or another client asks. */
const name = 'docker credential ecr-login';

/**
 * Tells where a job sets up the credential helper of ECR: it writes Docker's configuration, copies the one of the repository, or
 * uses it by DOCKER_CONFIG.
 * @see https://github.com/awslabs/amazon-ecr-credential-helper
 */
export function tellCredentialHelper(run: JobRun, call: ShellCall, written: Value | undefined): void {
  const known = onlyLiteral(call.words[0]!) ?? '';
  const program = known.slice(known.lastIndexOf('/') + 1);
  if (written !== undefined) {
    const target = call.writesTo === undefined ? '' : settled(call.writesTo).map(pattern).join(' ');
    if (/(^|\/)config\.json$/.test(target)) tell(run, call, written);
  } else if (program === 'cp' || program === 'mv' || program === 'install') {
    for (const word of call.words.slice(1)) tellFile(run, call, word);
  } else if (['docker', 'executor', 'buildctl', 'crane', 'skopeo'].includes(program)) {
    const folder = call.own.get('DOCKER_CONFIG') ?? run.state.variables.get('DOCKER_CONFIG');
    if (folder !== undefined) tellFile(run, call, folderBelow(folder, literal('config.json')));
  }
}

function tellFile(run: JobRun, call: ShellCall, path: Value): void {
  const known = onlyLiteral(fromCheckout(path));
  if (known === undefined || !known.endsWith('config.json')) return;
  const folder = onlyLiteral(run.state.directory);
  const file = (folder === undefined ? undefined : fileAt(run.files, `${folder}/${known}`)) ?? fileAt(run.files, known);
  if (file !== undefined) tell(run, call, literal(file.text));
}

function tell(run: JobRun, call: ShellCall, configuration: Value): void {
  if (!configuration.some((text) => pattern(text).includes('ecr-login'))) return;
  if (run.events.some((event) => event.kind === 'step' && event.name === name)) return;
  const registries = configuration
    .flatMap((text) => splitText(text, (character) => character === '"'))
    .filter((text) => pattern(text).includes('.dkr.ecr.'));
  run.events.push({
    kind: 'step',
    name,
    version: '',
    inputs: registries.length === 0 ? new Map() : new Map([['registries', registries]]),
    variables: new Map([...run.state.variables, ...call.own]),
    directory: run.state.directory,
    at: call.source.siteAt(call.offset),
    through: run.through,
  });
}
