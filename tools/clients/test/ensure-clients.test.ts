import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aboutTool, clientsFolder, installedPath, toolNames, toolVariable } from '@postern/proof/clients';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureClients } from '../src/ensure-clients.js';
import { placeWhole } from '../src/place.js';
import { renderTable } from '../src/render-table.js';

/** A machine with nothing but the programs that a test writes. */
let home: string;
let env: Record<string, string>;
let progress: string[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'postern-clients-'));
  mkdirSync(join(home, 'bin'));
  env = { HOME: home, PATH: join(home, 'bin') };
  progress = [];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A program in a shell that is not on the PATH. */
function program(name: string, script: string, folder = join(home, 'bin')): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const ensure = (names: Parameters<typeof ensureClients>[0]['names'], check = false) =>
  ensureClients({ ...(names === undefined ? {} : { names }), check, env, onProgress: (line) => progress.push(line) });

/** A go that downloads a module into a folder, and builds a program that says its version. */
function fakeGo(build: string): void {
  mkdirSync(join(home, 'module'));
  program('go', `if [ "$1" = mod ]; then echo '{"Dir": "${join(home, 'module')}"}'; exit; fi\n${build}`);
}

const buildsCrane = `while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho 0.22.1\\n' > "$2" || { /bin/mkdir -p "\${2%/*}"; printf '#!/bin/sh\\necho 0.22.1\\n' > "$2"; }
/bin/chmod 755 "$2"; echo built >> ${'$'}HOME/builds`;

describe('every tool of the table', () => {
  it.each(toolNames)('%s says where it comes from, and has a variable of its own', (name) => {
    const { origin } = aboutTool(name);
    expect(Object.values(origin).every((value) => value !== '')).toBe(true);
    if (origin.kind === 'go' || origin.kind === 'pypi' || origin.kind === 'npm')
      expect(origin.version).toMatch(/^v?\d+\.\d+\.\d+/);
    if (origin.kind === 'vendor' && origin.instead !== undefined) expect(toolNames).toContain(origin.instead);
    expect(toolVariable(name)).toMatch(/^POSTERN_TOOL_[A-Z0-9_]+$/);
  });

  it('no two share a variable', () => {
    expect(new Set(toolNames.map(toolVariable)).size).toBe(toolNames.length);
  });
});

describe('ensureClients', () => {
  it('installs a client once, outside the repository, and finds it from then on', async () => {
    fakeGo(buildsCrane);
    const [first] = await ensure(['crane']);
    expect(first).toMatchObject({
      found: { path: installedPath('crane', env), version: '0.22.1' },
      problem: undefined,
    });
    const [second] = await ensure(['crane']);
    expect(second).toEqual(first);
    expect(readFileSync(join(home, 'builds'), 'utf8')).toBe('built\n');
    expect(progress).toHaveLength(1);
  });

  it('only looks with check', async () => {
    fakeGo(buildsCrane);
    const [crane] = await ensure(['crane'], true);
    expect(crane).toMatchObject({ found: undefined, problem: 'missing: run `npm run clients`' });
    expect(existsSync(clientsFolder(env))).toBe(false);
  });

  it("takes the user's own before what it installed, and looks past another release", async () => {
    fakeGo(buildsCrane);
    await ensure(['crane']);
    const own = program('crane', 'echo 0.9.0');
    expect((await ensure(['crane']))[0]?.found).toEqual({ path: own, version: '0.9.0' });
    program('aws', 'echo aws-cli/1.44.0 Python/3.11');
    const other = program('aws', 'echo aws-cli/2.9.19 Python/3.11', join(home, 'other'));
    env['PATH'] += `:${join(home, 'other')}`;
    expect((await ensure(['aws']))[0]?.found).toEqual({ path: other, version: '2.9.19' });
  });

  it('says that a path which was given is no such client, instead of taking another', async () => {
    fakeGo(buildsCrane);
    env['POSTERN_TOOL_CRANE'] = program('something', 'echo nothing');
    const [crane] = await ensure(['crane'], true);
    expect(crane?.found).toBeUndefined();
    expect(crane?.problem).toMatch(/^POSTERN_TOOL_CRANE names `.*something`, which is no crane/);
  });

  it.each([
    ['fails', 'echo boom >&2; exit 1', /failed: boom/],
    ['writes half and is killed', `while [ "$1" != -o ]; do shift; done; : > "$2"; kill -9 $$`, /failed/],
    ['builds nothing', 'exit 0', /`crane` is not among what was installed/],
  ])('leaves nothing half where the build %s, and goes on with the next client', async (_what, script, problem) => {
    fakeGo(script);
    const [crane, ecs] = await ensure(['crane', 'ecs']);
    expect(crane?.problem).toMatch(problem);
    expect(ecs?.problem).toMatch(/`python3` is missing: install Python/);
    expect(readdirSync(clientsFolder(env))).toEqual([]);
  });

  it('lets another tool stand in for one that no registry has, and says so', async () => {
    program('tofu', 'echo "OpenTofu v1.12.6"');
    const [terraform] = await ensure(['terraform']);
    expect(terraform?.found).toEqual({ path: join(home, 'bin', 'tofu'), version: 'OpenTofu v1.12.6' });
  });

  it('removes what an interrupted run left, and not what a running one is making', async () => {
    const link = join(home, 'clients', 'crane-1.0.0');
    mkdirSync(`${link}.999999999`, { recursive: true });
    mkdirSync(`${link}.1`);
    await placeWhole(link, async (folder) => writeFileSync(join(folder, 'done'), ''));
    expect(readdirSync(join(home, 'clients')).sort()).toEqual(
      ['crane-1.0.0', 'crane-1.0.0.1', `crane-1.0.0.${process.pid}`].sort(),
    );
    expect(existsSync(join(link, 'done'))).toBe(true);
  });
});

describe('renderTable', () => {
  it('has a row for each client, found or missing', async () => {
    program('skopeo', 'echo "skopeo version 1.9.3"');
    const rows = renderTable(await ensure(['skopeo', 'crane'], true)).split('\n');
    expect(rows[0]).toMatch(/^client +version +path +from$/);
    expect(rows[1]).toMatch(/^skopeo +1\.9\.3 +\S+\/skopeo +this machine$/);
    expect(rows[2]).toMatch(/^crane +- +missing +built from the Go module/);
  });
});
