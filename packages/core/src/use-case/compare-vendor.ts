import { compare, type Comparison, type Witness } from '../access/compare/compare.js';
import { decide } from '../access/decide.js';
import type { PolicyDocument } from '../document/document.js';
import { quote } from '../document/problem.js';
import { tryBuild } from './build.js';
import type { OptionsOf, UseCase } from './use-case.js';
import type { VendorPolicy } from './vendor-policy.js';

/**
 * Compares the policy of an entry with what a vendor publishes for the same job.
 * @returns how the vendor's stands to ours: `gained` is what only the vendor allows, `lost` what only ours does
 * @throws {Error} where the options of the vendor's policy do not build
 */
export function compareWithVendor(useCase: UseCase, policy: VendorPolicy): Comparison {
  const { document, problems } = tryBuild(useCase, policy.options as OptionsOf<UseCase>);
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${policy.title}: ${problem.path}: ${problem.message}`);
  const theirs = vendorDocument(policy);
  const context = policy.context ?? {};
  const comparison = compare(within(context, document), theirs);
  return { ...comparison, gained: findNeighbour(document, theirs, context) ?? comparison.gained };
}

/** What a document allows of the requests in which condition keys have these values. */
function within(context: NonNullable<VendorPolicy['context']>, document: PolicyDocument): PolicyDocument {
  const held = Object.entries(context).map(([key, value]) => [key, [value]] as const);
  if (held.length === 0) return document;
  const Statement = document.Statement.map((statement) => ({
    ...statement,
    Condition: {
      ...statement.Condition,
      StringEquals: { ...statement.Condition?.['StringEquals'], ...Object.fromEntries(held) },
    },
  }));
  return { ...document, Statement };
}

/** One of the job's own actions on a name that only begins alike: what it says is plainer than any other request. */
function findNeighbour(
  ours: PolicyDocument,
  theirs: PolicyDocument,
  context: NonNullable<VendorPolicy['context']>,
): Witness | undefined {
  const requests = ours.Statement.flatMap(({ Action = [], Resource = [] }) =>
    Resource.map((resource) => resource.replace(/(?:([:/])\*)?$/, (_, mark) => (mark ? `-other${mark}1` : '-other')))
      .filter((resource) => !/[*?]/.test(resource))
      .flatMap((resource) => Action.map((action): Witness => ({ action, resource, context }))),
  );
  const isAllowed = (document: PolicyDocument, request: Witness) => decide(document, request).decision === 'allowed';
  return requests.find((request) => isAllowed(theirs, request) && !isAllowed(ours, request));
}

/** The answer of {@link compareWithVendor} in words that follow the title: "is wider: …". */
export function describeVendorComparison({ relation, gained, lost, reason }: Comparison): string {
  if (relation === 'unknown') return `cannot be compared: ${reason}`;
  if (relation === 'equal') return 'allows the same';
  const wider = gained === null ? [] : [`it also allows ${describeRequest(gained)}`];
  const missing = lost === null ? [] : [`it lacks ${describeRequest(lost)}, which the job needs`];
  const how = { wider: 'is wider', narrower: 'is narrower', incomparable: 'is wider and lacks something' }[relation];
  return `${how}: ${[...wider, ...missing].join('; ')}`;
}

function vendorDocument({ allows }: VendorPolicy): PolicyDocument {
  const Statement = allows.map(({ actions, resources, conditions }) => ({
    Effect: 'Allow' as const,
    Action: [...actions],
    Resource: [...resources],
    ...(conditions === undefined ? {} : { Condition: conditions }),
  }));
  return { Version: '2012-10-17', Statement };
}

function describeRequest({ action, resource, context }: Witness): string {
  const keys = Object.entries(context).map(([key, value]) => `${quote(key)} = ${[value].flat().map(quote).join(', ')}`);
  const where = resource === '*' ? '' : ` on ${quote(resource)}`;
  return `${quote(action)}${where}${keys.length === 0 ? '' : ` with ${keys.join(' and ')}`}`;
}
