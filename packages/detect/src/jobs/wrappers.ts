import type { ShellCall } from '../shell/follow.js';
import { concat, literal, onlyLiteral, type Value } from '../values/value.js';

/** Programs that run another one: the flags of theirs that take a value, and how many words of their own stand before it. */
interface Wrapper {
  readonly valued?: readonly string[];
  readonly words?: number;
  /** Words that stand first, such as `run` of `poetry run`. */
  readonly behind?: readonly string[];
  /** The program stands behind this word. */
  readonly after?: string;
}

const wrappers: Readonly<Record<string, readonly Wrapper[]>> = {
  sudo: [{ valued: ['-u', '-g', '-E'] }],
  command: [{}],
  exec: [{}],
  time: [{}],
  nohup: [{}],
  nice: [{ valued: ['-n'] }],
  timeout: [{ valued: ['-s', '-k', '--signal', '--kill-after'], words: 1 }],
  stdbuf: [{}],
  unbuffer: [{}],
  xargs: [{ valued: ['-I', '-n', '-P', '-L', '-d', '-a', '-s', '--max-args', '--max-procs', '--delimiter'] }],
  parallel: [{ valued: ['-j', '--jobs'] }],
  npx: [{ valued: ['-p', '--package', '--workspace', '-w'] }],
  bunx: [{}],
  pnpx: [{}],
  uvx: [{ valued: ['--from', '--with'] }],
  pipx: [{ behind: ['run'] }],
  uv: [{ behind: ['run'], valued: ['--with', '--group', '--extra', '--project', '--directory'] }],
  poetry: [{ behind: ['run'] }],
  pipenv: [{ behind: ['run'] }],
  pdm: [{ behind: ['run'] }],
  hatch: [{ behind: ['run'] }],
  bundle: [{ behind: ['exec'] }],
  mise: [{ behind: ['exec'], after: '--' }],
  direnv: [{ behind: ['exec'], words: 1 }],
  nix: [{ behind: ['develop'], after: '-c' }],
  dotenv: [{ after: '--' }],
  'dotenv-cli': [{ after: '--' }],
  'cross-env': [{}],
  'env-cmd': [{ valued: ['-f'] }],
  doppler: [{ behind: ['run'], after: '--' }],
  'aws-vault': [{ behind: ['exec'], after: '--' }],
  op: [{ behind: ['run'], after: '--' }],
  pnpm: [{ behind: ['exec'] }, { behind: ['dlx'] }],
  yarn: [{ behind: ['exec'] }, { behind: ['dlx'] }],
  npm: [{ behind: ['exec'], after: '--' }, { behind: ['exec'], valued: ['-p', '--package'] }, { behind: ['x'] }],
  corepack: [{}],
};

/** Programs that run their words on another machine: nothing of it is this job's. */
const elsewhere = new Set([
  'ssh',
  'scp',
  'sftp',
  'rsync',
  'sshpass',
  'wsl',
  'vagrant',
  'multipass',
  'heroku',
  'flyctl',
]);

/** Images whose program is what their words are given to. */
const programOfImage: Readonly<Record<string, string>> = {
  'amazon/aws-cli': 'aws',
  'public.ecr.aws/aws-cli/aws-cli': 'aws',
  'mesosphere/aws-cli': 'aws',
  'hashicorp/terraform': 'terraform',
  'gcr.io/kaniko-project/executor': 'executor',
  'hashicorp/packer': 'packer',
  'silintl/ecs-deploy': 'ecs-deploy',
  'fabfuel/ecs-deploy': 'ecs',
};

/** The program that an action gives its `args` to: it is of that image, or runs that program alone. */
export function programOfAction(name: string): string | undefined {
  if (name === 'serverless/github-action') return 'serverless';
  const image = name.startsWith('docker://') ? name.slice('docker://'.length).split(/[:@]/, 1)[0]! : '';
  return Object.hasOwn(programOfImage, image) ? programOfImage[image] : undefined;
}

