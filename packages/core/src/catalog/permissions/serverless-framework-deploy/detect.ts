import {
  argument,
  belongs,
  defineDetection,
  field,
  fieldSaying,
  flag,
  mayShow,
  shows,
} from '../../../use-case/detection.js';

/** Commands of Serverless, by both names of its program and by the fork that goes on with version 3. */
const serverless = (...commands: readonly string[]) =>
  commands.flatMap((one) => ['serverless', 'sls', 'osls'].map((program) => `$ ${program} ${one}`));

/** Flags of Serverless that take no value. */
const switches = [
  '--verbose',
  '--force',
  '--conceal',
  '--aws-s3-accelerate',
  '--enforce-hash-update',
  '--minify-template',
  '--update-config',
  '-u',
  '--use-local-credentials',
];

/** What `serverless.yml` says. */
const file = 'serverless service';
const said = {
  service: field('service'),
  stages: field('stage'),
  region: field('region'),
  stackName: field('stackName'),
  bucket: field('bucket'),
  deploymentPrefix: field('prefix'),
} as const;
const flags = { stages: flag(['--stage', '-s']), region: flag(['--region', '-r']) } as const;
const options = {
  ...said,
  stages: [flags.stages, said.stages],
  region: [flags.region, said.region],
} as const;
/** What counts only where something is deployed. */
const deployed = {
  method: fieldSaying('direct', 'direct'),
  serviceRole: field('role'),
  kmsKey: field('key'),
  stackPolicy: fieldSaying('stackPolicy', 'true'),
  buildImages: fieldSaying('buildsImages', 'true'),
} as const;
const evidence = { plugins: field('plugins'), version: field('frameworkVersion') } as const;
const tells = {
  profile: flag('--aws-profile'),
  configuration: flag(['--config', '-c']),
  ...evidence,
} as const;
const functionTells = { ...tells, function: flag(['--function', '-f']) } as const;
const details = { file, options, tells, switches } as const;
const changes = { ...details, options: { ...options, ...deployed } } as const;

export const serverlessFrameworkDeployDetection = defineDetection({
  signs: [
    shows(serverless('deploy function'), { ...changes, tells: functionTells, sets: { deployFunctions: true } }),
    shows(serverless('deploy list functions'), { ...details, sets: { listFunctions: true } }),
    belongs(serverless('deploy list', 'info'), details),
    shows(serverless('deploy'), { ...changes, sets: { access: 'deploy' } }),
    shows(serverless('remove'), { ...changes, sets: { access: 'deploy', remove: true } }),
    shows(serverless('rollback function'), { ...changes, tells: functionTells, sets: { rollbackFunctions: true } }),
    shows(serverless('rollback'), { ...changes, sets: { access: 'deploy' } }),
    belongs(serverless('package', 'print', 'plugin'), { switches }),
    mayShow(serverless('invoke', 'logs', 'metrics'), {
      options: flags,
      switches,
      tells: { commands: argument(-1), ...functionTells },
      lacks: ': `serverless-framework-deploy` gives nothing for it',
    }),
  ],
});
