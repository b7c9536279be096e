import {
  belongs,
  defineDetection,
  field,
  fieldSaying,
  flag,
  flagSaying,
  input,
  mayShow,
  shows,
  type ValueForm,
} from '../../../use-case/detection.js';

/** A flag of the command, or what the configuration of the SAM CLI says in its place. */
const told = (name: string, setting: string, as?: ValueForm) => [flag(name, as), field(setting, as)];
const place = {
  stacks: told('--stack-name', 'stack_name'),
  bucket: told('--s3-bucket', 's3_bucket'),
  prefixes: told('--s3-prefix', 's3_prefix'),
  region: told('--region', 'region'),
  /** Without a prefix, what is uploaded stands at the top of the bucket. */
  wholeBucket: fieldSaying('at_top', 'true'),
} as const;
const common = {
  ...place,
  serviceRole: told('--role-arn', 'role_arn'),
  resolveS3: fieldSaying('managed_bucket', 'existing'),
  kmsKey: told('--kms-key-id', 'kms_key_id'),
  repositories: [
    ...told('--image-repository', 'image_repository', 'repository of image'),
    field('image_repositories', 'repository of image'),
  ],
  stackTags: [flagSaying('--tags', 'true'), fieldSaying('tags', 'true')],
} as const;
const images = [
  flagSaying(['--image-repository', '--image-repositories'], 'given'),
  fieldSaying('image_repository', 'given'),
  fieldSaying('image_repositories', 'given'),
];
const tells = {
  template: told('--template-file', 'template_file'),
  capabilities: told('--capabilities', 'capabilities'),
  configuration: flag('--config-file'),
  environment: flag('--config-env'),
} as const;
/** What the configuration says. */
const file = 'sam config';

/** Flags that take no value. */
const switches = [
  ...['--guided', '-g', '--resolve-s3', '--resolve-image-repos', '--no-execute-changeset', '--execute-changeset'],
  ...['--confirm-changeset', '--no-confirm-changeset', '--fail-on-empty-changeset', '--no-fail-on-empty-changeset'],
  ...['--force-upload', '--no-progressbar', '--disable-rollback', '--no-disable-rollback', '--use-json', '--debug'],
  ...['--no-prompts', '--code', '--watch', '--no-watch', '--dependency-layer', '--no-dependency-layer', '--lint'],
  ...['--skip-deploy-sync', '--no-skip-deploy-sync', '--use-container', '-u', '--beta-features', '--no-beta-features'],
  ...['--save-params', '--express', '--no-express', '--cached', '-c', '--parallel', '-p', '--build-in-source'],
];

export const samDeployDetection = defineDetection({
  signs: [
    shows('$ sam deploy', {
      file,
      switches,
      options: {
        ...common,
        access: [flagSaying('--no-execute-changeset', 'review'), fieldSaying('no_execute_changeset', 'review')],
        images: [
          flagSaying('--resolve-image-repos', 'companion'),
          fieldSaying('resolve_image_repos', 'companion'),
          ...images,
        ],
        deleteFailed: fieldSaying('deletes_failed', 'true'),
      },
      tells,
    }),
    shows('$ sam sync', { file, switches, options: { ...common, images }, sets: { sync: true }, tells }),
    shows('$ sam delete', { file, switches, options: place, sets: { deleteStacks: true } }),
    belongs('$ sam validate', { switches, tells, sets: { validateTemplates: true } }),
    belongs('$ sam package', {
      file,
      switches,
      options: { bucket: place.bucket, prefixes: place.prefixes, region: place.region, kmsKey: common.kmsKey },
    }),
    belongs(['$ sam build', 'uses aws-actions/setup-sam'], { switches }),
    shows('orb circleci/aws-sam-serverless/deploy', {
      options: { stacks: input('stack-name'), bucket: input('s3-bucket'), region: input('region') },
      tells: { template: input('template') },
    }),
    shows('pipe atlassian/aws-sam-deploy', {
      options: { stacks: input('STACK_NAME'), bucket: input('S3_BUCKET'), region: input('AWS_DEFAULT_REGION') },
      tells: { template: input('SAM_TEMPLATE'), capabilities: input('CAPABILITIES') },
    }),
    mayShow('$ sam pipeline bootstrap', { switches, lacks: ': `sam-deploy` makes no roles' }),
  ],
});
