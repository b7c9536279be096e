import type { RuleCases } from '../../rule.js';

const many = Array.from({ length: 300 }, (_, index) => `arn:aws:s3:::bucket-${index}/*`);

export const cases: RuleCases = {
  bad: [{ statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: many }], paths: [''] }],
  good: [[{ Effect: 'Allow', Action: 's3:GetObject', Resource: many.slice(0, 100) }]],
};
