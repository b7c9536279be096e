import type { EscalationPath } from '../path.js';

export const stsPaths: readonly EscalationPath[] = [
  {
    id: 'sts-001',
    actions: ['sts:AssumeRole'],
    gives: 'takes any role that trusts the account',
    source: { pathfinding: 'sts-001' },
  },
];
