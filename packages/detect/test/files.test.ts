import { expect, test } from 'vitest';
import { found } from './found.js';

const run = (script: string) => `on: push
jobs:
  a:
    runs-on: x
    defaults: { run: { working-directory: infra } }
    steps: [{ run: ${JSON.stringify(script)} }]
`;
const backend = (settings: string) =>
  `terraform {\n  required_version = ">= 1.9" # as everywhere\n  backend "s3" {\n${settings}\n  }\n}\n`;
const whole = 'bucket = "acme-state"\n key = "app/terraform.tfstate"\n region = "eu-west-1"\n use_lockfile = true';

/** What the configuration in `infra` says of `terraform init` there; undefined where no state in S3 is found. */
const configurations: readonly (readonly [string, string, Readonly<Record<string, string>>, string | undefined])[] = [
  [
    'a whole backend',
    'terraform init && terraform plan',
    { 'infra/a.tf': backend(whole) },
    'access=plan bucket=acme-state keys=app/terraform.tfstate lock=lockfile region=eu-west-1',
  ],
  [
    'a table',
    'terraform init',
    { 'infra/a.tf': backend('bucket = "b"\nkey = "k"\ndynamodb_table = "t"') },
    'bucket=b keys=k lock=dynamodb lockTable=t',
  ],
  [
    'flags fill a partial one',
    'terraform init -backend-config="bucket=b" -backend-config=key=k',
    { 'infra/a.tf': backend('') },
    'bucket=b keys=k lock=none',
  ],
  [
    'a file fills it',
    'terraform init -backend-config=live.tfbackend; terraform apply',
    { 'infra/a.tf': backend('key = "k"'), 'infra/live.tfbackend': 'bucket = "b"\n' },
    'access=apply bucket=b keys=k lock=none',
  ],
  [
    'what is calculated is not known',
    'terraform init',
    { 'infra/a.tf': backend('bucket = "b-${var.x}"\nkey = join("/", ["a"])') },
    'bucket=b-* lock=none',
  ],
  [
    '-chdir leads elsewhere',
    'cd .. && terraform -chdir=other init',
    { 'other/a.tf': backend(whole), 'infra/a.tf': '' },
    'bucket=acme-state keys=app/terraform.tfstate lock=lockfile region=eu-west-1',
  ],
  ['another backend', 'terraform init', { 'infra/a.tf': 'terraform {\n backend "gcs" {}\n}\n' }, undefined],
  [
    'HCP Terraform',
    'terraform init',
    { 'infra/a.tf': 'terraform {\n cloud { organization = "acme" }\n}\n' },
    undefined,
  ],
  ['no backend', 'terraform init', { 'infra/a.tf': 'resource "aws_s3_bucket" "a" {}\n' }, undefined],
  [
    'a backend in a comment',
    'terraform init',
    { 'infra/a.tf': '/* terraform { backend "s3" { bucket = "b" } } */\n' },
    undefined,
  ],
  [
    'a backend in a text',
    'terraform init',
    { 'infra/a.tf': 'locals { a = <<EOT\nterraform {\n backend "s3" {}\n}\nEOT\n}\n' },
    undefined,
  ],
  ['settings of another vendor', 'terraform init -backend-config=storage_account_name=x', {}, undefined],
];

test.each(configurations)('%s', (_, script, files, wanted) => {
  const { jobs } = found({ '.github/workflows/a.yml': run(script), ...files });
  const told = jobs.map((job) =>
    job
      .split(' ')
      .filter((word) => word.includes('='))
      .join(' '),
  );
  expect(told).toEqual(wanted === undefined ? [] : [wanted]);
  if (wanted !== undefined) expect(jobs[0]).toMatch(/^terraform-remote-state-s3 /);
});

test('Terragrunt takes the nearest configuration above', () => {
  const files = {
    '.github/workflows/a.yml': run('terragrunt run --all apply'),
    'root.hcl': 'remote_state {\n  backend = "s3"\n  config = {\n    bucket = "other"\n  }\n}\n',
    'infra/root.hcl':
      'remote_state {\n  backend = "s3"\n  config = {\n    bucket         = "acme-state"\n    key            = "${path_relative_to_include()}/terraform.tfstate"\n    dynamodb_table = "locks"\n  }\n}\n',
  };
  expect(found(files).jobs).toEqual([
    'terragrunt bucket=acme-state keys=*/terraform.tfstate lock=dynamodb lockTable=locks ?account ?keys ?region @6',
  ]);
});

test('HCL without end is read in no time', () => {
  const before = performance.now();
  found({
    '.github/workflows/a.yml': run('terraform init'),
    'infra/a.tf': `terraform ${'{ a = {'.repeat(50_000)}`,
    'infra/b.tf': '"${'.repeat(20_000),
  });
  expect(performance.now() - before).toBeLessThan(5000);
});
