import { compare, compilePattern, readPattern, type PolicyDocument } from '@postern/core';
import { onlyAction } from '../../only-action.js';
import type { Rule, RuleFinding } from '../../rule.js';
import { paths } from './paths.js';

export const escalation: Rule = {
  id: 'escalation',
  title: 'What the policy allows can be turned into more',
  reason: 'A known path leads from these actions to the rights of another role or user.',
  source: 'https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation',
  level: 'warning',
  looksAt: 'identity',
  async check({ documents }) {
    const allowed = new Map<string, boolean>();
    const isAllowed = (action: string, service: string | undefined): boolean => {
      const key = `${action} ${service}`;
      const known = allowed.get(key);
      if (known !== undefined) return known;
      const fence = action === 'iam:PassRole' && service !== undefined ? [onlyService(service)] : [];
      const about = documents.map((document) => statementsAbout(document, action));
      const answer =
        about.some(({ Statement }) => Statement.some(({ Effect }) => Effect === 'Allow')) &&
        compare([], [...about, onlyAction(action), ...fence]).gained !== null;
      allowed.set(key, answer);
      return answer;
    };
    return paths.flatMap(({ id, actions, service, how }): RuleFinding[] => {
      if (!actions.every((action) => isAllowed(action, service))) return [];
      const list = actions.map((action) => `\`${action}\``).join(' and ');
      return [
        {
          path: '',
          message: `${list} ${actions.length === 1 ? 'opens' : 'open'} the path \`${id}\`, which ${how}: name the resources, or add a boundary`,
        },
      ];
    });
  },
};

/** The statements that count for the action: most documents have none, or few. */
function statementsAbout(document: PolicyDocument, action: string): PolicyDocument {
  const matches = (pattern: string): boolean =>
    compilePattern(readPattern(pattern.toLowerCase()))(action.toLowerCase());
  return {
    ...document,
    Statement: document.Statement.filter(({ Action }) => Action === undefined || Action.some(matches)),
  };
}

/** Denies every request that is not for a role passed to this service. */
function onlyService(service: string): PolicyDocument {
  const Condition = { StringNotEqualsIfExists: { 'iam:PassedToService': [service] } };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition }] };
}
