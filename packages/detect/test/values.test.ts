import { describe, expect, test } from 'vitest';
import { found, workflow } from './found.js';

/** A script that sets values, and what `aws ecs update-service --cluster "$C"` then has: `*` for unknown parts. */
const scripts: readonly (readonly [string, string, readonly string[] | undefined])[] = [
  ['a literal', 'C=main', ['main']],
  ['a part that is unknown', 'C="main-$CI_STAGE"', ['main-*']],
  ['all of it unknown', 'C=$NOBODY', undefined],
  ['branches', 'if [ "$X" = a ]; then C=one; else C=two; fi', ['one', 'two']],
  ['a branch that can be told', 'X=a; if [ "$X" = a ]; then C=one; else C=two; fi', ['one']],
  ['a case', 'case "$X" in a) C=one;; *) C=two;; esac', ['one', 'two']],
  ['a case that can be told', 'X=b; case "$X" in a) C=one;; b|c) C=two;; esac', ['two']],
  ['a default', 'C=${WHERE:-main}', ['main']],
  ['an affix', 'P=refs/heads/main; C=${P##*/}', ['main']],
  ['a replacement', 'P=a/b; C=${P//\\//-}', ['a-b']],
  ['upper case', 'P=MAIN; C=${P,,}', ['main']],
  ['what echo prints', 'C=$(echo main)', ['main']],
  ['what a program prints', 'C=$(jq -r .x file.json)', undefined],
  ['a function', 'f() { C="$1-x"; }\nf main', ['main-x']],
  ['a function that calls itself', 'f() { C=main; f; }\nf', ['main']],
  ['a loop', 'for C in one two; do :; done', ['one', 'two']],
  ['a subshell keeps to itself', 'C=one; (C=two)', ['one']],
  ['what may not run', 'C=one; [ -n "$X" ] && C=two', ['one', 'two']],
  ['a comment', 'C=one # C=two', ['one']],
  ['an array', 'A=(main other)\nC=${A[0]}', ['main other']],
  ['a name of a prototype', '__proto__=x; C=main; constructor=y', ['main']],
];

test.each(scripts)('%s: %s', (_, script, wanted) => {
  const step = `- run: |\n${script.replace(/^/gm, '    ')}\n    aws ecs update-service --cluster "$C" --service web --region eu-west-1`;
  const { whole } = found(workflow(step));
  const [job] = whole.jobs;
  const told = job!.options['cluster'];
  expect(told === undefined ? undefined : [told].flat()).toEqual(wanted);
  expect(job!.open.includes('cluster')).toBe(wanted === undefined || wanted.some((text) => text.includes('*')));
});

describe('expressions of GitHub', () => {
  test.each([
    ["${{ 'main' }}", ['main']],
    ["${{ vars.X || 'main' }}", ['main']],
    ["${{ github.ref == 'refs/heads/main' && 'live' || 'try' }}", ['live', 'try']],
    ["${{ true && 'live' || 'try' }}", ['live']],
    ["${{ format('{0}-{1}', 'a', secrets.B) }}", ['a-*']],
    ['${{ fromJSON(\'{"main":"live","next":"try"}\')[github.ref_name] }}', ['live', 'try']],
    ['${{ fromJSON(\'["a","b"]\')[0] }}', ['a']],
    ['${{ env.NAMED }}', ['from-env']],
    ['${{ secrets.X }}', undefined],
    ['${{ not an expression', ['${{ not an expression']],
    ["${{ ((((((((((((((((((((((((((((((((((((((((((((( 'x' ))) }}", undefined],
  ])('%s', (text, wanted) => {
    const step = `- env:\n    C: ${JSON.stringify(text)}\n  run: aws ecs update-service --cluster "$C" --service web`;
    const { whole } = found(workflow(step, 'env: { NAMED: from-env }\n'));
    const told = whole.jobs[0]!.options['cluster'];
    expect(told === undefined ? undefined : [told].flat()).toEqual(wanted);
  });
});

test('what is written to GITHUB_ENV holds in the steps behind, what is exported does not', () => {
  const { jobs } = found(
    workflow(
      [
        '- run: |',
        '    echo "C=main" >> "$GITHUB_ENV"',
        '    { echo "S=web"; } >> $GITHUB_ENV',
        '    export X=lost',
        '- id: out',
        '  run: echo "region=eu-west-1" >> $GITHUB_OUTPUT',
        '- run: aws ecs update-service --cluster "$C" --service "$S" --task-definition "$X" --region ${{ steps.out.outputs.region }}',
      ].join('\n'),
    ),
  );
  expect(jobs).toEqual([
    'ecs-service-deployment client=aws-cli cluster=main newTaskDefinition=false region=eu-west-1 services=web ?account ?taskDefinitionFamilies @12',
  ]);
});

test('a matrix, inputs with a default and choices are all that they may be', () => {
  const text = `on:
  workflow_dispatch:
    inputs:
      cluster: { type: choice, options: [one, two] }
      region: { default: eu-west-1 }
jobs:
  ship:
    strategy: { matrix: { include: [{ s: web }, { s: api }] } }
    runs-on: x
    steps:
      - run: aws ecs update-service --cluster \${{ inputs.cluster }} --service \${{ matrix.s }} --region \${{ inputs.region }}
`;
  expect(found({ '.github/workflows/a.yml': text }).jobs).toEqual([
    'ecs-service-deployment client=aws-cli cluster=one|two newTaskDefinition=false region=eu-west-1 services=web|api ?account @11',
  ]);
});
