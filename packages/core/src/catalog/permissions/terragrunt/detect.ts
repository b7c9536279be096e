import { argument, defineDetection, field, flag, input, mayShow } from '../../../use-case/detection.js';

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

const directory = flag(['--terragrunt-working-dir', '--working-dir']);

/** Flags of Terragrunt that take no value, with the dash of Terraform or their own two. */
const switches = [
  '-a',
  '--all',
  '--graph',
  '--non-interactive',
  '--terragrunt-non-interactive',
  '--no-color',
  '-no-color',
  '-auto-approve',
  '--auto-approve',
  '-reconfigure',
  '-upgrade',
  '--terragrunt-include-external-dependencies',
  '--queue-include-external',
  '--terragrunt-ignore-external-dependencies',
  '--backend-bootstrap',
];

export const terragruntDetection = defineDetection({
  signs: [
    mayShow(
      [
        '$ terragrunt init',
        '$ terragrunt plan',
        '$ terragrunt apply',
        '$ terragrunt destroy',
        '$ terragrunt output',
        '$ terragrunt refresh',
        '$ terragrunt import',
        '$ terragrunt state',
      ],
      { ...state, switches, tells: { directory, commands: argument(-1) } },
    ),
    mayShow(['$ terragrunt run-all', '$ terragrunt run', '$ terragrunt stack run'], {
      ...state,
      switches,
      tells: { directory, commands: argument(0) },
    }),
    mayShow('$ terragrunt plan-all', { ...state, switches, tells: { directory }, means: { commands: 'plan' } }),
    mayShow('$ terragrunt apply-all', { ...state, switches, tells: { directory }, means: { commands: 'apply' } }),
    mayShow('$ terragrunt destroy-all', { ...state, switches, tells: { directory }, means: { commands: 'destroy' } }),
    mayShow('uses gruntwork-io/terragrunt-action', {
      ...state,
      tells: { directory: input('tg_dir'), commands: input('tg_command') },
    }),
    mayShow('uses cds-snc/terraform-plan', {
      when: { has: input('terragrunt'), is: ['true'] },
      ...state,
      tells: { directory: input('directory') },
      means: { commands: 'plan' },
    }),
    mayShow('uses autero1/action-terragrunt-exec', state),
    mayShow(['uses the-commons-project/terragrunt-github-actions', 'uses eLco/setup-terragrunt-run'], {
      ...state,
      tells: { directory: input('tf_actions_working_dir'), commands: input('tf_actions_subcommand') },
    }),
  ],
});
