import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };
import { operations } from './operations.js';
import { rules } from './rules.js';

export const cloudformation = defineService({
  name: 'cloudformation',
  model,
  rules,
  operations,
  described,
  // What is imported, and policies and hooks that are read from elsewhere, ask for permissions that no rule asks for.
  notServed:
    /^(?:CreateChangeSet|CreateStack|UpdateStack|SetStackPolicy)\.(?:ResourcesToImport|StackPolicy(?:DuringUpdate)?URL|NotificationARNs|RollbackConfiguration\.RollbackTriggers)/,
});
