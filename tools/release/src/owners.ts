/** Owners by which GitHub can ask nobody: domains that are reserved for examples, and addresses that take no mail. */
const placeholder = /(?:[@.](?:example|invalid|test|localhost)|@example\.(?:com|org|net))$|\bno-?reply\b/i;
const owner = /^(?:@[\w.-]+(?:\/[\w.-]+)?|[^\s@]+@[\w-]+(?:\.[\w-]+)+)$/;

/**
 * What is wrong with the owners in a CODEOWNERS file.
 * @returns problems, each in one sentence with the next step; none where somebody owns every file
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function problemsOfOwners(text: string): string[] {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/));
  const named = [...new Set(rules.flatMap(([, ...owners]) => owners))];
  const problems = named.flatMap((one) => {
    if (placeholder.test(one)) return [`\`${one}\` in .github/CODEOWNERS owns nothing: write the team that answers`];
    return owner.test(one)
      ? []
      : [`\`${one}\` in .github/CODEOWNERS is no owner: write \`@organization/team\`, \`@name\` or an address`];
  });
  const all = rules.some(([pattern, ...owners]) => pattern === '*' && owners.length > 0);
  return all
    ? problems
    : [...problems, '`*` has no owner in .github/CODEOWNERS: write the team that answers for every file'];
}
