import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig, tryBuild, useCases, type BuiltConfigRole } from '@postern/core';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { externalProvider, mirrorOfExternal } from '../src/external-provider.js';
import { mirror, plan } from '../src/terraform-plan.js';
import { environment, terraformVersion } from '../src/terraform.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = join(root, 'apps/cli/dist/postern.cjs');

const roles = `version: 1
region: eu-west-1
environments:
  staging: { account: '111122223333' }
  production: { account: '444455556666', region: us-east-1 }
roles:
  shop-deploy:
    trust:
      github-actions: { owner: acme, ownerId: '1', repository: shop, repositoryId: '2', environments: ['\${environment}'] }
    permissions:
      - ecr-docker-push: { repositories: ['shop-\${environment}'] }
      - s3-build-cache: { bucket: 'cache-\${account}', prefixes: ['a <b> & c'] }
    boundary: true
    path: /ci/
`;

const folder = mkdtempSync(join(tmpdir(), 'postern-external-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The example that the command line prints. */
function shownExample(): string {
  const { stdout } = spawnSync(process.execPath, [program, 'terraform-external', '--help'], { encoding: 'utf8' });
  return /data "external" "policy" \{[^]*?\n {2}\}\n/.exec(stdout)![0];
}

const reason =
  terraformVersion() === undefined
    ? 'terraform is missing'
    : externalProvider === undefined
      ? 'the provider hashicorp/external is missing: build it, and name it by POSTERN_TERRAFORM_EXTERNAL'
      : undefined;
if (reason !== undefined) console.log(`SKIPPED: ${reason}, so its data source was not asked`);

test('terraform and its external provider are there where they have to be', () => {
  const required = (process.env['POSTERN_REQUIRE'] ?? '').split(',');
  expect(required.includes('terraform-provider-external') ? reason : undefined).toBeUndefined();
});

describe.skipIf(reason !== undefined)('the external data source of Terraform, with its own provider', () => {
  const place = { mirrors: [] as string[], path: '' };
  const prepare = (): typeof place => {
    if (place.path !== '') return place;
    place.mirrors.push(mirrorOfExternal(join(folder, 'mirror'), externalProvider!));
    place.path = join(folder, 'bin');
    mkdirSync(place.path);
    const launcher = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;
    writeFileSync(join(place.path, 'postern'), launcher, { mode: 0o755 });
    return place;
  };

  /** What a configuration without other providers gives. */
  function outputs(name: string, configuration: string): Record<string, string> {
    const { mirrors, path } = prepare();
    const own = join(folder, name);
    mkdirSync(own);
    writeFileSync(
      join(own, 'rc'),
      `provider_installation {\n  filesystem_mirror {\n    path = "${mirrors[0]}"\n  }\n}\n`,
    );
    writeFileSync(join(own, 'main.tf'), configuration);
    writeFileSync(join(own, 'postern.yaml'), roles);
    const env = { ...environment, TF_CLI_CONFIG_FILE: join(own, 'rc'), PATH: `${path}:${process.env['PATH']}` };
    const run = (...args: string[]) =>
      execFileSync('terraform', args, { cwd: own, env, encoding: 'utf8', stdio: 'pipe' });
    run('init', '-input=false', '-no-color');
    run('plan', '-input=false', '-no-color', '-out=plan');
    const { planned_values } = JSON.parse(run('show', '-json', 'plan')) as {
      planned_values: { outputs: Record<string, { value: string }> };
    };
    return Object.fromEntries(Object.entries(planned_values.outputs).map(([key, { value }]) => [key, value]));
  }

  function builtRole(name: string): BuiltConfigRole['roles'][number] {
    return loadConfig(parse(roles)).built.find(({ given }) => given.environment === name)!.roles[0]!;
  }

  test('answers the example that the command line shows', () => {
    const example = shownExample();
    const { json } = outputs('shown', `${example}output "json" {\n  value = data.external.policy.result.json\n}\n`);
    const [, options] = /jsonencode\(\{([^]*?)\}\)/.exec(example)!;
    const given = Object.fromEntries(
      [...options!.matchAll(/(\w+)\s*= (.*)/g)].map(([, key, value]) => [
        key!.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        JSON.parse(value!) as unknown,
      ]),
    );
    const useCase = useCases.find(({ id }) => example.includes(`use_case = "${id}"`));
    const { document, problems } = tryBuild(useCase!, given);
    expect(problems).toEqual([]);
    expect(JSON.parse(json!)).toEqual(document);
  });

  test.each(['staging', 'production'])('gives the role of a file in %s as it is built', (name) => {
    const names = ['name', 'path', 'trust', 'policies', 'boundary'];
    const text = `data "external" "deploy" {\n  program = ["postern", "terraform-external"]\n  query = {\n    file = "postern.yaml"\n    environment = "${name}"\n    role = "shop-deploy"\n  }\n}\n`;
    const given = outputs(
      name,
      text + names.map((one) => `output "${one}" {\n  value = data.external.deploy.result.${one}\n}\n`).join(''),
    );
    const role = builtRole(name);
    expect([given['name'], given['path']]).toEqual([role.roleName, role.path]);
    expect(JSON.parse(given['trust']!)).toEqual(role.trust);
    expect(JSON.parse(given['policies']!)).toEqual(role.policies.map(({ document }) => document));
    expect(JSON.parse(given['boundary']!)).toEqual(role.boundary!.policy!.document);
  });

  test.skipIf(mirror === undefined)(
    'plans the example of the README with the AWS provider',
    { timeout: 600_000 },
    async () => {
      const readme = readFileSync(join(root, 'packages/terraform/README.md'), 'utf8');
      const example = [...readme.matchAll(/```hcl\n(.*?)```/gs)]
        .map(([, text]) => text!)
        .find((text) => text.includes('data "external"'))!;
      const { mirrors, path } = prepare();
      const { resource_changes: made } = await plan(example, { files: { 'postern.yaml': roles }, mirrors, path });
      const role = builtRole('production');
      const after = (address: string) => made.find((one) => one.address === address)!.change.after;
      expect(after('aws_iam_role.deploy')).toMatchObject({ name: role.roleName, path: role.path });
      expect(JSON.parse(after('aws_iam_role.deploy')['assume_role_policy'] as string)).toEqual(role.trust);
      expect(
        role.policies.map((_, index) => JSON.parse(after(`aws_iam_policy.deploy["${index}"]`).policy!) as unknown),
      ).toEqual(role.policies.map(({ document }) => document));
      expect(JSON.parse(after('aws_iam_policy.boundary').policy!)).toEqual(role.boundary!.policy!.document);
    },
  );
});
