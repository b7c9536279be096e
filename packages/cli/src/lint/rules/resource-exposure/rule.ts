import { exposedIn } from '../../exposure.js';
import type { LintRule } from '../../rule.js';
import { resourceExposing } from './actions.js';

export const resourceExposure: LintRule = {
  id: 'resource-exposure',
  place: 280,
  title: 'Actions that open resources to others are allowed on everything',
  reason:
    'A policy, a share or a grant written by a job may open what it was never meant to touch to other accounts, or to everyone.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html',
  level: 'warning',
  async check({ document, reference }) {
    return exposedIn(document, reference, resourceExposing, 'can open it to other accounts');
  },
};
