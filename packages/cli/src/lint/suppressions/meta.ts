import type { RuleAbout } from '../rule.js';

export const badSuppression: RuleAbout = {
  id: 'bad-suppression',
  title: 'A suppression is not heeded',
  reason: 'It names no rule that there is, or gives no reason, so that nobody can tell whether it still holds.',
  source: 'https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments',
  level: 'warning',
};

export const unusedSuppression: RuleAbout = {
  id: 'unused-suppression',
  title: 'A suppression suppresses nothing',
  reason: 'What it was for is mended or moved; left where it is, it would hide the next one.',
  source: 'https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments',
  level: 'warning',
};
