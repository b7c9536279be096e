import { finding, type LintRule } from '../../rule.js';

/** Twelve hours, the most that a role may have. */
const longest = 43_200;

export const trustLongSession: LintRule = {
  id: 'trust-long-session',
  code: 'T21',
  place: 600,
  title: 'A session of the role may last twelve hours',
  reason: 'What leaks from a job is good for that long.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html',
  level: 'note',
  async check({ document, maxSessionDuration = 0 }) {
    const forTokens = document.Statement.some(
      ({ Principal }) => typeof Principal === 'object' && 'Federated' in Principal,
    );
    if (!forTokens || maxSessionDuration < longest) return [];
    const what = `a session of the role may last ${maxSessionDuration} seconds, and a job seldom runs for an hour`;
    return [finding('', what, 'leave the duration at 3600 seconds, or what the longest job needs')];
  },
};
