import { operations } from './operations.js';
import { rules } from './rules.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };

export const ecr = defineService({
  name: 'ecr',
  model,
  rules,
  operations,
  described,
  notServed: /^CreateRepository\.encryptionConfiguration\.kmsKey$/,
});
