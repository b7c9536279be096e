import { exposedIn } from '../../exposure.js';
import type { LintRule } from '../../rule.js';
import { credentialsReturning } from './actions.js';

export const credentialsExposure: LintRule = {
  id: 'credentials-exposure',
  place: 270,
  title: 'Actions that answer with the credentials of others are allowed on everything',
  reason: 'Whoever reads such an answer acts as someone else, outside of what this policy says.',
  source: 'https://github.com/salesforce/cloudsplaining/blob/master/cloudsplaining/shared/constants.py',
  level: 'warning',
  async check({ document, reference }) {
    return exposedIn(document, reference, credentialsReturning, 'answers with credentials, a password or a token');
  },
};
