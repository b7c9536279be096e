import { trustRule } from '../../trust-rule.js';

export const trustEditableSubject = trustRule({
  id: 'trust-editable-subject',
  code: 'T20',
  place: 590,
  title: 'The subject begins with what whoever edits a workflow chooses',
  reason: 'Without the repository in it, another repository can have the same subject.',
  source: 'https://www.checkov.io/5.Policy%20Index/terraform.html',
  level: 'warning',
});
