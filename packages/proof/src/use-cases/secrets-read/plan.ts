import { secretsRead } from '@postern/core';
import type { CellOptions, ProofPlan } from '../../scenario.js';
import { cells } from './cells.js';
import { hostile } from './hostile.js';
import { parameterSteps } from './parameters.js';
import { actionSteps, secretSteps } from './secrets.js';
import { foundOf, head, parametersOf, pathsOf, prepare, secretsOf } from './values.js';

const readsSecrets = (options: CellOptions) => secretsOf(options).length + foundOf(options).length > 0;

export const secretsReadProof: ProofPlan = {
  useCase: secretsRead,
  cells,
  scenarios: [
    {
      name: 'parameters',
      title: 'read parameters one by one, together and by path, their history and their list, with the AWS CLI',
      applies: (options) => parametersOf(options).length + pathsOf(options).length > 0,
      prepare,
      steps: parameterSteps,
    },
    {
      name: 'secrets',
      title: 'find, describe and read secrets by name, ARN, prefix, stage and id, and in batches, with the AWS CLI',
      applies: readsSecrets,
      prepare,
      steps: secretSteps,
    },
    {
      name: 'action',
      title: 'the calls of the action aws-secretsmanager-get-secrets for names, ARNs and prefixes',
      applies: readsSecrets,
      prepare,
      steps: actionSteps,
    },
  ],
  hostile,
  unshown: [],
  ownBelow: (options) => [
    ...pathsOf(options).map(({ arn }) => `${arn}/`),
    ...options.names('secretPrefixes').map((prefix) => `${head(options, 'secretsmanager')}:secret:${prefix}`),
  ],
};
