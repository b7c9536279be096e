import { quotas, size, type PolicyDocument } from '@postern/core';

/** With commas; `toLocaleString` would load the tables of all languages first. */
function count(characters: number): string {
  return String(characters).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** What is said of a document that is too large for a managed policy; nothing where it is not. */
export function oversizeProblems(document: PolicyDocument): string[] {
  const { characters, title } = quotas.managedPolicy;
  if (size(document) <= characters) return [];
  const say = `the document has ${count(size(document))} characters, and a ${title} at most ${count(characters)}`;
  return [
    `${say}: write \`--split\` for several policies, give fewer names or a wider scope, or print \`json\` for an inline policy`,
  ];
}

/** How large a permissions policy is, of what a managed policy may have. */
export function describeSize(document: PolicyDocument): string {
  const { managedPolicy, rolePolicies } = quotas;
  const text = `size: ${count(size(document))} of ${count(managedPolicy.characters)} characters that a ${managedPolicy.title} may have`;
  if (size(document) <= managedPolicy.characters) return text;
  const instead = 'write `--split` for several policies';
  if (size(document) > rolePolicies.characters)
    return `${text}: too large for one, ${instead}, or give fewer names or a wider scope`;
  return `${text}: too large for one, ${instead}, put it inline into a role (${count(rolePolicies.characters)}), or give fewer names`;
}

/** What is said of a trust policy that is larger than AWS takes after any request; nothing where it is not. */
export function oversizeTrustProblems(document: PolicyDocument): string[] {
  const { largest } = quotas.trustPolicy;
  if (size(document) <= largest) return [];
  return [
    `the trust policy has ${count(size(document))} characters, and AWS takes ${count(largest)} at most: make a role for each part of the list`,
  ];
}

/** How large a trust policy is, of what it may have. */
export function describeTrustSize(document: PolicyDocument): string {
  const { characters, largest } = quotas.trustPolicy;
  const text = `size: ${count(size(document))} of ${count(characters)} characters that a trust policy may have`;
  if (size(document) <= characters) return text;
  return `${text}: too large unless the quota of the account is raised, to ${count(largest)} at most`;
}
