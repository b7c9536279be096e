import { expect, test } from 'vitest';
import { withoutAsset } from '../src/cdk.js';

const refused = "app: fail: Bucket named 'b' exists, but we dont have access to it.";

test.each([
  `${refused} Failed to build asset 6105:current-us-east-1`,
  `${refused} Failed to publish asset 5da2:current ‣ AggregateError:\nat publish`,
])('a refusal is told without the asset that met it first: %s', (message) => {
  expect(withoutAsset(message)).toBe(refused);
});

test('what is no refusal of the bucket stays whole', () => {
  const message = 'app: fail: docker build failed. Failed to build asset 6105';
  expect(withoutAsset(message)).toBe(message);
});
