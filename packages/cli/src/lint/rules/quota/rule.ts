import { quotas, size, type PolicyDocument } from '@postern/core';
import { expressionsIn } from '../../../policies/deferred.js';
import type { PolicyHolder } from '../../../policies/found.js';
import { finding, type LintRule, type RuleFinding } from '../../rule.js';

/** @see https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html */
const permissionSet = 32_768;

/** What each holder keeps in one document, and in all where that is the same number; AWS has measured what it has saved. */
const most: Readonly<Record<Exclude<PolicyHolder, 'saved'>, { readonly what: string; readonly characters: number }>> = {
  managed: { what: 'a managed policy holds', characters: quotas.managedPolicy.characters },
  role: { what: 'all inline policies of a role hold', characters: quotas.rolePolicies.characters },
  group: { what: 'all inline policies of a group hold', characters: quotas.groupPolicies.characters },
  user: { what: 'all inline policies of a user hold', characters: quotas.userPolicies.characters },
  'permission set': { what: 'the inline policy of a permission set holds', characters: permissionSet },
};

export const quota: LintRule = {
  id: 'quota',
  place: 20,
  title: 'The document is larger than AWS saves',
  reason:
    'A managed policy holds 6,144 characters, all inline policies of a role 10,240, of a group 5,120, of a user 2,048, and the inline policy of a permission set 32,768.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  level: 'warning',
  async check({ document, source, holder }) {
    if (holder === 'saved') return [];
    const length = lengthOf(source ?? document, document);
    if (holder === undefined) return unknownHolder(length);
    // What identities keep inline counts together, below.
    return ['managed', 'permission set'].includes(holder) ? report([length], holder, 0) : [];
  },
  async checkIdentity({ kept = [] }) {
    return (['role', 'group', 'user'] as const).flatMap((holder) => {
      const inline = kept.filter((one) => one.holder === holder);
      return report(
        inline.map(({ source }) => lengthOf(source)),
        holder,
        inline[0]?.document ?? 0,
      );
    });
  },
};

/** How long a document is as it is written, white space between its parts left out. */
interface Length {
  readonly characters: number;
  /** With the white space inside of texts left out too: whether IAM counts that, it does not say. */
  readonly least: number;
  readonly isOpen: boolean;
}

function lengthOf(source: unknown, document?: PolicyDocument): Length {
  const text = JSON.stringify(source) ?? '';
  const characters = document === undefined ? text.length : Math.min(text.length, size(document));
  const white = text.match(/\s|\\[nrt]/g)?.length ?? 0;
  return { characters, least: characters - white, isOpen: text.includes('«') && expressionsIn(source).length > 0 };
}

function report(lengths: readonly Length[], holder: Exclude<PolicyHolder, 'saved'>, document: number): RuleFinding[] {
  const { what, characters } = most[holder];
  const sum = lengths.reduce((all, one) => all + one.characters, 0);
  if (sum <= characters) return [];
  const isSure =
    lengths.every(({ isOpen }) => !isOpen) && lengths.reduce((all, one) => all + one.least, 0) > characters;
  const about = lengths.some(({ isOpen }) => isOpen) ? 'about ' : '';
  const said = lengths.length > 1 ? `its ${lengths.length} inline policies have` : 'the document has';
  const instead = holder === 'managed' ? 'divide it' : 'move a part into a managed policy, or divide it';
  const level = isSure ? ('error' as const) : ('warning' as const);
  return [finding('', `${said} ${about}${sum} characters and ${what} ${characters}`, instead, { level, document })];
}

/** Where nothing says what is to keep the document, only what nothing keeps is an error. */
function unknownHolder({ characters, least }: Length): RuleFinding[] {
  const { managedPolicy, rolePolicies } = quotas;
  if (characters <= managedPolicy.characters) return [];
  const has = `the document has ${characters} characters, and`;
  if (least > permissionSet) {
    return [
      finding('', `${has} no identity holds more than ${permissionSet} in one policy`, 'divide it', { level: 'error' }),
    ];
  }
  if (characters > rolePolicies.characters) {
    return [
      finding(
        '',
        `${has} a role holds ${rolePolicies.characters} inline`,
        'divide it, unless it is that of a permission set',
      ),
    ];
  }
  const instead = `divide it, or keep it inline in a role, which holds ${rolePolicies.characters} in all`;
  return [finding('', `${has} a managed policy holds ${managedPolicy.characters}`, instead)];
}
