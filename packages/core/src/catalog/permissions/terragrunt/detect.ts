import { defineDetection, field, flag, input, mayShow } from '../../../use-case/detection.js';

const state = {
  file: 'terragrunt remote state',
  options: {
    bucket: field('bucket'),
    keys: field('key'),
    region: field('region'),
    lock: field('lock'),
    lockTable: field('dynamodb_table'),
    kmsKey: field('kms_key_id'),
  },
} as const;

export const terragruntDetection = defineDetection({
  signs: [
    mayShow(
      [
        '$ terragrunt init',
        '$ terragrunt plan',
        '$ terragrunt apply',
        '$ terragrunt destroy',
        '$ terragrunt output',
        '$ terragrunt run-all',
        '$ terragrunt run',
        '$ terragrunt plan-all',
        '$ terragrunt apply-all',
        '$ terragrunt destroy-all',
        '$ terragrunt refresh',
        '$ terragrunt import',
        '$ terragrunt state',
        '$ terragrunt stack',
      ],
      { ...state, tells: { directory: flag(['--terragrunt-working-dir', '--working-dir']) } },
    ),
    mayShow('uses gruntwork-io/terragrunt-action', {
      ...state,
      tells: { directory: input('tg_dir'), commands: input('tg_command') },
    }),
    mayShow('uses cds-snc/terraform-plan', {
      when: { has: input('terragrunt'), is: ['true'] },
      ...state,
      tells: { directory: input('directory') },
    }),
    mayShow(
      [
        'uses autero1/action-terragrunt-exec',
        'uses the-commons-project/terragrunt-github-actions',
        'uses eLco/setup-terragrunt-run',
      ],
      state,
    ),
  ],
});
