import type { Service } from '../../server/call.js';
import { failJson, identifyJson } from '../../protocols/json.js';
import { operations } from './operations.js';
import { rules } from './rules.js';

export const ecs: Service = {
  name: 'ecs',
  identify: identifyJson,
  rules,
  operations,
  fail: failJson,
  denied: { status: 400, code: 'AccessDeniedException' },
};
