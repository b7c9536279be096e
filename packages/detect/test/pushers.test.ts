import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const run = (command: string, env = '') =>
  found(workflow(`- run: ${command}\n${env === '' ? '' : `  env: { ${env} }`}`));

test.each([
  `pack build ${host}/web:1 --publish --builder paketobuildpacks/builder`,
  `./mvnw -B compile jib:build -Djib.to.image=${host}/web:1`,
  `./gradlew jib --image=${host}/web`,
  `mvn spring-boot:build-image -Dspring-boot.build-image.imageName=${host}/web:1 -Dspring-boot.build-image.publish=true`,
])('%s pushes to ECR', (command) => {
  expect(run(command).jobs).toEqual(['ecr-docker-push account=123456789012 region=eu-west-1 repositories=web @6']);
});

test('ko and Helm name the repository themselves', () => {
  const wanted = ['ecr-docker-push account=123456789012 region=eu-west-1 ?repositories @6'];
  expect(run('ko build --bare ./cmd/web', `KO_DOCKER_REPO: ${host}/web`).jobs).toEqual(wanted);
  expect(run(`helm push web-1.tgz oci://${host}/charts`).jobs).toEqual(wanted);
});

test.each([
  'pack build ghcr.io/me/web:1 --publish',
  `pack build ${host}/web:1`,
  'mvn jib:build -Djib.to.image=docker.io/me/web',
  'ko build ./cmd/web',
  'helm push web-1.tgz oci://ghcr.io/me/charts',
  `mvn spring-boot:build-image -Dspring-boot.build-image.imageName=${host}/web:1`,
])('%s pushes nothing to ECR', (command) => {
  expect(run(command).jobs).toEqual([]);
});

test.each(['npx cdk deploy', 'sam deploy', 'terraform init', 'serverless deploy', 'aws s3 cp a s3://b/c/d'])(
  '%s against a stand-in is no job of AWS',
  (command) => {
    const there = run(command, 'AWS_ENDPOINT_URL: http://localhost:4566');
    expect([...there.jobs, ...there.notCovered]).toEqual([]);
    const { jobs, notCovered } = run(command, 'AWS_REGION: eu-west-1');
    expect(jobs.length + notCovered.length).toBe(1);
  },
);

test('variables that rules of GitLab set hold what one of them says', () => {
  const text = (more: string) =>
    `variables: { BUCKET: base }\nship:\n  rules:\n    - if: $CI_COMMIT_BRANCH == "main"\n      variables: { BUCKET: live }\n    - if: $CI_COMMIT_BRANCH == "next"\n      variables: { BUCKET: next }\n    - if: $CI_COMMIT_TAG\n      variables: { BUCKET: gone }\n      when: never\n${more}  script: ['aws s3 sync public s3://$BUCKET --delete']\n`;
  const buckets = (more: string) => found({ '.gitlab-ci.yml': text(more) }).whole.jobs[0]?.options['buckets'];
  expect(buckets('')).toEqual(['live', 'next']);
  expect(buckets('    - when: manual\n')).toEqual(['live', 'next', 'base']);
  const pipeline = `workflow:\n  rules:\n    - if: $CI_COMMIT_TAG\n      variables: { BUCKET: tagged }\n`;
  const job = (own: string) => `${pipeline}ship:\n${own}  script: ['aws s3 sync public s3://$BUCKET --delete']\n`;
  const inPipeline = (own: string) => found({ '.gitlab-ci.yml': job(own) }).whole.jobs[0]?.options['buckets'];
  expect(inPipeline('')).toEqual(['tagged']);
  expect(inPipeline('  variables: { BUCKET: own }\n')).toEqual(['own']);
});

test('settings of a backend that a step takes in one input', () => {
  const step = (config: string) =>
    found(workflow(`- uses: dflook/terraform-plan@v1\n  with:\n    path: infra\n    backend_config: ${config}`)).whole
      .jobs[0]?.options;
  const wanted = { bucket: 'state', keys: ['web'], region: 'eu-west-1' };
  expect(step('bucket=state,key=web,region=eu-west-1')).toMatchObject(wanted);
  expect(step('|\n      bucket=state\n      key=web\n      region=eu-west-1')).toMatchObject(wanted);
});

const login = (inputs: string) =>
  found(
    workflow(
      `- uses: docker/login-action@v3\n  with: { ${inputs} }\n- run: docker push \${{ secrets.PLACE }}/web:1\n- uses: docker/build-push-action@v6\n  with: { push: true, tags: '\${{ secrets.PLACE }}/api:1' }`,
    ),
  ).jobs;

test.each([
  `registry: '\${{ secrets.PLACE }}'`,
  `registry: '\${{ secrets.PLACE }}', username: '\${{ secrets.AWS_ACCESS_KEY_ID }}', password: '\${{ secrets.AWS_SECRET_ACCESS_KEY }}'`,
  `registry: '\${{ secrets.AWS_ECR_HOST }}', username: a, password: b`,
  `registry: '\${{ vars.ECR_REGISTRY }}', username: a, password: b`,
])('a login with { %s } is one that only ECR takes', (inputs) => {
  expect(login(inputs)).toEqual(['ecr-docker-push repositories=web|api ?account ?region @6,8,9']);
});

