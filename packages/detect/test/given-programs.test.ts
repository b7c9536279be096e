import { describe, expect, test } from 'vitest';
import { found, workflow } from './found.js';

describe('an action that is given the words of a program', () => {
  const action = (args: string, more = '') =>
    workflow(`- uses: serverless/github-action@v3.2\n  with:\n    args: ${args}${more}\n`);

  test.each([
    ['deploy --stage dev', 'stages=dev ?account ?region ?service @6'],
    ['deploy --verbose -s dev --region eu-west-1', 'region=eu-west-1 stages=dev ?account ?service @6'],
    [
      "\"deploy --stage ${{ github.ref_name == 'main' && 'live' || 'test' }}\"",
      'stages=live|test ?account ?region ?service @6',
    ],
    ['"remove --stage dev"', 'remove=true stages=dev ?account ?region ?service @6'],
  ])('%s', (args, job) => {
    expect(found(action(args)).jobs).toEqual([`serverless-framework-deploy access=deploy ${job}`]);
  });

  test('in a shell of its own, in another folder', () => {
    const files = {
      ...action('-c "cd ./api && serverless deploy --stage dev"', '\n    entrypoint: /bin/sh'),
      'api/serverless.yml': 'service: shop\nprovider: { name: aws, region: us-east-1, stage: prod }\n',
    };
    expect(found(files).jobs).toEqual([
      'serverless-framework-deploy access=deploy region=us-east-1 service=shop stages=dev ?account @6',
    ]);
  });

  test('that deploys nothing', () => {
    expect(found(action('print --stage dev')).jobs).toEqual([]);
  });

  test('of which the words are not known may deploy', () => {
    expect(found(action('"${{ inputs.what }}"')).jobs.map((job) => job.split(' ')[0])).toEqual([
      'serverless-framework-deploy?',
    ]);
  });
});

describe('a folder that is given to Terraform, as its releases before 0.15 take it', () => {
  const state = {
    'conf/main.tf':
      'terraform {\n  backend "s3" {\n    bucket = "b"\n    key = "k"\n    region = "eu-west-1"\n  }\n}\n',
  };
  const told = 'bucket=b keys=k lock=none region=eu-west-1';

  test.each([
    ['terraform init conf && terraform apply -auto-approve conf', `access=apply ${told} @6`],
    ['terraform init -input=false ./conf/ && terraform plan -out=a.bin conf', `access=plan ${told} @6`],
    ['terraform init -backend-config="region=eu-west-1" -reconfigure conf', `${told} @6`],
  ])('%s', (command, job) => {
    expect(found({ ...workflow(`- run: ${command}`), ...state }).jobs).toEqual([`terraform-remote-state-s3 ${job}`]);
  });

  test('and a saved plan is no folder', () => {
    const files = {
      ...workflow('- run: terraform init && terraform apply a.bin\n  working-directory: conf'),
      ...state,
    };
    expect(found(files).jobs).toEqual([`terraform-remote-state-s3 access=apply ${told} @6`]);
  });
});
