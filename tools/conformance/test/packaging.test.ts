import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import {
  build,
  ecrDockerPush,
  ecsServiceDeployment,
  listAtoms,
  print,
  terraformRemoteStateS3,
  terragrunt,
  tryBuild,
} from '@postern/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleCells, withoutPlace } from '../src/cells.js';
import { pack, root } from '../src/pack.js';
import { runPulumiProgram } from '../src/pulumi-host.js';
import { roleCells, roleFile, type RoleCell } from '../src/roles.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-newcomer-'));
const packages = [
  'packages/core',
  'packages/why',
  'packages/detect',
  'packages/sandbox',
  'packages/proof',
  'packages/cli',
  'packages/cdk',
  'packages/pulumi',
  'packages/terraform',
  'apps/cli',
];
const libraries = packages.slice(0, -1);
/** Imported by users' own programs, so they are CommonJS as well; the others are ES modules only. */
const forPrograms = ['packages/core', 'packages/cdk', 'packages/pulumi'];
const tarballs = new Map<string, string>();
const { devDependencies: versions } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
const place = { account: '123456789012', region: 'eu-west-1' };

/** A folder in the newcomer's project, which has nothing of this workspace but tarballs. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  const options = { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true, rootDir: '.', types: [] };
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, type: 'module', private: true, main: 'index.js' }));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@typescript/native/bin/tsc'), '-p', path],
    { encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  return path;
}

function node(path: string, ...args: string[]): string {
  const env = { ...process.env, FORCE_COLOR: '0' };
  return execFileSync(process.execPath, args, { cwd: path, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A sample of every entry, and one whose text holds a quotation mark of the languages that are printed. */
const programs: readonly { readonly name: string; readonly id: string; readonly options: object }[] = [
  ...(await exampleCells()).map(({ useCase: { id }, options }) => ({ name: id, id, options: withoutPlace(options) })),
  {
    name: 'quotation-mark',
    id: 'terraform-remote-state-s3',
    options: { bucket: 'acme', keys: ["it's/a.tfstate"], access: 'read' },
  },
];

/** Roles in which every trust entry and every use case has its turn, and pairs of them, as files of options. */
async function roles(): Promise<readonly { readonly name: string; readonly file: object }[]> {
  const { cells } = await roleCells();
  const seen = new Set<string>();
  const idsOf = ({ trust, permissions }: RoleCell) => [trust.entry.id, ...permissions.map(({ entry }) => entry.id)];
  const single = cells.filter((cell) => {
    if (cell.place.partition !== 'aws' || idsOf(cell).every((id) => seen.has(id))) return false;
    for (const id of idsOf(cell)) seen.add(id);
    return true;
  });
  const shop = { owner: 'acme', repository: 'shop' };
  const halves = {
    plan: { trust: { 'github-actions': { ...shop, pullRequests: true, access: 'read' } } },
    apply: { trust: { 'github-actions': { ...shop, environments: ['production'] } } },
  };
  const state = { 'terraform-remote-state-s3': { bucket: 'acme-state', keys: ["it's/a.tfstate"] } };
  return [
    ...single.map((cell, index) => ({ name: `role-${index}`, file: roleFile(cell, index % 2 === 0) })),
    { name: 'pair', file: { ...halves, permissions: [state] } },
    {
      name: 'pair-with-settings',
      file: {
        ...halves,
        permissions: [state],
        apply: { ...halves.apply, permissions: [{ 'ecr-docker-push': { repositories: ['shop'] } }] },
        boundary: true,
        roleName: 'terraform',
        path: '/ci/',
        maxSessionDuration: 7200,
        ...place,
      },
    },
  ];
}

/** The first TypeScript block of a README. */
function example(path: string): string {
  return /```ts\n(.*?)```/s.exec(readFileSync(join(root, path), 'utf8'))![1]!;
}

