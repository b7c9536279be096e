import { belongs, defineDetection, field, flag, input, mayShow, shows } from '../../../use-case/detection.js';

const backend = {
  bucket: field('bucket'),
  keys: field('key'),
  region: field('region'),
  lock: field('lock'),
  lockTable: field('dynamodb_table'),
  kmsKey: field('kms_key_id'),
  workspaceKeyPrefix: field('workspace_key_prefix'),
  assumeRoles: field('role_arn'),
} as const;
const state = { file: 'terraform backend s3', options: backend } as const;
const switches = ['-reconfigure', '-upgrade', '-migrate-state', '-force-copy', '-no-color'];
const dflook = (...names: readonly string[]) =>
  names.flatMap((name) => [`uses dflook/terraform-${name}`, `uses dflook/tofu-${name}`]);
const dflookWrites = dflook('apply', 'destroy', 'destroy-workspace', 'new-workspace', 'refresh', 'unlock-state');
const writes = [
  '$ terraform apply',
  '$ terraform destroy',
  '$ terraform import',
  '$ tofu apply',
  '$ tofu destroy',
  '$ tofu import',
  'orb circleci/terraform/apply',
  'orb circleci/terraform/destroy',
  ...dflookWrites,
];

export const terraformRemoteStateS3Detection = defineDetection({
  signs: [
    mayShow(['$ terraform init', '$ tofu init'], {
      ...state,
      when: { not: { has: flag(['-backend', '--backend']), is: ['false'] } },
      switches,
      tells: { directory: flag('-chdir') },
    }),
    // A job that does not initialize uses what another one did.
    mayShow(['$ terraform apply', '$ terraform destroy', '$ tofu apply', '$ tofu destroy'], {
      ...state,
      when: { not: { beside: ['$ terraform init', '$ tofu init'] } },
      sets: { access: 'apply' },
      tells: { directory: flag('-chdir') },
    }),
    mayShow(['$ terraform plan', '$ tofu plan'], {
      ...state,
      when: { not: { beside: ['$ terraform init', '$ tofu init', ...writes] } },
      sets: { access: 'plan' },
      tells: { directory: flag('-chdir') },
    }),
    mayShow('uses hashicorp/terraform-github-actions', {
      ...state,
      when: { has: input(['tf_actions_subcommand']), is: ['init', 'plan', 'apply', 'destroy'] },
      tells: { directory: input('tf_actions_working_dir') },
    }),
    belongs(
      [
        '$ terraform apply',
        '$ terraform destroy',
        '$ terraform import',
        '$ tofu apply',
        '$ tofu destroy',
        '$ tofu import',
      ],
      {
        sets: { access: 'apply' },
      },
    ),
    belongs(['$ terraform plan', '$ tofu plan'], { when: { not: { beside: writes } }, sets: { access: 'plan' } }),
    mayShow(['orb circleci/terraform/init', 'orb circleci/terraform/plan'], {
      ...state,
      tells: { directory: input('path') },
    }),
    mayShow(['orb circleci/terraform/apply', 'orb circleci/terraform/destroy'], {
      ...state,
      sets: { access: 'apply' },
      tells: { directory: input('path') },
    }),
    mayShow(dflookWrites, { ...state, sets: { access: 'apply' }, tells: { directory: input('path') } }),
    mayShow(dflook('plan', 'check', 'output', 'remote-state'), {
      ...state,
      when: { not: { beside: dflookWrites } },
      sets: { access: 'plan' },
      tells: { directory: input('path') },
    }),
    belongs(dflook('plan', 'check', 'output', 'remote-state'), { tells: { directory: input('path') } }),
    mayShow(['uses op5dev/tf-via-pr', 'uses devsectop/tf-via-pr'], {
      ...state,
      tells: { directory: input(['working-directory', 'arg-chdir']) },
    }),
    mayShow('uses cds-snc/terraform-plan', {
      ...state,
      when: { not: { has: input('terragrunt'), is: ['true'] } },
      sets: { access: 'plan' },
      tells: { directory: input('directory') },
    }),
    shows(['task TerraformCLI', 'task TerraformTaskV4', 'task TerraformTaskV3'], {
      when: {
        all: [
          { has: input('command'), is: ['init'] },
          {
            any: [
              { has: input('provider'), is: ['aws'] },
              { has: input('backendType'), is: ['aws'] },
              { has: input('backendServiceAWS') },
            ],
          },
        ],
      },
      options: {
        bucket: input(['backendAWSBucketName', 'backendAWSBucket']),
        keys: input('backendAWSKey'),
        region: input('backendAWSRegion'),
        lockTable: input('backendAWSDynamoDbTable'),
      },
      tells: { directory: input('workingDirectory') },
    }),
    belongs(['task TerraformCLI', 'task TerraformTaskV4', 'task TerraformTaskV3'], {
      when: { has: input('command'), is: ['apply', 'destroy'] },
      sets: { access: 'apply' },
    }),
    shows('task AWSTerraform', { file: 'terraform backend s3' }),
  ],
});
