import { operations } from './operations.js';
import { rules } from './rules.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };

export const ecs = defineService({
  name: 'ecs',
  model,
  rules,
  operations,
  described,
  notServed:
    /^(?:CreateService|UpdateService)\.(?:role$|gatewayConnectors|.*(?:lifecycleHooks|advancedConfiguration|vpcLatticeConfigurations|tls)\..*(?:roleArn|kmsKey)$)/,
});
