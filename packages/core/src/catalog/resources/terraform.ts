import type { TextForm } from '../../use-case/option.js';

/** The name of a workspace: what a URL path can hold without escapes, as terraform asks. */
export const terraformWorkspace: TextForm = {
  title: 'terraform workspace',
  example: 'staging',
  pattern: '^[A-Za-z0-9_.~$&+:=@-]+$',
  wildcardPattern: '^[A-Za-z0-9_.~$&+:=@*?-]+$',
  says: 'letters, digits and `-_.~$&+:=@`',
  shortest: 1,
  longest: 90,
  refuse: [
    {
      pattern: '^default$',
      say: 'keeps its state at the key itself: leave it out, and see the option `defaultWorkspace`',
    },
    { pattern: '^[.][.]?$', say: 'is a path segment that terraform cleans away: name another workspace' },
  ],
};
