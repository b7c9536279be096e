import { describe, expect, test } from 'vitest';
import {
  arn as arnOf,
  build,
  defineUseCase,
  ecrDockerPush,
  infer,
  list,
  place,
  tryBuild,
  type OptionsOf,
} from '../../src/index.js';

const entry = defineUseCase({
  id: 'elsewhere',
  title: 'Elsewhere',
  summary: 'A test.',
  excludes: 'Nothing.',
  options: { repositories: list(ecrDockerPush.options.repositories.form, 'Some.', { elsewhere: true }), ...place },
  statements: [
    { sid: 'Pull', actions: { 'ecr:BatchGetImage': 'read' }, resources: [arnOf('repositories')], evidence: [] },
  ],
});

const far = 'arn:aws:ecr:us-east-1:999999999999:repository/my-app';
const here = { account: '123456789012', region: 'eu-west-1' };

function problemsOf(options: OptionsOf<typeof entry>): string[] {
  return tryBuild(entry, options).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a resource that may be elsewhere', () => {
  test('is in another account and region, beside the same name here', () => {
    const options = { repositories: ['my-app', far], ...here };
    expect(problemsOf(options)).toEqual([]);
    const near = 'arn:aws:ecr:eu-west-1:123456789012:repository/my-app';
    expect(build(entry, options).Statement[0]?.Resource).toEqual([near, far]);
  });

  test('is told back from requests', () => {
    const near = 'arn:aws:ecr:eu-west-1:123456789012:repository/base';
    const requests = [far, near].map((resource) => ({ action: 'ecr:BatchGetImage', resource, context: {} }));
    expect(infer(entry, requests).options).toMatchObject({ repositories: [far, near] });
    expect(infer(entry, requests, { place: here }).document).toEqual(build(entry, { repositories: [far, near] }));
  });

  test('is in the same partition, and named once', () => {
    const china = 'arn:aws-cn:ecr:cn-north-1:999999999999:repository/my-app';
    expect(problemsOf({ repositories: [far, china] })[0]).toMatch(/has the partition `aws-cn`/);
    expect(problemsOf({ repositories: [far, far] })[0]).toMatch(/already stands at/);
    expect(problemsOf({ repositories: ['my-app', 'my-app'], ...here })[0]).toMatch(/already stands at/);
  });
});
