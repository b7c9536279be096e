import {
  belongs,
  defineDetection,
  flag,
  flagSaying,
  input,
  mayShow,
  shows,
  type SignCondition,
} from '../../../use-case/detection.js';

const bucket = flag('--s3-bucket');
const prefixes = flag('--s3-prefix');
const place = { stacks: flag('--stack-name'), bucket, prefixes } as const;
const common = {
  ...place,
  serviceRole: flag('--role-arn'),
  kmsKey: flag('--kms-key-id'),
  repositories: flag('--image-repository', 'repository of image'),
  stackTags: flagSaying('--tags', 'true'),
} as const;
const images = flagSaying(['--image-repository', '--image-repositories'], 'given');
const tells = {
  template: flag(['--template-file', '--template', '-t']),
  capabilities: flag('--capabilities'),
  configuration: flag('--config-file'),
  environment: flag('--config-env'),
} as const;

/** Flags that take no value. */
const switches = [
  ...['--guided', '-g', '--resolve-s3', '--resolve-image-repos', '--no-execute-changeset', '--execute-changeset'],
  ...['--confirm-changeset', '--no-confirm-changeset', '--fail-on-empty-changeset', '--no-fail-on-empty-changeset'],
  ...['--force-upload', '--no-progressbar', '--disable-rollback', '--no-disable-rollback', '--use-json', '--debug'],
  ...['--no-prompts', '--code', '--watch', '--no-watch', '--dependency-layer', '--no-dependency-layer', '--lint'],
  ...['--skip-deploy-sync', '--no-skip-deploy-sync', '--use-container', '-u', '--beta-features', '--no-beta-features'],
  ...['--save-params', '--express', '--no-express', '--cached', '-c', '--parallel', '-p', '--build-in-source'],
];

const resolves: SignCondition = { any: [{ has: flag('--resolve-s3') }, { has: flag(['--guided', '-g']) }] };
/** Without a prefix, what is uploaded stands at the top of the bucket. */
const atTop: SignCondition = { all: [{ any: [{ has: bucket }, resolves] }, { not: { has: prefixes } }] };
const deletesFailed: SignCondition = { has: flag('--on-failure'), is: ['DELETE'] };

const deploy = (when: SignCondition | undefined, sets: Readonly<Record<string, string | boolean>>) =>
  shows('$ sam deploy', {
    switches,
    ...(when === undefined ? {} : { when }),
    options: {
      ...common,
      access: flagSaying('--no-execute-changeset', 'review'),
      resolveS3: flagSaying(['--resolve-s3', '--guided', '-g'], 'existing'),
      images: [flagSaying('--resolve-image-repos', 'companion'), images],
    },
    sets,
    tells,
  });

const sync = (when: SignCondition | undefined, sets: Readonly<Record<string, string | boolean>>) =>
  shows('$ sam sync', {
    switches,
    ...(when === undefined ? {} : { when }),
    options: { ...common, images },
    sets: { sync: true, ...sets },
    tells,
  });

export const samDeployDetection = defineDetection({
  signs: [
    deploy({ all: [atTop, deletesFailed] }, { wholeBucket: true, deleteFailed: true }),
    deploy(atTop, { wholeBucket: true }),
    deploy(deletesFailed, { deleteFailed: true }),
    deploy(undefined, {}),
    sync({ all: [{ has: bucket }, { has: prefixes }] }, {}),
    sync({ has: bucket }, { wholeBucket: true }),
    sync({ has: prefixes }, { resolveS3: 'existing' }),
    sync(undefined, { resolveS3: 'existing', wholeBucket: true }),
    shows('$ sam delete', { switches, options: place, sets: { deleteStacks: true } }),
    belongs('$ sam validate', { switches, tells, sets: { validateTemplates: true } }),
    belongs('$ sam package', { switches, options: { bucket, prefixes, kmsKey: common.kmsKey } }),
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