/** The call that a wrapper makes; the same where it is none; `elsewhere` where it runs on another machine. */
export function unwrap(call: ShellCall): ShellCall | 'elsewhere' {
  const given = onlyLiteral(call.words[0]!);
  if (given === undefined) return call;
  const name = given.slice(given.lastIndexOf('/') + 1);
  if (elsewhere.has(name)) return 'elsewhere';
  if (name === 'env') return unwrapEnv(call);
  if (name === 'docker' || name === 'podman') return unwrapContainer(call);
  if (name === 'find') return behindWord(call, ['-exec', '-execdir']);
  if (!Object.hasOwn(wrappers, name)) return call;
  for (const wrapper of wrappers[name]!) {
    const words = wordsBehind(call.words.slice(1), wrapper);
    if (words !== undefined && words.length > 0) return unwrapAssignments({ ...call, words });
  }
  return call;
}

function wordsBehind(
  words: readonly Value[],
  { valued = [], words: own = 0, behind = [], after }: Wrapper,
): readonly Value[] | undefined {
  let rest = words;
  for (const word of behind) {
    if (rest[0] === undefined || onlyLiteral(rest[0]) !== word) return undefined;
    rest = rest.slice(1);
  }
  if (after !== undefined) {
    const at = rest.findIndex((word) => onlyLiteral(word) === after);
    return at < 0 ? undefined : rest.slice(at + 1);
  }
  let at = 0;
  let left = own;
  while (at < rest.length) {
    const word = onlyLiteral(rest[at]!) ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (word.startsWith('-')) at += valued.includes(word) ? 2 : 1;
    else if (left > 0) {
      left--;
      at++;
    } else break;
  }
  return rest.slice(at);
}

function unwrapEnv(call: ShellCall): ShellCall {
  const words = wordsBehind(call.words.slice(1), { valued: ['-u', '-C', '-S'] })!;
  return words.length === 0 ? call : unwrapAssignments({ ...call, words });
}

/** `cross-env A=b program`: assignments before the program hold for it. */
function unwrapAssignments(call: ShellCall): ShellCall {
  const own = new Map(call.own);
  let at = 0;
  for (; at < call.words.length; at++) {
    const word = call.words[at]!;
    const head = word.length === 1 && typeof word[0]![0] === 'string' ? word[0]![0] : '';
    const match = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(head);
    if (match === null) break;
    const rest = head.slice(match[0].length);
    own.set(match[1]!, concat([literal(rest), [word[0]!.slice(1)]]));
  }
  const words = call.words.slice(at);
  return words.length === 0 ? call : { ...call, own, words };
}

function behindWord(call: ShellCall, markers: readonly string[]): ShellCall {
  const at = call.words.findIndex((word) => markers.includes(onlyLiteral(word) ?? ''));
  if (at < 0 || at + 1 >= call.words.length) return call;
  const words = call.words.slice(at + 1).filter((word) => ![';', '+', '\\;'].includes(onlyLiteral(word) ?? ''));
  return words.length === 0 ? call : { ...call, words };
}

const flagsOfRun = new Set([
  '-v',
  '--volume',
  '-e',
  '--env',
  '-w',
  '--workdir',
  '--name',
  '--network',
  '--net',
  '-u',
  '--user',
  '-p',
  '--publish',
  '--entrypoint',
  '--env-file',
  '--mount',
  '--platform',
  '-h',
  '--hostname',
  '--add-host',
  '-l',
  '--label',
  '--cpus',
  '-m',
  '--memory',
  '--volumes-from',
]);

/** `docker run IMAGE words` runs the words in a container: they are this job's where the image is that of a known program. */
function unwrapContainer(call: ShellCall): ShellCall | 'elsewhere' {
  const verb = onlyLiteral(call.words[1] ?? []) ?? '';
  const at = verb === 'compose' ? 2 : 1;
  const run = onlyLiteral(call.words[at] ?? []) ?? '';
  if (run !== 'run' && run !== 'exec') return call;
  const rest = wordsBehind(call.words.slice(at + 1), { valued: [...flagsOfRun] })!;
  const image = rest[0] === undefined ? undefined : onlyLiteral(rest[0]);
  if (at === 2 || run === 'exec' || image === undefined) return call;
  const name = image.split(/[:@]/, 1)[0]!;
  const program = Object.hasOwn(programOfImage, name) ? programOfImage[name] : undefined;
  return program === undefined ? call : { ...call, words: [literal(program), ...rest.slice(1)] };
}
