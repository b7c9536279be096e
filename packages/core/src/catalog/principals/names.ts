import type { RefusedText, TextForm } from '../../use-case/option.js';
import { sayInstead } from '../resources/say-instead.js';

/** What a name of a CI system is said to be. */
export interface NameAbout {
  readonly title: string;
  readonly example: string;
  readonly says: string;
  /** Of the whole text; any text without colon, slash and wildcards where nothing is said. */
  readonly pattern?: string;
  readonly longest?: number;
  readonly refuse?: readonly RefusedText[];
}

/** A name that stands between colons in a subject: one with a colon could be read as two parts. */
export function namePart({ pattern, longest = 255, refuse = [], ...about }: NameAbout): TextForm {
  return {
    ...about,
    pattern: pattern ?? '^[^:/*?\\x00-\\x1f]+$',
    shortest: 1,
    longest,
    refuse: [
      ...refuse,
      {
        pattern: '^[^:]*[^:/]:[^/].*$',
        say: 'holds a colon, which stands between the parts of a subject: write the name alone',
      },
    ],
  };
}

/** An id of 36 characters, which some systems show in braces. */
export function uuid(
  title: string,
  example: string,
  says = 'the id in lower case, 8-4-4-4-12 hexadecimal digits',
): TextForm {
  return {
    title,
    example,
    says,
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    shortest: 36,
    longest: 36,
    refuse: [{ pattern: '^\\{(.*)\\}$', say: 'has braces around it: write the id alone', here: '`$1`' }],
  };
}

/** A number that a system gives. */
export function numberId(title: string, example: string, says: string): TextForm {
  return { title, example, says, pattern: '^[1-9][0-9]*$', shortest: 1, longest: 25 };
}

/** A host of one's own; `of` is the service that is none. */
export function hostForm(title: string, example: string, of: string): TextForm {
  return {
    title,
    example,
    says: 'the host name in lower case, with the port if it has one',
    pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+(:[0-9]+)?$',
    shortest: 3,
    longest: 253,
    refuse: [
      { pattern: '^https?://([^/]+)(?:/.*)?$', say: 'is a URL: write the host in it alone', here: '`$1`' },
      { pattern: '^([^/]+)/.*$', say: 'holds a path: write the host alone', here: '`$1`' },
      { pattern: `^${of.replaceAll('.', '\\.')}$`, say: 'is no host of your own: leave `host` out' },
    ],
  };
}

/** One of a few words that stand in a subject. */
export function word(title: string, words: readonly string[]): TextForm {
  return {
    title,
    example: words[0]!,
    says: words.join(', ').replace(/, ([^,]*)$/, ' or $1'),
    pattern: `^(${words.join('|')})$`,
    shortest: 1,
    longest: 40,
  };
}

const refName = {
  pattern: '^[^\\s~^:*?[\\\\\\x00-\\x1f]+$',
  wildcardPattern: '^[^\\s~^:*?[\\\\\\x00-\\x1f][^\\s~^:[\\\\\\x00-\\x1f]*$',
  shortest: 1,
  longest: 255,
};

/** A branch, which is never all of them. */
export const branch: TextForm = {
  title: 'branch',
  example: 'main',
  says: 'the name of the branch without `refs/heads/`',
  ...refName,
  refuse: [
    { pattern: '^refs/heads/(.+)$', say: 'is a whole ref: write the branch alone', here: '`$1`' },
    { pattern: '^refs/tags/', say: 'is a tag: write it under `tags`, without `refs/tags/`' },
    { pattern: '^refs/', say: 'is neither branch nor tag: name a branch' },
    { pattern: '^[*?]+$', say: 'lets every branch in: name those that may get in' },
    { pattern: '^[*?]', say: 'begins with a wildcard: write all before a wildcard in full' },
  ],
};

/** A branch in an entry that takes no tags. */
export const branchAlone = sayInstead(branch, '^refs/tags/', 'is a tag, and this is for branches: name one');

/** A tag. */
export const tag: TextForm = {
  title: 'tag',
  example: 'v1.4.2',
  says: 'the name of the tag without `refs/tags/`',
  ...refName,
  refuse: [
    { pattern: '^refs/tags/(.+)$', say: 'is a whole ref: write the tag alone', here: '`$1`' },
    { pattern: '^refs/', say: 'is no tag: write a branch under `branches`, without `refs/heads/`' },
    { pattern: '^[*?]+$', say: 'lets every tag in: name those that may get in, or begin the pattern, such as `v*`' },
    { pattern: '^[*?]', say: 'begins with a wildcard: write all before a wildcard in full' },
  ],
};
