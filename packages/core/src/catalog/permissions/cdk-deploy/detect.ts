import {
  argument,
  argumentsFrom,
  belongs,
  defineDetection,
  field,
  flag,
  flagSaying,
  input,
  mayShow,
  shows,
  type SignCondition,
} from '../../../use-case/detection.js';

/** Commands of the CDK, by the name of its program and of its package. */
const cdk = (...commands: readonly string[]) => commands.flatMap((one) => [`$ cdk ${one}`, `$ aws-cdk ${one}`]);

/** Flags of the CDK that take no value, besides those with `no-` before them. */
const switches = [
  '--all',
  '--ci',
  '--exclusively',
  '-e',
  '--force',
  '-f',
  '--hotswap',
  '--hotswap-fallback',
  '--quiet',
  '-q',
  '--rollback',
  '--execute',
  '--fail',
  '--verbose',
  '-v',
  '--strict',
];

const action = 'uses youyo/aws-cdk-github-actions';
const hotswaps: SignCondition = { has: flag(['--hotswap', '--hotswap-fallback']) };
const deploys: SignCondition = { beside: [...cdk('deploy', 'watch', 'rollback'), action] };
const destroys: SignCondition = { beside: cdk('destroy') };
const compares: SignCondition = { beside: cdk('diff') };
const byTemplate: SignCondition = {
  any: [
    { has: flag('--method'), is: ['template'] },
    { has: flag('--change-set'), is: ['false'] },
    { has: flag('--no-change-set') },
  ],
};
/** Somebody signs in, so that what is looked up may be looked up in AWS. */
const signsIn: SignCondition = {
  beside: ['uses aws-actions/configure-aws-credentials', 'orb circleci/aws-cli/setup', 'jenkins withAWS'],
};
/** What `cdk.json` says. */
const app = { file: 'cdk app', options: { qualifier: field('qualifier') } } as const;
const tells = { stacks: [argumentsFrom(0), flagSaying('--all', '*')], commands: argument(-1) } as const;
const lacks = ': what it swaps is given only with `hotswapStacks` and `hotswapFunctions`';

export const cdkDeployDetection = defineDetection({
  signs: [
    shows(cdk('deploy'), { ...app, switches, tells, when: hotswaps, sets: { mode: 'deploy' }, lacks }),
    shows(cdk('watch'), { ...app, switches, tells, sets: { mode: 'deploy' }, lacks }),
    shows(cdk('deploy'), { ...app, switches, tells, when: { not: hotswaps }, sets: { mode: 'deploy' } }),
    shows(cdk('rollback'), { ...app, switches, tells, sets: { mode: 'deploy' } }),
    shows(cdk('destroy'), {
      ...app,
      switches,
      tells,
      when: { all: [{ not: deploys }, { not: compares }] },
      sets: { mode: 'destroy' },
    }),
    // What compares by a change set and destroys takes the roles that deploy.
    shows(cdk('destroy'), {
      ...app,
      switches,
      tells,
      when: { all: [{ not: deploys }, compares] },
      sets: { mode: 'deploy' },
    }),
    belongs(cdk('destroy'), { ...app, switches, tells, when: deploys }),
    shows(cdk('diff'), {
      ...app,
      switches,
      tells,
      when: { all: [byTemplate, { not: deploys }, { not: destroys }] },
      sets: { mode: 'diff-template' },
    }),
    shows(cdk('diff'), {
      ...app,
      switches,
      tells,
      when: { all: [{ not: byTemplate }, { not: deploys }, { not: destroys }] },
      sets: { mode: 'diff' },
    }),
    belongs(cdk('diff'), { ...app, switches, tells, when: { any: [deploys, destroys] } }),
    mayShow(cdk('synth', 'synthesize'), { switches, tells, when: { all: [signsIn, { not: deploys }] } }),
    mayShow(cdk('bootstrap'), {
      switches,
      tells: { commands: argument(-1) },
      lacks: ': `cdk-deploy` makes no bootstrap stack',
    }),
    belongs([...cdk('synth', 'synthesize', 'ls', 'list'), '$ cdk-assets publish'], { switches }),
    shows(action, {
      when: { has: input('cdk_subcommand'), is: ['deploy', 'destroy', 'diff'] },
      sets: { mode: 'deploy' },
      tells: { commands: input('cdk_subcommand'), stacks: input('cdk_stack') },
    }),
  ],
});
