import {
  argument,
  belongs,
  defineDetection,
  flag,
  input,
  mayShow,
  shows,
  type SignCondition,
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

const options = { stages: flag(['--stage', '-s']), region: flag(['--region', '-r']) } as const;
const tells = {
  profile: flag('--aws-profile'),
  configuration: flag(['--config', '-c']),
} as const;
const functionTells = { ...tells, function: flag(['--function', '-f']) } as const;
const details = { options, tells, switches } as const;

const action = 'uses serverless/github-action';
const args = input('args');
/** A command of another program stands in the arguments where the entry point is a shell, with `serverless` before it. */
const actionRuns = (...commands: readonly string[]): SignCondition => ({
  any: [
    { begins: args, with: commands },
    { holds: args, of: commands.flatMap((one) => [`serverless ${one}`, `sls ${one}`]) },
  ],
});

export const serverlessFrameworkDeployDetection = defineDetection({
  signs: [
    shows(serverless('deploy function'), { ...details, tells: functionTells, sets: { deployFunctions: true } }),
    shows(serverless('deploy list functions'), { ...details, sets: { listFunctions: true } }),
    belongs(serverless('deploy list', 'info'), details),
    shows(serverless('deploy'), { ...details, sets: { access: 'deploy' } }),
    shows(serverless('remove'), { ...details, sets: { access: 'deploy', remove: true } }),
    shows(serverless('rollback function'), { ...details, tells: functionTells, sets: { rollbackFunctions: true } }),
    shows(serverless('rollback'), { ...details, sets: { access: 'deploy' } }),
    belongs(serverless('package', 'print', 'plugin'), { switches }),
    mayShow(serverless('invoke', 'logs', 'metrics'), {
      ...details,
      tells: { commands: argument(-1), ...functionTells },
      lacks: ': `serverless-framework-deploy` gives nothing for it',
    }),
    shows(action, { when: actionRuns('remove'), sets: { access: 'deploy', remove: true }, tells: { commands: args } }),
    shows(action, {
      when: { all: [actionRuns('deploy', 'rollback'), { not: actionRuns('remove') }] },
      sets: { access: 'deploy' },
      tells: { commands: args },
    }),
  ],
});
