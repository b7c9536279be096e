import type { ResourceForm, TextForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

const signs = '^[A-Za-z0-9/_+=.@-]+$';

/**
 * A secret. Secrets Manager puts a hyphen and six characters of its own behind the name in an ARN, so that a policy for a name
 * says `-??????`, and for an ARN that is known says them.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export const secret: ResourceForm = {
  title: 'secret',
  example: 'app/production/token',
  pattern: signs,
  says: 'letters, digits and `/_+=.@-`',
  shortest: 1,
  longest: 512,
  refuse: [
    {
      pattern:
        '^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:((?:[^:]*[^A-Za-z0-9?:][^:]{0,5})|(?:[^:]*[^-:][^:]{6})|(?:[^:]{1,6}))$',
      say: 'is an ARN without the hyphen and the six characters that end one: write the whole ARN, or with `-??????` where they are not known, or the name alone',
      here: '`$1`',
    },
    {
      pattern: '^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+):.*$',
      say: 'has a JSON key, a stage or a version behind it, and permissions are for the whole secret: write the ARN without',
      here: '`$1`',
    },
    {
      pattern: '^secret:([^:]+)-[A-Za-z0-9]{6}(?::.*)?$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^secret:([^:]+)(?::.*)?$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^([A-Za-z0-9/_+=.@-]{4,}):(?:[^/].*)?$',
      say: 'has a JSON key, a stage or a version behind it, and permissions are for the whole secret: write the name without',
      here: '`$1`',
    },
    {
      pattern: '^([^:]+)-[?]{6}$',
      say: 'ends with `-??????`, which is put behind a name anyway: write it without',
      here: '`$1`',
    },
    {
      pattern: '^[A-Z0-9_]*,\\s*(.+)$',
      say: 'has an alias before it, as the action takes it: write the secret alone',
      here: '`$1`',
    },
    {
      pattern: '[{][{]|^resolve:',
      say: 'is a reference in a template: write the name of the secret alone',
    },
    { pattern: '^[A-Za-z][A-Za-z0-9+.-]*://', say: 'is a URL: write the name of the secret alone' },
    {
      pattern: '^(.+)[*]$',
      say: 'ends with a star: give the text before it as `secretPrefixes`',
      here: '`$1`',
    },
    {
      pattern: '(^|/)[.][.](/|$)',
      say: 'holds `..`, and no name goes up: write the plain name',
    },
  ],
  arn: { service: 'secretsmanager', regional: true, account: true, resource: ['secret:', itself, '-??????'] },
};

/** What the names of several secrets begin with. */
export const secretPrefix: TextForm = {
  title: 'prefix of secret names',
  example: 'app/production/',
  pattern: signs,
  says: 'letters, digits and `/_+=.@-`',
  shortest: 1,
  longest: 511,
  refuse: [
    { pattern: '^[*]?$', say: 'stands for every secret of the account: give what the names begin with' },
    { pattern: '^/+[*]?$', say: 'stands for every secret whose name begins with a slash: give more of the names' },
    {
      pattern: '^(.+)[*]$',
      say: 'ends with a star, which is put behind it anyway: write it without',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:([^:*]+)[*]?$',
      say: 'is an ARN: write what the names begin with',
      here: '`$1`',
    },
    {
      pattern: '(^|/)[.][.]?(/|$)',
      say: 'holds a dot segment, and no name goes up or stays: write the plain prefix',
    },
    { pattern: '^[A-Za-z][A-Za-z0-9+.-]*://', say: 'is a URL: write what the names of the secrets begin with' },
    { pattern: '//', say: 'holds two slashes in a row: write the plain prefix' },
  ],
};

/** A staging label of a secret's version. */
export const versionStage: TextForm = {
  title: 'version stage',
  example: 'AWSPREVIOUS',
  pattern: '^[A-Za-z0-9_.+=@/-]+$',
  says: 'letters, digits and `_.+=@/-`',
  shortest: 1,
  longest: 256,
};
