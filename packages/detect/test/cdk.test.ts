import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

/** What a step of the CDK comes to: the mode of `cdk-deploy`, or what no entry covers. */
const steps: readonly (readonly [
  step: string,
  jobs: readonly (string | undefined)[],
  notCovered: readonly string[],
])[] = [
  ['- run: npx cdk deploy --all --require-approval never', ['deploy'], []],
  ['- run: yarn cdk diff && yarn cdk deploy my-app', ['deploy'], []],
  ['- run: npx aws-cdk@2 destroy --force', ['destroy'], []],
  ['- run: pnpm exec cdk diff', ['diff'], []],
  ['- run: cdk diff --method=template', ['diff-template'], []],
  ['- run: cdk diff --no-change-set', ['diff-template'], []],
  ['- run: cdk diff && cdk destroy', ['deploy'], []],
  ['- uses: youyo/aws-cdk-github-actions@v2\n  with: { cdk_subcommand: deploy }', ['deploy'], []],
  ['- run: cdk deploy --hotswap', ['deploy'], ['cdk deploy: what it swaps is given only']],
  ['- run: cdk bootstrap aws://123456789012/eu-west-1', [undefined], ['cdk bootstrap: `cdk-deploy` makes no']],
  ['- run: npx cdk-assets publish --path assets.json', [], ['cdk-assets publish @6']],
  ['- run: npx cdk synth', [], []],
];

test.each(steps)('%s', (step, modes, left) => {
  const { jobs, notCovered } = found(workflow(step));
  expect(jobs.map((job) => /^cdk-deploy mode=(\S+) /.exec(job)?.[1])).toEqual(modes);
  expect(notCovered).toEqual(left.map((text) => expect.stringContaining(text)));
});
