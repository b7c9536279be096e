import { expect, test } from 'vitest';
import { findNearest } from '../../src/document/problem.js';

const ids = ['ec2', 'ecr-docker-push', 'ecr-image-pull', 'ecs-tasks', 'github-actions', 'gitlab', 'jenkins-oidc'];

test.each([
  // The beginning of one is that one, though another has fewer letters to change.
  ['github', 'github-actions'],
  ['GitHub', 'github-actions'],
  ['jenkins', 'jenkins-oidc'],
  ['ecs', 'ecs-tasks'],
  // The beginning of several is none of another name, and of them only what is near.
  ['ecr', undefined],
  ['ecr-image-pul', 'ecr-image-pull'],
  ['gitalb', 'gitlab'],
  ['githubactions', 'github-actions'],
  ['something', undefined],
  ['', undefined],
])('the nearest to `%s`', (word, nearest) => {
  expect(findNearest(word, ids)).toBe(nearest);
});
