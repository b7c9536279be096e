import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

/** How a call may be written, with what stands in its place. */
const written: readonly (readonly [name: string, files: Readonly<Record<string, string>>, jobs: readonly string[]])[] =
  [
    [
      'a script in a matrix',
      {
        '.github/workflows/a.yml': `on: push
jobs:
  a:
    runs-on: x
    env: { NAME: web }
    strategy:
      matrix:
        include:
          - command: |
              echo "ready"
              aws ecs update-service --cluster "main" --service "$NAME" --force-new-deployment
    steps: [{ run: "\${{ matrix.command }}" }]
`,
      },
      ['ecs-service-deployment client=aws-cli cluster=main newTaskDefinition=false services=web ?account ?region @12'],
    ],
    [
      'flags with quotes in an input',
      workflow('- run: aws s3 cp a.tar s3://b/c/ ${{ inputs.flags }}'),
      ['s3-build-cache access=read-write bucket=b client=aws-cli prefixes=c ?region @6'],
    ],
    [
      'a program behind the dashes of npm',
      workflow('- run: npm run -- cdk deploy --ci'),
      ['cdk-deploy mode=deploy ?account ?region @6'],
    ],
  ];

test.each(written)('%s', (_, files, jobs) => {
  expect(found(files).jobs).toEqual(jobs);
});

test('the lines behind a script that stands in the place of an expression are those of the file', () => {
  const steps = `- env: { SCRIPT: a }
  run: |
    \${{ env.LONG }}
    aws ssm get-parameter --name /a
`;
  const files = workflow(steps, 'env: { LONG: "echo one\\necho two; echo three" }\n');
  expect(found(files).jobs).toEqual(['secrets-read call=get-parameter parameters=/a ?account ?region @10']);
});

test('values that a matrix repeats are one job', () => {
  const text = `on: push
jobs:
  a:
    runs-on: x
    strategy: { matrix: { name: [a, b], kind: [x, y] } }
    steps:
      - run: docker tag web 111122223333.dkr.ecr.eu-west-1.amazonaws.com/\${{ matrix.name }}:\${{ matrix.kind }}
      - run: docker push 111122223333.dkr.ecr.eu-west-1.amazonaws.com/\${{ matrix.name }}
`;
  expect(found({ '.github/workflows/a.yml': text }).jobs).toEqual([
    'ecr-docker-push account=111122223333 region=eu-west-1 repositories=a|b @7,8',
  ]);
});

test('a folder below the checkout is told without it', () => {
  const steps = '- run: terraform init\n  working-directory: ${{ github.workspace }}/infra/live';
  expect(found(workflow(steps)).whole.jobs.map(({ seen }) => seen)).toEqual([{ directory: 'infra/live' }]);
});

test('a step that is given credentials uses AWS, whatever its name', () => {
  const { notCovered } = found(
    workflow(
      '- uses: acme/ship-it@v1\n  with: { roleArn: "${{ secrets.ROLE }}" }\n- uses: acme/other@v1\n  with: { role: admin }',
    ),
  );
  expect(notCovered).toEqual(['acme/ship-it @6']);
});

test('the items of an array are words of their own', () => {
  const script = `- run: |
    STACKS=("web" "api")
    if [ "$MORE" = yes ]; then STACKS+=("jobs"); fi
    cdk deploy "\${STACKS[@]}"
`;
  expect(found(workflow(script)).whole.jobs[0]!.seen).toEqual({
    commands: 'deploy',
    stacks: ['web', 'api', 'jobs'],
  });
});

test('a script of a package of the workspace is followed by the name of the package', () => {
  const files = {
    ...workflow('- run: pnpm --filter @acme/infra run ship\n- run: npm run ship --workspace=infra'),
    'package.json': '{ "name": "acme" }',
    'infra/package.json': '{ "name": "@acme/infra", "scripts": { "ship": "cdk deploy web" } }',
    'broken/package.json': '{ "@acme/infra" ',
  };
  expect(found(files).jobs).toEqual(['cdk-deploy mode=deploy ?account ?region @1,6,7']);
});

test('a task definition in a file is no family, also where its folder is not known', () => {
  const step = '- run: aws ecs deploy --cluster c --service s --task-definition $GITHUB_WORKSPACE/task.json';
  expect(found(workflow(step)).whole.jobs[0]!.options['taskDefinitionFamilies']).toBeUndefined();
});