/** The block of a README in a language that holds a text. */
function blockWith(path: string, language: string, text: string): string {
  const blocks = readFileSync(join(root, path), 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'));
  const found = [...blocks].map((match) => match[1]!).find((block) => block.includes(text));
  if (found === undefined) throw new Error(`${path} shows no ${language} with ${text}`);
  return found;
}

beforeAll(() => {
  for (const [path, tarball] of pack(packages, folder)) tarballs.set(path, tarball);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'newcomer', private: true, type: 'module' }));
  const hosts = ['aws-cdk-lib', 'constructs', '@pulumi/pulumi', '@pulumi/aws'].map(
    (name) => `${name}@${versions[name]}`,
  );
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', ...tarballs.values(), ...hosts],
    { cwd: folder, stdio: 'pipe' },
  );
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true }), 300_000);

describe.each(libraries)('%s', (path) => {
  test('is clean for publint', async () => {
    const { messages } = await publint({ pkgDir: join(root, path), strict: true });
    expect(messages).toEqual([]);
  });

  test('has types that resolve in every way that it is imported', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarballs.get(path)!)));
    const left = forPrograms.includes(path) ? [] : ['node10', 'node16-cjs'];
    const problems =
      analysis.types === false
        ? ['no types']
        : analysis.problems.filter(
            (problem) => !('resolutionKind' in problem && left.includes(problem.resolutionKind)),
          );
    expect(problems).toEqual([]);
  });

  test('its tarball holds a licence, a README and no path of the workspace', () => {
    const files = execFileSync('tar', ['-tzf', tarballs.get(path)!], { encoding: 'utf8' }).split('\n');
    expect(files).toContain('package/LICENSE');
    expect(files).toContain('package/README.md');
    expect(files.filter((file) => /\.test\.|node_modules|tsbuildinfo/.test(file))).toEqual([]);
  });
});

