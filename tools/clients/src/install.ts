import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { aboutTool, installedPath, type GoOrigin, type NpmOrigin, type ProgramName } from '@postern/proof/clients';
import { placeKept } from './kept.js';
import { npmInstall } from './npm-install.js';
import { placeWhole } from './place.js';
import { InstallFailure, runProgram } from './run-program.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Installs a client by the ordinary means of its ecosystem.
 * @throws {InstallFailure} with the next step where that cannot be done here
 */
export async function install(name: ProgramName, env: Environment): Promise<void> {
  const { origin, program = name } = aboutTool(name);
  if (origin.kind === 'vendor') throw new InstallFailure(`no registry has it: see ${origin.page}`);
  if (origin.kind === 'debian') return installPackage(origin.package, env);
  const path = installedPath(name, env)!;
  await placeWhole(dirname(dirname(path)), async (folder) => {
    const target = join(folder, 'bin', program);
    if (origin.kind === 'go') {
      await buildModule(origin, target, env);
      for (const [name, one] of Object.entries(origin.beside ?? {}))
        await buildModule(one, join(folder, 'bin', name), env);
    } else if (origin.kind === 'pypi') await installInEnvironment(`${origin.package}==${origin.version}`, folder, env);
    else if (origin.kind === 'kept') await placeKept(origin, name, target, env);
    else await installFromNpm(origin, program, folder, env);
    if (!existsSync(target)) throw new InstallFailure(`\`${program}\` is not among what was installed`);
  });
}

/**
 * Builds in the module's own folder of the module cache: there its `replace` lines hold, which `go install` refuses, and
 * its own go.sum is what every dependency is checked against.
 */
async function buildModule(origin: GoOrigin, target: string, env: Environment): Promise<void> {
  const hint = 'install Go, see https://go.dev/doc/install';
  // A go.mod or a workspace around the caller's folder is none of the client's.
  const quiet = { ...env, GOWORK: 'off', GOFLAGS: `${env['GOFLAGS'] ?? ''} -mod=readonly`.trim() };
  const module = `${origin.module}@${origin.version}`;
  const answer = await runProgram('go', ['mod', 'download', '-json', module], { env: quiet, in: '/', hint });
  const { Dir } = JSON.parse(answer) as { Dir: string };
  const set = Object.entries(origin.set ?? {}).map(([variable, value]) => `-X ${variable}=${value}`);
  const flags = ['-trimpath', `-ldflags=${['-s -w', ...set].join(' ')}`];
  if (origin.requires !== undefined) return buildInOwnModule(origin, goIn(Dir), flags, target, env);
  await runProgram('go', ['build', ...flags, '-o', target, `./${origin.folder ?? ''}`], { env: quiet, in: Dir, hint });
}

/** The release of Go that a module asks for: with an older one its requirements are read in another way. */
const goIn = (folder: string) => /^go (\S+)/m.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1] ?? '1.26';

/** Builds in a module that requires it and what it takes from folders beside it; the checksum database vouches for all. */
async function buildInOwnModule(
  { module, version, folder, requires = {}, replaces = {} }: GoOrigin,
  go: string,
  flags: readonly string[],
  target: string,
  env: Environment,
): Promise<void> {
  const own = mkdtempSync(join(tmpdir(), 'postern-client-'));
  const lines = [
    'module client',
    `go ${go}`,
    ...Object.entries({ [module]: version, ...requires }).map((pair) => `require ${pair.join(' ')}`),
    ...Object.entries(replaces).map(([from, to]) => `replace ${from} => ${to}`),
  ];
  try {
    writeFileSync(join(own, 'go.mod'), `${lines.join('\n')}\n`);
    const settings = { env: { ...env, GOWORK: 'off', GOFLAGS: '-mod=mod' }, in: own };
    const program = folder === undefined ? module : `${module}/${folder}`;
    await runProgram('go', ['build', ...flags, '-o', target, program], settings);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

async function installInEnvironment(requirement: string, folder: string, env: Environment): Promise<void> {
  const hint = 'install Python 3.9 or newer with its venv module (Debian: python3-venv)';
  await runProgram('python3', ['-m', 'venv', folder], { env, hint });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', requirement];
  await runProgram(join(folder, 'bin', 'python3'), pip, { env });
}

async function installFromNpm(origin: NpmOrigin, program: string, folder: string, env: Environment): Promise<void> {
  await npmInstall([`${origin.package}@${origin.version}`], folder, env);
  checkIntegrity(origin, folder);
  mkdirSync(join(folder, 'bin'));
  symlinkSync(
    relative(join(folder, 'bin'), join(folder, 'node_modules', '.bin', program)),
    join(folder, 'bin', program),
  );
}

/**
 * npm checks an archive against what the registry says of it; this is whether the registry says what was pinned.
 * @throws {InstallFailure} where it says something else
 */
export function checkIntegrity({ package: name, version, integrity }: NpmOrigin, folder: string): void {
  const lock = readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Readonly<Record<string, { integrity?: string }>> };
  const found = packages[`node_modules/${name}`]?.integrity;
  if (found !== integrity)
    throw new InstallFailure(
      `${name} ${version} is not the archive that was pinned: \`${found}\`, not \`${integrity}\``,
    );
}

let listed: Promise<unknown> | undefined;

async function installPackage(name: string, env: Environment): Promise<void> {
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  const args = ['install', '-y', '--no-install-recommends', name];
  if (process.getuid?.() !== 0) throw new InstallFailure(`run \`apt-get ${args.join(' ')}\` as root`);
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  const hint = `install ${name} by other means, and put it on the PATH`;
  listed ??= runProgram('apt-get', [...wait, 'update'], { env: quiet, hint });
  await listed;
  await runProgram('apt-get', [...wait, ...args], { env: quiet, hint });
}
