import type { TextForm } from './option/form.js';
import { oneOf, single, toggle, type Option } from './kinds/index.js';
import { partitionPattern, regionPattern } from './place.js';

export type { RefusedText, ResourceForm, TextForm, UrlForm } from './option/form.js';
export * from './kinds/index.js';

/** The options of an entry by name, in the order they are shown. */
export type OptionSet = Readonly<Record<string, Option>>;

/** How wide the lists of an entry may be. */
export const scope = oneOf(
  ['exact', 'pattern', 'account'],
  'How wide the lists may be: exact names, patterns with * and ?, or everything in the account and region.',
  { default: 'exact' },
);

/** An account id: 12 digits, leading zeros included. */
export const accountForm: TextForm = {
  title: 'AWS account id',
  example: '123456789012',
  pattern: '^[0-9]{12}$',
  says: '12 digits',
  shortest: 12,
  longest: 12,
  refuse: [
    {
      pattern: '^([0-9]{4})[ -]([0-9]{4})[ -]([0-9]{4})$',
      say: 'has signs between its digits: write the digits alone',
      here: '`$1$2$3`',
    },
    {
      pattern: '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):.*$',
      say: 'is an ARN: write the account in it alone',
      here: '`$1`',
    },
  ],
};

/** A region, whether AWS has one of the name or not. */
export const regionForm: TextForm = {
  title: 'AWS region',
  example: 'eu-west-1',
  pattern: regionPattern,
  says: 'lower case words and a number joined by hyphens',
  shortest: 5,
  longest: 40,
  isRegion: true,
  refuse: [
    {
      pattern: '^([a-z]{2,5}(?:-[a-z]{2,10}){1,3}-[0-9]{1,2})(?:-[a-z]{3}-[0-9]{1,2})?[a-z]$',
      say: 'is a zone: write the region that it is in',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:[^:]*:([a-z0-9-]+):.*$',
      say: 'is an ARN: write the region in it alone',
      here: '`$1`',
    },
  ],
};

export const partitionForm: TextForm = {
  title: 'AWS partition',
  example: 'aws',
  pattern: partitionPattern,
  says: '`aws`, or `aws-` and a name',
  shortest: 3,
  longest: 40,
};

/** Where the resources are; spread into every entry. An ARN given elsewhere supplies what is missing here. */
export const place = {
  account: single(accountForm, 'The account of the resources; not needed where full ARNs are given.'),
  region: single(regionForm, 'The region of the resources; not needed where full ARNs are given.'),
  partition: single(partitionForm, 'The partition of the resources; follows from the region.'),
  allowUnknownRegion: toggle('Take a region that postern does not know; needs the partition.'),
};
