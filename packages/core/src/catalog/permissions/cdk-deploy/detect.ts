import { belongs, defineDetection, flag, input, shows, type SignCondition } from '../../../use-case/detection.js';

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
const lacks = ': what it swaps is given only with `hotswapStacks` and `hotswapFunctions`';

export const cdkDeployDetection = defineDetection({
  signs: [
    shows(cdk('deploy'), { switches, when: hotswaps, sets: { mode: 'deploy' }, lacks }),
    shows(cdk('watch'), { switches, sets: { mode: 'deploy' }, lacks }),
    shows(cdk('deploy'), { switches, when: { not: hotswaps }, sets: { mode: 'deploy' } }),
    shows(cdk('rollback'), { switches, sets: { mode: 'deploy' } }),
    shows(cdk('destroy'), {
      switches,
      when: { all: [{ not: deploys }, { not: compares }] },
      sets: { mode: 'destroy' },
    }),
    // What compares by a change set and destroys takes the roles that deploy.
    shows(cdk('destroy'), { switches, when: { all: [{ not: deploys }, compares] }, sets: { mode: 'deploy' } }),
    belongs(cdk('destroy'), { switches, when: deploys }),
    shows(cdk('diff'), {
      switches,
      when: { all: [byTemplate, { not: deploys }, { not: destroys }] },
      sets: { mode: 'diff-template' },
    }),
    shows(cdk('diff'), {
      switches,
      when: { all: [{ not: byTemplate }, { not: deploys }, { not: destroys }] },
      sets: { mode: 'diff' },
    }),
    belongs(cdk('diff'), { switches, when: { any: [deploys, destroys] } }),
    belongs([...cdk('synth', 'synthesize', 'ls', 'list'), '$ cdk-assets publish'], { switches }),
    shows(action, {
      when: { has: input('cdk_subcommand'), is: ['deploy', 'destroy', 'diff'] },
      sets: { mode: 'deploy' },
    }),
  ],
});
