import { defineDetection, flag, input, mayShow } from '../../../use-case/detection.js';

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
      { file: 'terragrunt remote state', tells: { directory: flag(['--terragrunt-working-dir', '--working-dir']) } },
    ),
    mayShow('uses gruntwork-io/terragrunt-action', {
      file: 'terragrunt remote state',
      tells: { directory: input('tg_dir'), commands: input('tg_command') },
    }),
    mayShow('uses cds-snc/terraform-plan', {
      when: { has: input('terragrunt'), is: ['true'] },
      file: 'terragrunt remote state',
      tells: { directory: input('directory') },
    }),
    mayShow(
      [
        'uses autero1/action-terragrunt-exec',
        'uses the-commons-project/terragrunt-github-actions',
        'uses eLco/setup-terragrunt-run',
      ],
      { file: 'terragrunt remote state' },
    ),
  ],
});
