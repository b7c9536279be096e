import { describe, expect, test } from 'vitest';
import { found, workflow } from './found.js';

const backend = (settings: string) => ({
  'main.tf': `terraform {\n  backend "s3" {\n    bucket = "b"\n    key = "k"\n${settings}\n  }\n}\n`,
});
const init = (steps = '- run: terraform init') => workflow(steps);

describe('state that another vendor keeps is no job', () => {
  test.each([
    ['an endpoint', 'endpoint = "https://fra1.digitaloceanspaces.com"'],
    ['endpoints', 'endpoints = { s3 = "https://x.r2.cloudflarestorage.com" }'],
    ['endpoints over lines', 'endpoints = {\n      s3 = "https://s3.gra.io.cloud.ovh.net"\n    }'],
    ['no checksum, which S3 asks for', 'skip_s3_checksum = true'],
    ['no account, which AWS always has', 'skip_requesting_account_id = true'],
    ['a region of no partition', 'region = "auto"'],
  ])('%s in the backend', (_, settings) => {
    expect(found({ ...init(), ...backend(settings) }).jobs).toEqual([]);
  });

  test.each([
    '- run: terraform init -backend-config="endpoint=https://minio.example.com"',
    `- run: terraform init -backend-config='endpoints={s3="https://minio.example.com"}'`,
    '- run: terraform init\n  env: { AWS_ENDPOINT_URL_S3: https://fly.storage.tigris.dev }',
    '- run: tofu init\n  env: { AWS_S3_ENDPOINT: "${{ vars.ENDPOINT }}" }',
  ])('%s', (step) => {
    expect(found({ ...init(step), ...backend('') }).jobs).toEqual([]);
  });

  test('in a file of settings, also one that the job writes', () => {
    const settings = 'endpoint = "https://minio.example.com"\n';
    const step = '- run: terraform init -backend-config=state.hcl';
    expect(found({ ...init(step), ...backend(''), 'state.hcl': settings }).jobs).toEqual([]);
    const writes = `- run: |\n    cat > state.hcl <<EOF\n    endpoint = "https://$HOST.example.com"\n    bucket = "b"\n    EOF\n    terraform init -backend-config=state.hcl`;
    expect(found({ ...init(writes), ...backend('') }).jobs).toEqual([]);
  });

  test('of Terragrunt', () => {
    const root = (more: string) =>
      `remote_state {\n  backend = "s3"\n  config = {\n    bucket = "b"\n    key = "k"\n    region = "eu-west-1"\n${more}\n  }\n}\n`;
    const files = (more: string) => ({ ...workflow('- run: terragrunt apply'), 'terragrunt.hcl': root(more) });
    expect(found(files('')).jobs).toHaveLength(1);
    expect(found(files('    endpoint = "https://minio.example.com"')).jobs).toEqual([]);
    expect(found(files('    endpoints = { s3 = "https://minio.example.com" }')).jobs).toEqual([]);
  });

  test.each([
    '- run: pulumi login "s3://b?endpoint=fra1.digitaloceanspaces.com" && pulumi up --yes',
    '- run: pulumi up --yes\n  env: { PULUMI_BACKEND_URL: "s3://b?region=auto&endpoint=minio.example.com:9000" }',
    '- uses: pulumi/actions@v6\n  with: { command: up, stack-name: a, cloud-url: "s3://b?endpoint=minio.example.com&s3ForcePathStyle=true" }',
  ])('of Pulumi: %s', (step) => {
    expect(found(workflow(step)).jobs).toEqual([]);
  });

  test('of the project of Pulumi', () => {
    const files = (url: string) => ({
      ...workflow('- run: pulumi up --yes'),
      'Pulumi.yaml': `name: a\nbackend: { url: "${url}" }\n`,
    });
    expect(found(files('s3://b')).jobs).toHaveLength(1);
    expect(found(files('s3://b?endpoint=minio.example.com')).jobs).toEqual([]);
  });
});

describe('state in AWS is one', () => {
  test.each([
    'endpoint = "https://s3.eu-west-1.amazonaws.com"',
    'endpoints = { s3 = "https://bucket.vpce-1a2b3c4d.s3.eu-west-1.vpce.amazonaws.com" }',
    'endpoints = { dynamodb = "https://dynamodb.eu-west-1.amazonaws.com" }',
    'skip_region_validation = true',
    'region = var.region',
  ])('%s', (settings) => {
    expect(found({ ...init(), ...backend(settings) }).jobs).toHaveLength(1);
  });

  test('of which a job writes the settings', () => {
    const writes = `- run: |\n    cat > state.hcl <<EOF\n    bucket = "kept"\n    key = "$NAME/state"\n    region = "eu-west-1"\n    EOF\n    terraform init -backend-config=state.hcl\n  env: { NAME: shop }`;
    const files = { ...init(writes), 'main.tf': 'terraform {\n  backend "s3" {}\n}\n' };
    expect(found(files).jobs).toEqual([
      'terraform-remote-state-s3 bucket=kept keys=shop/state lock=none region=eu-west-1 @12',
    ]);
  });
});
