import { defineDetection, flag, input, shows, type ValueSource } from '../../../use-case/detection.js';

const stacks: ValueSource = flag('--stack-name');
const serviceRole: ValueSource = flag('--role-arn');
const templates = { bucket: flag('--s3-bucket'), prefixes: flag('--s3-prefix') };
const byCommand = { client: 'aws-cli' } as const;

export const cloudformationDeployDetection = defineDetection({
  signs: [
    shows('$ aws cloudformation deploy', {
      when: { has: flag('--s3-bucket') },
      options: { stacks, serviceRole, ...templates },
      sets: { ...byCommand, upload: true },
      switches: ['--no-execute-changeset', '--no-fail-on-empty-changeset', '--force-upload', '--disable-rollback'],
    }),
    shows('$ aws cloudformation deploy', {
      when: { not: { has: flag('--s3-bucket') } },
      options: { stacks, serviceRole },
      sets: byCommand,
      switches: ['--no-execute-changeset', '--no-fail-on-empty-changeset', '--force-upload', '--disable-rollback'],
    }),
    shows(
      [
        '$ aws cloudformation create-change-set',
        '$ aws cloudformation execute-change-set',
        '$ aws cloudformation describe-change-set',
      ],
      { options: { stacks, serviceRole }, sets: byCommand },
    ),
    shows('$ aws cloudformation delete-change-set', {
      options: { stacks },
      sets: { ...byCommand, deleteChangeSets: true },
    }),
    shows(['$ aws cloudformation create-stack', '$ aws cloudformation update-stack'], {
      options: { stacks, serviceRole },
      sets: { ...byCommand, method: 'direct' },
    }),
    shows('$ aws cloudformation delete-stack', {
      options: { stacks, serviceRole },
      sets: { ...byCommand, deleteStacks: true },
    }),
    shows('$ aws cloudformation describe-stack-events', {
      otherwise: true,
      options: { stacks },
      sets: { ...byCommand, readEvents: true },
    }),
    shows('$ aws cloudformation validate-template', {
      otherwise: true,
      sets: { ...byCommand, validateTemplates: true },
    }),
    shows('uses aws-actions/aws-cloudformation-github-deploy', {
      options: {
        stacks: input('name'),
        serviceRole: input('role-arn'),
        bucket: input('s3-bucket'),
        prefixes: input('s3-prefix'),
      },
      sets: { client: 'aws-actions' },
    }),
  ],
});
