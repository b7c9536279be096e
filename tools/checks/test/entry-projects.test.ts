import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface HashedTask {
  readonly files: readonly string[];
  readonly environment: readonly string[];
  readonly runtime: readonly string[];
  readonly target: {
    readonly cache: boolean;
    readonly parallelism?: boolean;
    readonly dependsOn?: readonly unknown[];
    readonly outputs?: readonly string[];
    readonly options?: { readonly command?: string };
  };
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
// What a run of Nx around this one sets is not asked about.
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'))),
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
};
const run = (program: string, args: readonly string[]) =>
  execFileSync(program, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
const script = fileURLToPath(new URL('./list-inputs.mjs', import.meta.url));
/** What Nx hashes, by its own account. */
const tasks = JSON.parse(run(process.execPath, [script])) as Readonly<Record<string, HashedTask>>;
/** Makes the program that all proofs are started from. */
const bundle = '@postern/prove:bundle';
const files = run('git', ['ls-files', '--cached', '--others', '--exclude-standard']).trim().split('\n');

const trust = 'packages/core/src/catalog/trust';
const trustIds = readdirSync(`${root}${trust}`);
const ids = readdirSync(`${root}packages/core/src/catalog/permissions`);
const parents = [
  'packages/core/src/catalog/permissions',
  'packages/proof/src/use-cases',
  'packages/terraform/documents',
  'packages/terraform/modules',
];
const isOf = (id: string) => (path: string) => parents.some((parent) => path.startsWith(`${parent}/${id}/`));
const targets = ['conformance', 'prove', 'prove-exhaustively'];
const readBy: Readonly<Record<string, readonly string[]>> = {
  conformance: ['packages/core', 'packages/cli', 'packages/cdk', 'packages/pulumi', 'packages/terraform', 'apps/cli'],
  prove: ['packages/core', 'packages/cli', 'packages/sandbox', 'packages/proof', 'packages/why'],
};
const text = (path: string) => readFileSync(root + path, 'utf8');
/** What a proof writes of what it was run against: read by no run. */
const isWrittenByProofs = (path: string) => path.endsWith('/proved.json');
const isSource = (path: string) => /\/src\/.*\.ts$/.test(path) && !path.endsWith('.test.ts');
const isOfAllEntries = (path: string) =>
  /^\/\/ Generated .*(?:the catalog|permissions|use-cases|trust)/.test(text(path));

test('there is a project for each entry, with a target for each thing that is done with it alone', () => {
  const names = ids.flatMap((id) => targets.map((target) => `${id}:${target}`));
  const ofTrusts = trustIds.map((id) => `${id}:prove`);
  expect(Object.keys(tasks).sort()).toEqual([...names, ...ofTrusts, '@postern/prove:tools', bundle].sort());
});

test('a proof of a use case has the machine for itself, and those of trust entries share it', () => {
  const isAlone = (name: string) => tasks[name]!.target.parallelism === false;
  for (const id of ids) expect([`${id}:prove`, `${id}:prove-exhaustively`].map(isAlone), id).toEqual([true, true]);
  for (const id of trustIds) expect(isAlone(`${id}:prove`), id).toBe(false);
});

test('every proof is started from one program, which is made anew for whatever a proof reads', () => {
  const { files: inputs, target } = tasks[bundle]!;
  const made = new Set(inputs);
  expect(target.cache).toBe(true);
  expect(target.outputs).toEqual(['{projectRoot}/tmp/*.js']);
  const proofs = Object.keys(tasks).filter((name) => /:prove(?:-exhaustively)?$/.test(name));
  expect(proofs).toHaveLength(ids.length * 2 + trustIds.length);
  for (const name of proofs) {
    const proof = tasks[name]!;
    expect(proof.target.dependsOn, name).toEqual([{ projects: ['@postern/prove'], target: 'bundle' }]);
    expect(proof.target.options?.command, name).toMatch(/^node tools\/prove\/tmp\/main\.js /);
    expect(
      proof.files.filter((path) => /^(?:packages|tools\/prove)\/.*\.(?:ts|mjs)$/.test(path) && !made.has(path)),
      name,
    ).toEqual([]);
  }
  expect(inputs).toContain('tools/prove/bundle.mjs');
  expect(inputs).toContain('package-lock.json');
});

describe.each(ids)('what %s is run again for', (id) => {
  const own = files.filter(isOf(id));
  const imports = ids.filter((other) =>
    own.some((path) => path.endsWith('.ts') && text(path).includes(`'../${other}/`)),
  );
  const isOfNoEntry = (path: string) => !path.startsWith(`${trust}/`) && !ids.some((one) => isOf(one)(path));

  test.each(targets)('%s: its own folders', (target) => {
    const inputs = new Set(tasks[`${id}:${target}`]!.files);
    const read = own.filter((path) => target === 'conformance' || !path.startsWith('packages/terraform/'));
    expect(read.length).toBeGreaterThan(3);
    expect(read.filter((path) => inputs.has(path) === isWrittenByProofs(path))).toEqual([]);
  });

  test.each(targets)('%s: no folder of another entry, but for one that its own imports from', (target) => {
    const inputs = tasks[`${id}:${target}`]!.files;
    for (const other of ids.filter((one) => one !== id && !imports.includes(one)))
      expect(inputs.filter(isOf(other)), other).toEqual([]);
    for (const other of imports) expect(inputs.some(isOf(other)), other).toBe(true);
    expect(inputs.filter((path) => path.startsWith(`${trust}/`))).toEqual([]);
  });

  test.each(targets)('%s: the code that all entries share, and what generates the rest', (target) => {
    const inputs = new Set(tasks[`${id}:${target}`]!.files);
    const packages = readBy[target] ?? readBy['prove']!;
    const shared = files.filter((path) => packages.some((one) => path.startsWith(`${one}/src/`)) && isSource(path));
    const rest = shared.filter(isOfNoEntry);
    const generated = rest.filter(isOfAllEntries);
    expect(generated).toContain('packages/core/src/catalog/index.ts');
    expect(generated.filter((path) => inputs.has(path))).toEqual([]);
    expect(rest.filter((path) => !inputs.has(path) && !generated.includes(path))).toEqual([]);
    for (const path of ['tools/generators/src/render.ts', 'package-lock.json', 'tsconfig.base.json', 'nx.json'])
      expect(inputs).toContain(path);
    expect([...inputs].filter((path) => path.endsWith('.test.ts') && !path.includes('/entry/'))).toEqual([]);
  });

  test('the variables and the programs that a run can differ by', () => {
    const { environment, runtime } = tasks[`${id}:conformance`]!;
    expect(environment).toEqual(expect.arrayContaining(['POSTERN_SEED', 'POSTERN_RANDOM_CELLS', 'POSTERN_REQUIRE']));
    expect(runtime.join()).toContain('terraform version');
    const tools = tasks['@postern/prove:tools']!;
    expect(tools.runtime.join()).toContain('--identity');
    for (const target of ['prove', 'prove-exhaustively']) {
      const proof = tasks[`${id}:${target}`]!;
      expect([proof.environment, proof.runtime]).toEqual([tools.environment, tools.runtime]);
    }
    for (const target of targets) expect(tasks[`${id}:${target}`]!.target.cache).toBe(true);
  });
});

describe.each(trustIds)('what the trust entry %s is proved again for', (id) => {
  const { files: inputs, environment, runtime, target } = tasks[`${id}:prove`]!;

  test('its own folder, the job that its tokens run, and no other entry', () => {
    const read = files.filter((path) => path.startsWith(`${trust}/${id}/`));
    expect(read.length).toBeGreaterThan(2);
    expect(read.filter((path) => inputs.includes(path) === isWrittenByProofs(path))).toEqual([]);
    expect(inputs).toContain('packages/core/src/catalog/permissions/secrets-read/entry.ts');
    const job = ids.filter((one) => inputs.some(isOf(one)));
    const imports = ids.filter((one) =>
      files.filter(isOf('secrets-read')).some((path) => path.endsWith('.ts') && text(path).includes(`'../${one}/`)),
    );
    expect(job.filter((one) => one !== 'secrets-read' && !imports.includes(one))).toEqual([]);
    const others = trustIds.filter((one) => one !== id);
    expect(inputs.filter((path) => others.some((one) => path.startsWith(`${trust}/${one}/`)))).toEqual([]);
  });

  test('the engine, what it stands on, and the clients', () => {
    for (const path of ['packages/proof/src/trust/prove-trust.ts', 'packages/sandbox/src/services/sts/assume.ts'])
      expect(inputs).toContain(path);
    const tools = tasks['@postern/prove:tools']!;
    expect([environment, runtime]).toEqual([tools.environment, tools.runtime]);
    expect(target.cache).toBe(true);
  });
});
