import { defineDetection, flag, input, mayShow, shows } from '../../../use-case/detection.js';

const noBackend = { has: flag('-backend'), is: ['false'] } as const;

export const terraformRemoteStateS3Detection = defineDetection({
  signs: [
    mayShow(['$ terraform init', '$ tofu init'], {
      when: { not: noBackend },
      file: 'terraform backend s3',
      switches: ['-reconfigure', '-upgrade', '-migrate-state', '-force-copy', '-no-color'],
    }),
    mayShow(
      [
        'orb circleci/terraform/init',
        'orb circleci/terraform/plan',
        'orb circleci/terraform/apply',
        'orb circleci/terraform/destroy',
      ],
      {
        file: 'terraform backend s3',
        tells: { directory: input('path') },
      },
    ),
    mayShow('uses dflook/terraform-apply', { file: 'terraform backend s3', tells: { directory: input('path') } }),
    mayShow('uses dflook/terraform-plan', {
      file: 'terraform backend s3',
      tells: { directory: input('path') },
      sets: { access: 'plan' },
    }),
    mayShow(['uses op5dev/tf-via-pr', 'uses DevSectop/TF-via-PR'], {
      file: 'terraform backend s3',
      tells: { directory: input(['working-directory', 'arg-chdir']) },
    }),
    shows(['task AWSTerraform'], { file: 'terraform backend s3' }),
  ],
});
