import type { RuleCases } from '../../rule.js';

const buckets = (count: number) => Array.from({ length: count }, (_, index) => `arn:aws:s3:::bucket-${index}/*`);
const read = (count: number) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: buckets(count) });

export const cases: RuleCases = {
  bad: [
    { statements: [read(300)], paths: [''], levels: ['warning'] },
    { statements: [read(500)], paths: [''], levels: ['warning'], says: ['permission set'] },
    { statements: [read(1_200)], paths: [''], levels: ['error'] },
  ],
  good: [[read(100)]],
};
