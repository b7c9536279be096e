import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const jobs = (steps: string) => found(workflow(steps)).jobs;

test('sam deploy says its stack, its role, its bucket and its images by its flags', () => {
  const command =
    '- run: sam deploy --template-file packaged.yaml --stack-name my-stack --s3-bucket my-artifacts --s3-prefix app --kms-key-id 1234abcd-12ab-34cd-56ef-1234567890ab --role-arn arn:aws:iam::123456789012:role/my-stack-role --image-repository 123456789012.dkr.ecr.eu-west-1.amazonaws.com/app/images --tags team=web --region eu-west-1 --no-confirm-changeset';
  expect(jobs(command)).toEqual([
    'sam-deploy bucket=my-artifacts images=given kmsKey=1234abcd-12ab-34cd-56ef-1234567890ab prefixes=app region=eu-west-1 repositories=app/images serviceRole=arn:aws:iam::123456789012:role/my-stack-role stackTags=true stacks=my-stack @6',
  ]);
});

test('without a prefix the artifacts stand at the top of the bucket, also of the one that SAM manages', () => {
  expect(jobs('- run: sam deploy --stack-name a --s3-bucket my-artifacts --region eu-west-1')[0]).toContain(
    'wholeBucket=true',
  );
  const [managed = ''] = jobs('- run: sam deploy --guided --stack-name a --resolve-s3 --resolve-image-repos');
  expect(managed).toContain('images=companion resolveS3=existing stacks=a wholeBucket=true');
  const [inline = ''] = jobs('- run: sam deploy --stack-name a --region eu-west-1');
  expect(inline).not.toMatch(/wholeBucket|resolveS3|images/);
});

test('what deploys nothing is a review, and what fails is deleted where the command says so', () => {
  expect(jobs('- run: sam deploy --stack-name a --no-execute-changeset')[0]).toContain('access=review');
  expect(jobs('- run: sam deploy --stack-name a --on-failure DELETE')[0]).toContain('deleteFailed=true');
  expect(jobs('- run: sam deploy --stack-name a --s3-bucket bbb --on-failure DELETE')[0]).toContain(
    'deleteFailed=true stacks=a wholeBucket=true',
  );
  expect(jobs('- run: sam deploy --stack-name a --on-failure ROLLBACK')[0]).not.toContain('deleteFailed');
});

test('sam sync, sam delete and sam validate are of the same job', () => {
  expect(jobs('- run: sam sync --stack-name dev --no-watch')[0]).toContain('resolveS3=existing stacks=dev sync=true');
  expect(jobs('- run: sam delete --no-prompts --stack-name dev --region eu-west-1')[0]).toContain(
    'deleteStacks=true region=eu-west-1 stacks=dev',
  );
  const [both = '', ...more] = jobs(
    '- run: |\n    sam validate --lint\n    sam build --use-container\n    sam deploy --stack-name a',
  );
  expect(both).toContain('stacks=a validateTemplates=true');
  expect(more).toEqual([]);
});

test('the stack that samconfig.toml says is asked for', () => {
  const { jobs: asked, notCovered } = found(
    workflow('- uses: aws-actions/setup-sam@v2\n- run: sam deploy --config-env prod --no-fail-on-empty-changeset'),
  );
  expect(asked).toEqual(['sam-deploy ?account ?region ?stacks @6,7']);
  expect(notCovered).toEqual([]);
});

test('what makes roles is told as what no entry covers', () => {
  expect(jobs('- run: sam pipeline bootstrap --stage dev')[0]).toMatch(/^sam-deploy\? /);
  expect(jobs('- run: sam build')).toEqual([]);
  expect(jobs('- run: sam local invoke --event event.json')).toEqual([]);
});