test.each([
  `username: '\${{ secrets.USER }}', password: '\${{ secrets.WORD }}'`,
  `registry: '\${{ secrets.PLACE }}', username: '\${{ secrets.USER }}', password: '\${{ secrets.WORD }}'`,
  `registry: ghcr.io`,
  `registry: public.ecr.aws`,
  `registry: '\${{ env.PLACE }}', username: '\${{ secrets.SECRET_USER }}', password: x`,
])('a login with { %s } may be one of another registry', (inputs) => {
  expect(login(inputs)).toEqual([]);
});

test('a login to ECR by the action of Docker pushes nothing where only pulls are seen', () => {
  const steps = (command: string) =>
    found(workflow(`- uses: docker/login-action@v3\n  with: { registry: ${host} }\n- run: ${command}`)).jobs;
  expect(steps(`docker pull ${host}/web:1`).map((job) => job.split(' ')[0])).toEqual(['ecr-image-pull']);
  expect(steps('./push.sh').map((job) => job.split(' ')[0])).toEqual(['ecr-docker-push?']);
});

test('one page is a site, a report of a test is not', () => {
  const useCase = (command: string) => run(command).jobs.map((job) => job.split(' ')[0]);
  expect(useCase('aws s3 cp index.html s3://web/index.html')).toEqual(['static-site-s3-cloudfront']);
  expect(useCase('aws s3 cp 404.html s3://web/')).toEqual(['static-site-s3-cloudfront']);
  expect(useCase('aws s3 cp scan-report.html s3://reports/1.html')).toEqual(['s3-build-cache']);
  expect(useCase('aws s3 cp coverage.html s3://reports/1.html')).toEqual(['s3-build-cache']);
});

test('a login beside a question for an image pushes nothing, unless something else runs that nobody sees', () => {
  const steps = (command: string) =>
    found(
      workflow(
        `- uses: aws-actions/amazon-ecr-login@v2\n- run: aws ecr describe-images --repository-name web\n- run: ${command}`,
      ),
    );
  expect(steps('echo there').jobs).toEqual([]);
  expect(steps('echo there').notCovered).toContain('aws ecr describe-images @7');
  expect(steps('make push').jobs.map((job) => job.split(' ')[0])).toEqual(['ecr-docker-push?']);
});

test('the names of files that a loop goes over are not known', () => {
  const loop = (body: string) =>
    found(
      workflow(
        `- uses: aws-actions/amazon-ecr-login@v2\n  id: l\n- run: |\n    for file in images/*.tar; do ${body}; done`,
      ),
    ).whole.jobs.map(({ options, open }) => [options['repositories'], open.includes('repositories')]);
  const push = 'docker push "${{ steps.l.outputs.registry }}/$image:1"';
  expect(loop(`image="$(basename "$file" .tar)"; ${push}`)).toEqual([[undefined, true]]);
  expect(loop(`image=app-\${file##*/}; ${push}`)).not.toEqual([[['app-*.tar'], false]]);
  expect(run(`docker push ${host}/$(basename builds/web.tar .tar):1`).jobs[0]).toContain('repositories=web');
});

test('a variable that may hold a switch of `aws s3` is no place', () => {
  const { options, seen } = found(workflow('- run: aws s3 cp $DRY_RUN out/app.zip s3://parts/app/app.zip $MORE')).whole
    .jobs[0]!;
  expect([options['bucket'], options['access'], seen?.['key']]).toEqual(['parts', 'read-write', 'app/app.zip']);
  const whole = found(workflow('- run: aws s3 cp $FROM $TO')).whole.jobs;
  expect(whole.map(({ useCase, certain }) => [useCase, certain])).toEqual([['s3-build-cache', false]]);
});

test('the account of a base image is not the one that is pushed to', () => {
  const login = (account: string) =>
    `aws ecr get-login-password | docker login -u AWS --password-stdin ${account}.dkr.ecr.eu-west-1.amazonaws.com`;
  const account = (...commands: readonly string[]) => {
    const { options, open } = found(workflow(`- run: |\n${commands.map((one) => `    ${one}\n`).join('')}`)).whole
      .jobs[0]!;
    return [options['account'], open.includes('account')];
  };
  const push = 'docker push ${OWN}.dkr.ecr.eu-west-1.amazonaws.com/web:1';
  expect(account(login('${OWN}'), login('763104351884'), push)).toEqual([undefined, true]);
  expect(account(login('763104351884'), push)).toEqual(['763104351884', true]);
  expect(account(login('111122223333'), 'docker push "$IMAGE"')).toEqual(['111122223333', false]);
});

test('a workflow of another repository is told where it is given something of AWS', () => {
  const calls = (...jobs: readonly string[]) =>
    found({ '.github/workflows/a.yml': `on: push\njobs:\n${jobs.map((job, at) => `  j${at}: { ${job} }\n`).join('')}` })
      .notCovered;
  const at = 'acme/ci/.github/workflows';
  expect(
    calls(
      `uses: ${at}/ecr-push.yml@main`,
      `uses: ${at}/plan.yml@v1, with: { aws-region: eu-west-1 }`,
      `uses: ${at}/plan.yml@v2, secrets: { AWS_ACCOUNT_ID: x }`,
      `uses: ${at}/lint.yml@v1, with: { secrets-file: x, records: y }`,
      `uses: ${at}/test.yml@v1, secrets: inherit`,
    ),
  ).toEqual([`${at}/ecr-push.yml @3`, `${at}/plan.yml @4`, `${at}/plan.yml @5`]);
});
