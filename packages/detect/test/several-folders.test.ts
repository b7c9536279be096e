import { expect, test } from 'vitest';
import { found } from './found.js';

const ci = (folders: string, steps: string) => ({
  '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    strategy: { matrix: { stage: ${folders} } }\n    steps:\n${steps}`,
});
const backend = (key: string, more = '') =>
  `terraform {\n  backend "s3" {\n    bucket = "states"\n    key = "${key}"\n    region = "eu-west-1"\n${more}  }\n}\n`;
const plan = `      - run: terraform init && terraform plan\n        working-directory: envs/\${{ matrix.stage }}\n`;

function told(files: Readonly<Record<string, string>>) {
  return found(files).whole.jobs.map(({ useCase, certain, options, open }) => ({
    useCase,
    certain,
    bucket: options['bucket'],
    keys: options['keys'],
    lock: options['lock'],
    open: open.filter((name) => ['bucket', 'keys', 'lock'].includes(name)),
  }));
}

test('a backend of each folder that Terraform may work in', () => {
  const files = {
    ...ci('[dev, live]', plan),
    'envs/dev/main.tf': backend('dev'),
    'envs/live/main.tf': backend('live'),
  };
  expect(told(files)).toEqual([
    {
      useCase: 'terraform-remote-state-s3',
      certain: true,
      bucket: 'states',
      keys: ['dev', 'live'],
      lock: 'none',
      open: [],
    },
  ]);
});

test('a folder that is not in the repository leaves what it says open', () => {
  const files = { ...ci('[dev, live]', plan), 'envs/dev/main.tf': backend('dev') };
  expect(told(files)).toEqual([
    {
      useCase: 'terraform-remote-state-s3',
      certain: true,
      bucket: 'states',
      keys: ['dev'],
      lock: 'none',
      open: ['bucket', 'keys', 'lock'],
    },
  ]);
});

test('a folder with another backend is no job of this one, and none is where all have another', () => {
  const local = 'terraform {\n  backend "local" {}\n}\n';
  const both = { ...ci('[dev, live]', plan), 'envs/dev/main.tf': local, 'envs/live/main.tf': backend('live') };
  expect(told(both).map(({ keys, open }) => [keys, open])).toEqual([[['live'], []]]);
  expect(told({ ...ci('[dev, live]', plan), 'envs/dev/main.tf': local, 'envs/live/main.tf': local })).toEqual([]);
});

test('Terragrunt takes what the locals beside its remote state hold', () => {
  const root = `locals {\n  place = "states-\${local.region}"\n  region = "eu-west-1"\n  name = "plain"\n}\nremote_state {\n  backend = "s3"\n  config = {\n    bucket = local.name\n    key = "\${local.region}/\${path_relative_to_include()}/x.tfstate"\n    region = local.region\n  }\n}\n`;
  const files = {
    ...ci('[a]', '      - run: terragrunt apply\n        working-directory: live/web\n'),
    'live/root.hcl': root,
  };
  const [job] = found(files).whole.jobs;
  expect([job!.useCase, job!.options['bucket'], job!.options['region']]).toEqual(['terragrunt', 'plain', 'eu-west-1']);
  expect([job!.options['keys']].flat()[0]).toMatch(/^eu-west-1\//);
});

test('the files of a backend that a step names are read, whatever they end with', () => {
  const files = {
    ...ci(
      '[a]',
      '      - uses: dflook/terraform-apply@v2\n        with: { path: infra, backend_config_file: infra/live.s3.tfvars }\n',
    ),
    'infra/main.tf': 'terraform {\n  backend "s3" {}\n}\n',
    'infra/live.s3.tfvars': 'bucket = "states"\nkey = "web"\nuse_lockfile = true\n',
  };
  expect(told(files)).toEqual([
    {
      useCase: 'terraform-remote-state-s3',
      certain: true,
      bucket: 'states',
      keys: ['web'],
      lock: 'lockfile',
      open: [],
    },
  ]);
});

test.each([
  [
    'a heredoc',
    `      - run: |\n          cat > main.tf <<'EOF'\n          terraform {\n            backend "s3" {\n              bucket = "states"\n              key = "web"\n            }\n          }\n          EOF\n          terraform init && terraform plan\n`,
  ],
  [
    'a step before',
    `      - run: |\n          tee main.tf <<EOF\n          terraform {\n            backend "s3" {\n              bucket = "states"\n              key = "web"\n            }\n          }\n          EOF\n      - run: terraform init && terraform plan\n`,
  ],
  [
    'lines, one by one',
    `      - run: |\n          echo 'terraform { ' >> main.tf\n          echo '  backend "s3" {' >> main.tf\n          printf '    bucket = "states"\\n    key = "web"\\n  }\\n}' >> main.tf\n          terraform init && terraform plan\n`,
  ],
])('a backend that the job writes itself, by %s', (_, steps) => {
  expect(told(ci('[a]', steps)).map(({ certain, bucket, keys, open }) => [certain, bucket, keys, open])).toEqual([
    [true, 'states', ['web'], []],
  ]);
});

test('a backend that the job writes into another folder is none of this one, and what it puts into it is open', () => {
  const write = (folder: string) =>
    `      - run: |\n          cat > \${folder}main.tf <<EOF\n          terraform {\n            backend "s3" {\n              bucket = "states"\n              key = "$KEY"\n            }\n          }\n          EOF\n          terraform init\n`.replace(
      '${folder}',
      folder,
    );
  expect(told(ci('[a]', write('infra/'))).map(({ certain, bucket }) => [certain, bucket])).toEqual([
    [false, undefined],
  ]);
  expect(told(ci('[a]', write(''))).map(({ certain, bucket, open }) => [certain, bucket, open])).toEqual([
    [true, 'states', ['keys']],
  ]);
});
