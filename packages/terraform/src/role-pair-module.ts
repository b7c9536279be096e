import { generated } from './document.js';
import { attributes, block, quoted, type Hcl } from './hcl.js';
import { renderReadmeOf, versions } from './readme.js';
import { renderRequirements, roleModule, roleOutputs, roleVariables } from './role-module.js';
import { renderVariable, type Variable } from './variables.js';

/** The name of the module, and of its folder. */
export const rolePairModule = 'ci-role-pair';

const halves = ['plan', 'apply'] as const;

/** What the names of both begin with leaves room for `-apply`. */
const ownNames: Readonly<Record<string, { readonly longest: number; readonly description: string }>> = {
  name: {
    longest: 58,
    description: 'What the roles are called, and their policies with them: followed by -plan and -apply.',
  },
  boundary_name: {
    longest: 122,
    description:
      'What the boundaries are called, followed by -plan and -apply; the names of the roles and -boundary otherwise.',
  },
};

/** What each of the two has for itself, in words. */
const ofOne: Readonly<Record<string, Readonly<Record<(typeof halves)[number], string>>>> = {
  trust: {
    plan: 'Trust policies as JSON, as documents/trust-… give them, of who may plan, such as pull requests and branches.',
    apply: 'Trust policies as JSON, as documents/trust-… give them, of who may apply, such as a protected environment.',
  },
  permissions: {
    plan: 'Permissions as JSON, as documents/… give them, of the role that plans.',
    apply: 'Permissions as JSON, as documents/… give them, of the role that applies.',
  },
  policy_count: {
    plan: 'How many managed policies the role that plans has, where its permissions are known only after apply.',
    apply: 'How many managed policies the role that applies has, where its permissions are known only after apply.',
  },
};

/** The variables of a role for the two: those of one of them twice, the others once. */
const variables: readonly Variable[] = roleVariables.flatMap((variable): Variable[] => {
  const { name, checks } = variable;
  if (name === 'apart_from') return [];
  const words = ofOne[name];
  if (words !== undefined) {
    const ofHalf = (half: (typeof halves)[number]): Variable['checks'] =>
      checks.map(([condition, message]) => [
        condition.replace(`var.${name}`, `var.${half}_${name}`),
        `${half}_${message}`,
      ]);
    return halves.map((half) => ({
      ...variable,
      name: `${half}_${name}`,
      description: words[half],
      checks: ofHalf(half),
    }));
  }
  const own = ownNames[name];
  if (own === undefined) return [variable];
  const shorter = checks.map(([condition, message]): readonly [Hcl, string] => [
    condition.replace(/\{1,\d+\}/, `{1,${own.longest}}`),
    message.replace(/1 to \d+/, `1 to ${own.longest}`),
  ]);
  return [{ ...variable, description: own.description, checks: shorter }];
});

const outputs = halves.flatMap((half) =>
  roleOutputs.map(([name, description]): readonly [string, string, Hcl] => [
    `${half}_${name}`,
    description.replace('the role', `the role that ${half === 'plan' ? 'plans' : 'applies'}`),
    `module.${half}.${name}`,
  ]),
);

/**
 * The Terraform module of two roles that nobody gets into both of: pull requests and branches plan, and what is protected
 * applies.
 * @returns the files by name
 */
export function renderRolePairModule(): Map<string, string> {
  const file = (...blocks: string[]) => `${[generated, ...blocks].join('\n\n')}\n`;
  return new Map([
    ['main.tf', file(...halves.map(renderHalf))],
    [
      'outputs.tf',
      file(
        ...outputs.map(([name, description, value]) =>
          block(
            `output "${name}"`,
            attributes([
              ['description', quoted(description)],
              ['value', value],
            ]),
          ),
        ),
      ),
    ],
    ['variables.tf', file(...variables.map((variable) => renderVariable(variable, variable.checks)))],
    ['versions.tf', file(renderRequirements())],
    [
      'README.md',
      renderReadmeOf(
        {
          title: 'The roles of plan and apply',
          summary:
            'Makes two roles that nobody gets into both of: pull requests and branches plan, and what is protected applies.',
          excludes: 'Does not make the identity provider, which an account has once.',
          wider: [],
        },
        {
          makes: `Calls \`${roleModule}\` for each, and a plan is refused unless the trust policies show that they exclude each other: by other principals, or by a key of which both ask texts that cannot be the same. Where trust policies are known only after apply, that is looked at then, before a role is made.`,
          providers: { aws: versions.aws },
          modules: halves.map((half) => [half, `../${roleModule}`]),
          resources: [],
          dataSources: [],
          variables,
          outputs,
        },
      ),
    ],
  ]);
}

function renderHalf(half: (typeof halves)[number]): string {
  const other = half === 'plan' ? 'apply' : 'plan';
  const given = roleVariables.map(({ name }): readonly [string, Hcl] => {
    if (name === 'apart_from') return [name, `var.${other}_trust`];
    if (Object.hasOwn(ofOne, name)) return [name, `var.${half}_${name}`];
    // What is protected has no need of it.
    if (name === 'allow_writes_for_pull_requests' && half === 'apply') return [name, 'false'];
    if (name === 'name') return [name, `"\${var.name}-${half}"`];
    if (name === 'boundary_name') return [name, `var.boundary_name == null ? null : "\${var.boundary_name}-${half}"`];
    return [name, `var.${name}`];
  });
  return block(`module "${half}"`, [`source = "../${roleModule}"`, '', ...attributes(given)]);
}
