import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };
import { operations } from './operations.js';
import { rules } from './rules.js';

export const lambda = defineService({
  name: 'lambda',
  model,
  rules,
  operations,
  described,
  // Keys of KMS, a network (for which EC2 is asked), file systems, and configuration of capacity and of signing elsewhere.
  notServed:
    /^(?:CreateFunction|UpdateFunctionCode|UpdateFunctionConfiguration)\.(?:.*KMSKeyArn$|VpcConfig\.|FileSystemConfigs|CapacityProviderConfig|PublishTo|DurableConfig)/,
});
