import { terraformRemoteStateS3 } from '@postern/core';
import type { ProofPlan, Unshown } from '../../scenario.js';
import { cells } from './cells.js';
import { hostile } from './hostile.js';
import { scenarios } from './scenarios.js';

const keyless = 'Null dynamodb:LeadingKeys';

const unshown: Unshown[] = [
  ...['LockItems', 'DigestItems', 'DeleteWorkspaceDigests'].map(
    (sid): Unshown => ({
      atom: `${sid}: condition ${keyless}`,
      outcome: 'claimed',
      why: 'GetItem, PutItem and DeleteItem always name a key, so no request of these actions comes without one: the condition guards against an action that is added later',
      source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html',
    }),
  ),
  {
    // Where a state has to be found missing, or a workspace found at all, it is proved.
    atom: 'ListBucket',
    outcome: 'tolerated',
    why: 'terraform from 1.7.2 on goes on where it may not list workspaces, if the state it wants is there; 1.6.0 to 1.7.1 and OpenTofu 1.6 stop',
    source: 'hashicorp/terraform at 883c7221: internal/backend/remote-state/s3/backend_state.go, Workspaces',
  },
  {
    atom: 'LockTableKey',
    outcome: 'claimed',
    why: 'whether DynamoDB asks for the permissions of the caller on a key of his own cannot be seen without an account',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html',
  },
];

export const terraformRemoteStateS3Proof: ProofPlan = {
  useCase: terraformRemoteStateS3,
  cells,
  scenarios,
  hostile,
  unshown,
};
