import { trustOf, type FoundPolicies, type FoundDocument, type FoundPolicy } from './found.js';
import { documentAt, isObject, objectsIn, textOf } from './json-values.js';

type Json = Record<string, unknown>;

interface NamedDocument {
  readonly name: string;
  readonly document: FoundDocument;
}

/** The kinds of identity in `aws iam get-account-authorization-details`, and where their inline policies stand. */
const identities = [
  { kind: 'role', list: 'RoleDetailList', name: 'RoleName', inline: 'RolePolicyList' },
  { kind: 'user', list: 'UserDetailList', name: 'UserName', inline: 'UserPolicyList' },
  { kind: 'group', list: 'GroupDetailList', name: 'GroupName', inline: 'GroupPolicyList' },
] as const;

/**
 * Every identity of an account with its inline and attached policies, those of a user's groups too. Boundaries are not
 * part of it.
 */
export function findInAccount(details: Json): FoundPolicies {
  const notes: string[] = [];
  const managed = new Map<string, FoundDocument>();
  for (const policy of objectsIn(details['Policies'])) {
    const version = objectsIn(policy['PolicyVersionList']).find(({ IsDefaultVersion }) => IsDefaultVersion === true);
    if (version !== undefined) managed.set(textOf(policy['Arn']), documentAt(version['Document']));
  }
  const direct = (identity: Json, inline: string, name: string, elsewhere: Set<string>): NamedDocument[] => {
    const own = objectsIn(identity[inline]).map(({ PolicyName, PolicyDocument }) => ({
      name: textOf(PolicyName),
      document: documentAt(PolicyDocument),
    }));
    const attached = objectsIn(identity['AttachedManagedPolicies']).flatMap(({ PolicyArn }) => {
      const arn = textOf(PolicyArn);
      const document = managed.get(arn);
      if (document !== undefined) return { name: arn.slice(arn.lastIndexOf('/') + 1), document };
      notes.push(`${name}: \`${arn}\` is attached and not in the file`);
      elsewhere.add(arn);
      return [];
    });
    return [...own, ...attached];
  };
  const groups = new Map(
    objectsIn(details['GroupDetailList']).map((group) => [textOf(group['GroupName']), group] as const),
  );
  const policies = identities.flatMap(({ kind, list, name: nameKey, inline }): FoundPolicy[] =>
    objectsIn(details[list]).flatMap((identity) => {
      const name = `${kind}/${textOf(identity[nameKey])}`;
      const elsewhere = new Set<string>();
      const found = direct(identity, inline, name, elsewhere);
      const memberOf = kind === 'user' && Array.isArray(identity['GroupList']) ? identity['GroupList'] : [];
      for (const member of memberOf) {
        const group = groups.get(textOf(member));
        if (group !== undefined) found.push(...direct(group, 'GroupPolicyList', `group/${textOf(member)}`, elsewhere));
      }
      if (isObject(identity['PermissionsBoundary'])) notes.push(`${name}: its permissions boundary is not looked at`);
      const aliases = [textOf(identity['Arn']), textOf(identity[nameKey])].filter((alias) => alias !== '');
      if (found.length + elsewhere.size === 0) return [];
      const documents = found.map(({ document }) => document);
      return [
        {
          name,
          aliases,
          documents,
          documentNames: found.map((one) => one.name),
          holders: documents.map(() => 'saved'),
          elsewhere: [...elsewhere],
        },
      ];
    }),
  );
  const trust = objectsIn(details['RoleDetailList']).flatMap((role) => {
    if (role['AssumeRolePolicyDocument'] === undefined) return [];
    const name = `role/${textOf(role['RoleName'])}`;
    const whole = policies.find((policy) => policy.name === name);
    return trustOf(name, [documentAt(role['AssumeRolePolicyDocument'])], {
      maxSessionDuration: role['MaxSessionDuration'],
      aliases: [textOf(role['Arn']), textOf(role['RoleName'])].filter((alias) => alias !== ''),
      // An account's details are whole: a role without policies there has none.
      permissions: { documents: whole?.documents ?? [], elsewhere: whole?.elsewhere ?? [] },
    });
  });
  return { policies, trust, notes: Array.from(new Set(notes)) };
}