describe('a newcomer with nothing but the tarballs', () => {
  const given = {
    bucket: 'acme',
    keys: ['k'],
    lock: 'dynamodb',
    lockTable: 'locks',
    bootstrap: 'create',
    ...place,
  } as const;
  const flags = [
    '--bucket',
    'acme',
    '--keys',
    'k',
    '--lock',
    'dynamodb',
    '--lock-table',
    'locks',
    '--bootstrap',
    'create',
  ];
  const policy = build(terragrunt, given);
  const parts = listAtoms(terragrunt).filter(({ sid, without }) => {
    const { document } = tryBuild(without as typeof terragrunt, given);
    return policy.Statement.some(({ Sid }) => Sid === sid) && JSON.stringify(document) !== JSON.stringify(policy);
  });
  const fences = parts.filter(({ kind }) => kind === 'condition');
  const guards = fences.filter(({ part }) => part.startsWith('Null '));
  const ofTheLock = parts.filter(({ kind, sid }) => kind !== 'condition' && /^(?:Lock|Digest)Items$/.test(sid));

  function proves(env: Readonly<Record<string, string>>) {
    const args = ['--no-install', 'postern', 'prove', 'terragrunt', '--scenario', 'create', '--json', ...flags];
    const at = ['--account', place.account, '--region', place.region];
    const stdout = execFileSync('npx', [...args, ...at], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    return JSON.parse(stdout) as { counts: Record<string, number>; notRun: readonly object[] };
  }

  test('without any tool, npx postern proves nothing, and says of every part that it was not run', () => {
    const { counts, notRun } = proves({ POSTERN_TOOL_TERRAGRUNT: '/nowhere', POSTERN_TOOL_BOTO3: '/nowhere' });
    expect(notRun).toHaveLength(1);
    expect(counts).toEqual({
      proved: 0,
      replayed: fences.length - guards.length,
      tolerated: 0,
      claimed: guards.length,
      unneeded: 0,
      'no answer': 0,
      'not run': parts.length - fences.length,
    });
  });

  test('with terragrunt, npx postern proves every part that the bootstrap needs, in the sandbox', () => {
    const { counts, notRun } = proves({ POSTERN_TOOL_BOTO3: '/nowhere' });
    const shown = parts.length - fences.length - ofTheLock.length;
    expect(shown).toBeGreaterThan(15);
    expect(counts).toMatchObject({ unneeded: 0, 'no answer': 0, tolerated: 0, claimed: guards.length });
    if (notRun.length > 0) expect(counts['proved']).toBe(0);
    else expect(counts).toMatchObject({ proved: shown, 'not run': ofTheLock.length });
  });

  test('runs npx postern', () => {
    const stdout = execFileSync(
      'npx',
      [
        '--no-install',
        'postern',
        'generate',
        'ecr-docker-push',
        '--repositories',
        'my-app',
        '--account',
        place.account,
        '--region',
        place.region,
      ],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    expect(stdout).toBe(`${print(build(ecrDockerPush, { repositories: ['my-app'], ...place }))}\n`);
  });

  test('runs npx postern with what is loaded on use', () => {
    const stdout = execFileSync(
      'npx',
      [
        '--no-install',
        'postern',
        'generate',
        'terragrunt',
        '--bucket',
        'acme',
        '--keys',
        'k',
        '--region',
        'eu-west-1',
        '--format',
        'yaml',
        '--output',
        'p.yaml',
      ],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    expect(stdout).toBe('');
    expect(readFileSync(join(folder, 'p.yaml'), 'utf8')).toContain('Sid: "LockObjects"');
  });

  test('compiles and runs the example of core', () => {
    const path = project('core', {
      'index.ts': `declare const console: { log(text: unknown): void };\n${example('packages/core/README.md')}`,
    });
    expect(node(path, 'index.js').trim().split('\n')).toEqual(['534', 'allowed', '14', 'Statement']);
  });

  test.each(['packages/cdk/README.md', 'packages/cdk/examples/app.ts'])('compiles and synthesizes %s', (file) => {
    const source = file.endsWith('.md') ? example(file) : readFileSync(join(root, file), 'utf8');
    const path = project(`cdk-${basename(file)}`, { 'index.ts': source });
    execFileSync(process.execPath, ['index.js'], {
      cwd: path,
      env: { ...process.env, CDK_OUTDIR: 'cdk.out', CDK_VALIDATION: 'false' },
      stdio: 'pipe',
    });
    const [template] = readdirSync(join(path, 'cdk.out')).filter((name) => name.endsWith('.template.json'));
    expect(readFileSync(join(path, 'cdk.out', template!), 'utf8')).toContain('AWS::IAM::ManagedPolicy');
  });

  test.each(['cdk', 'pulumi'])('compiles what --format %s prints for every use case', (format) => {
    const texts = programs.map(({ name, id, options }) => {
      const args = ['--no-install', 'postern', 'generate', id, '--options', '-', '--format', format];
      const text = execFileSync('npx', args, {
        cwd: folder,
        encoding: 'utf8',
        input: JSON.stringify(options),
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      return [`${name}.ts`, text] as const;
    });
    const path = project(`format-${format}`, Object.fromEntries(texts));
    for (const { name, id } of format === 'cdk' ? programs : []) {
      const env = { ...process.env, CDK_OUTDIR: `${name}.out`, CDK_VALIDATION: 'false' };
      execFileSync(process.execPath, [`${name}.js`], { cwd: path, env, stdio: 'pipe' });
      expect(readFileSync(join(path, `${name}.out`, `${id}.template.json`), 'utf8')).toContain(
        `"ManagedPolicyName": "${id}"`,
      );
    }
  });

  test.each(['cdk', 'pulumi'])(
    'compiles what postern role --format %s prints, of one role and of two',
    async (format) => {
      const given = await roles();
      const texts = given.map(({ name, file }) => {
        const args = ['--no-install', 'postern', 'role', '--options', '-', '--format', format];
        const input = JSON.stringify(file);
        const text = execFileSync('npx', args, {
          cwd: folder,
          encoding: 'utf8',
          input,
          stdio: ['pipe', 'pipe', 'ignore'],
        });
        return [`${name}.ts`, text] as const;
      });
      expect(new Set(texts.map(([, text]) => /new (CiRole(?:Pair)?)\(/.exec(text)?.[1]))).toEqual(
        new Set(['CiRole', 'CiRolePair']),
      );
      const path = project(`role-${format}`, Object.fromEntries(texts));
      console.log(`programs of roles in ${format}: ${texts.length}`);
      for (const { name, file } of format === 'cdk' ? given : []) {
        const env = { ...process.env, CDK_OUTDIR: `${name}.out`, CDK_VALIDATION: 'false' };
        execFileSync(process.execPath, [`${name}.js`], { cwd: path, env, stdio: 'pipe' });
        const [template] = readdirSync(join(path, `${name}.out`)).filter((one) => one.endsWith('.template.json'));
        const text = readFileSync(join(path, `${name}.out`, template!), 'utf8');
        expect(text.match(/"AWS::IAM::Role"/g), name).toHaveLength('plan' in file ? 2 : 1);
      }
    },
    300_000,
  );

  test.each(['cdk', 'pulumi'])('makes the roles of a file with %s, in ES modules and in CommonJS', async (name) => {
    const source = blockWith(`packages/${name}/README.md`, 'ts', 'fromFile(');
    const file = blockWith('README.md', 'yaml', 'yaml-language-server').replaceAll('444455556666', place.account);
    const program = source.replaceAll('444455556666', place.account);
    const files = { 'postern.yaml': file, 'Pulumi.yaml': 'name: project\nruntime: nodejs\n' };
    const path = project(`file-${name}`, { ...files, 'index.ts': program });
    const common = join(folder, `file-${name}-commonjs`);
    mkdirSync(common);
    for (const [one, text] of Object.entries(files)) writeFileSync(join(common, one), text);
    writeFileSync(join(common, 'package.json'), JSON.stringify({ name: 'common', main: 'index.js' }));
    const required = program
      .replace(/import (\{[^}]*\}) from '([^']*)';/g, "const $1 = require('$2');")
      .replace(/^export const (\w+) =/m, 'exports.$1 =');
    writeFileSync(join(common, 'index.js'), required);
    for (const where of [path, common]) {
      if (name === 'cdk') {
        const env = { ...process.env, CDK_OUTDIR: 'cdk.out', CDK_VALIDATION: 'false' };
        execFileSync(process.execPath, ['index.js'], { cwd: where, env, stdio: 'pipe' });
        expect(readFileSync(join(where, 'cdk.out', 'Ci.template.json'), 'utf8')).toContain('"RoleName": "shop-deploy"');
      } else {
        const { code, output, resources } = await runPulumiProgram(where);
        expect({ code, output }).toEqual({ code: 0, output: '' });
        expect(resources.filter(({ type }) => type === 'aws:iam/role:Role').map((one) => one.name)).toEqual([
          'ci-shop-deploy',
        ]);
      }
    }
  });

  test.each(['packages/pulumi/README.md', 'packages/pulumi/examples/index.ts'])(
    'compiles %s and runs it with the real language host',
    async (file) => {
      const source = file.endsWith('.md') ? example(file) : readFileSync(join(root, file), 'utf8');
      const path = project(`pulumi-${basename(file)}`, {
        'index.ts': source,
        'Pulumi.yaml': 'name: project\nruntime: nodejs\n',
      });
      const { code, output, resources } = await runPulumiProgram(path);
      expect({ code, output }).toEqual({ code: 0, output: '' });
      const policies = Object.fromEntries(
        resources
          .filter(({ type }) => type === 'aws:iam/policy:Policy')
          .map(({ name, inputs }) => [name, inputs['policy']]),
      );
      const keys = ['app/terraform.tfstate'];
      const lockTable = 'arn:aws:dynamodb:eu-west-1:123456789012:table/terraform-locks';
      const expected = file.endsWith('.md')
        ? { push: build(ecrDockerPush, { repositories: ['my-app', 'team/worker'], pushClient: 'classic', ...place }) }
        : {
            push: build(ecrDockerPush, { repositories: ['my-app'], ...place }),
            deploy: build(ecsServiceDeployment, {
              cluster: 'production',
              services: ['web'],
              taskDefinitionFamilies: ['web'],
              passRoles: ['web-task', 'web-execution'],
              ...place,
            }),
            plan: build(terraformRemoteStateS3, {
              bucket: 'acme-state',
              keys,
              access: 'plan',
              lock: 'dynamodb',
              lockTable,
              ...place,
            }),
            lock: build(terragrunt, { bucket: 'acme-state', keys, ...place }),
          };
      expect(policies).toEqual(
        Object.fromEntries(Object.entries(expected).map(([name, document]) => [name, print(document, 0)])),
      );
    },
  );
});

test('every package carries the licence of the project', () => {
  for (const path of packages)
    expect(readFileSync(join(root, path, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
});
