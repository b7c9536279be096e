import type { ProofOfAtom, ProofOutcome, RecordedProof } from '@postern/core';
import type { Column } from './columns.js';
import type { AtomResult, Proof } from './run-proof.js';
import type { FoundTool } from './tools.js';

/** What sends the hostile requests, where it is found. */
export const hostileSender = 'boto3';

const outcomes: readonly ProofOutcome[] = ['proved', 'replayed', 'tolerated', 'claimed'];

/**
 * What is kept of a proof: nothing in it differs when nothing has changed.
 * @throws {Error} where the proof has findings, or was not run whole: that is no evidence
 */
export function recordProof(proof: Proof): RecordedProof {
  const findings = findingsOf(proof);
  if (findings.length > 0) throw new Error(`a proof with findings is no evidence: ${findings[0]}`);
  const open = proof.atoms.find(({ outcome }) => outcome === 'not run');
  if (open !== undefined) throw new Error(`a proof that was not run whole is no evidence: ${open.atom.name}`);
  const passed = proof.runs.filter(({ result }) => result?.passed === true);
  const scenarios = [...new Map(passed.map(({ scenario }) => [scenario.name, scenario])).values()];
  const atoms = proof.atoms.map((atom) => recordAtom(atom, proof.columns));
  return {
    useCase: proof.useCase.id,
    tools: Object.fromEntries(toolsUsed(proof).map(([name, { version }]) => [name, version])),
    counts: Object.fromEntries(
      outcomes.map((outcome) => [outcome, atoms.filter((atom) => atom.outcome === outcome).length]),
    ) as Record<ProofOutcome, number>,
    scenarios: scenarios.map(({ name, title }) => ({
      name,
      title,
      cells: passed.filter(({ scenario }) => scenario.name === name).map(({ cell }) => cell.name),
    })),
    atoms,
    // Once each, where it was sent first: an exhaustive proof sends it in every cell.
    hostile: proof.hostile
      .filter(({ request }, index, all) => all.findIndex((one) => one.request === request) === index)
      .map(({ request, cell }) => ({ request: request.name, statement: request.sid, cell })),
    requests: [...new Set(passed.flatMap(({ result }) => (result?.passed === true ? result.requests : [])))].sort(),
  };
}

/** The tools that some run used. */
export function toolsUsed({ runs, tools, hostile }: Proof): [string, FoundTool][] {
  const used = new Set<string>(
    runs.flatMap(({ cell, scenario, result }) =>
      result === undefined ? [] : scenario.steps(cell.options).flatMap(({ tool, starts = [] }) => [tool, ...starts]),
    ),
  );
  if (hostile.length > 0) used.add(hostileSender);
  return Object.entries(tools).filter(([name]) => used.has(name));
}

function recordAtom(
  { atom, outcome, cell, scenario, shown, hostile, why, source }: AtomResult,
  columns: readonly Column[],
): ProofOfAtom {
  const clients = columns.filter((column) => column.atom === atom.name).map(({ client, use }) => [client, use]);
  const given = {
    atom: atom.name,
    outcome: outcome as ProofOutcome,
    cell,
    scenario,
    tool: shown?.tool ?? (hostile !== undefined && outcome === 'proved' ? hostileSender : undefined),
    step: shown?.step,
    error: shown?.error,
    refused: shown?.refused,
    hostile,
    clients: clients.length === 0 ? undefined : Object.fromEntries(clients),
    why,
    source: source ?? shown?.source,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as unknown as ProofOfAtom;
}

/** What is wrong with a policy, or with the scenarios that should show it, each in one sentence. */
export function findingsOf(proof: Proof): string[] {
  return [
    ...proof.runs.flatMap(({ cell, scenario, result }) => {
      if (result?.passed !== false) return [];
      const { step, error, refused } = result;
      const where = `with the whole policy of \`${cell.name}\`, \`${scenario.name}\` fails at \`${step}\`: ${error}`;
      return [
        refused.length > 0
          ? `not enough: ${where} (refused: ${refused.join(', ')})`
          : `no answer: ${where} (nothing was refused, so the policy is not the reason)`,
      ];
    }),
    ...proof.atoms.flatMap(({ atom, outcome, why, missing }) => {
      if (outcome === 'no answer') return [`no answer: \`${atom.name}\`: ${why ?? 'it is not known why'}`];
      if (missing.length > 0)
        return [`not run: \`${atom.name}\`: ${why ?? ''}, and it is missing: nothing is known of its need`];
      if (outcome !== 'unneeded') return [];
      const reason = why ?? 'nothing broke without it';
      return [`unneeded: \`${atom.name}\`: ${reason}: the entry is wrong, or the scenario too small`];
    }),
    ...proof.unanswered.map(
      ({ cell, atoms, why }) =>
        `no answer: without ${atoms.map((atom) => `\`${atom}\``).join(' and ')} in \`${cell}\`: ${why}`,
    ),
    ...idleFindings(proof),
    ...proof.neighbours.map(
      ({ cell, sid, request, how }) =>
        `too wide: \`${sid}\` in \`${cell}\` allows ${how}, which the job does not ask for: ${request}`,
    ),
    ...proof.untested.map(
      ({ name, options }) =>
        `untested: the \`when\` of \`${name}\` is false in no cell, so nothing would be noticed without it: add one with ${JSON.stringify(options)}`,
    ),
    ...proof.hostile.flatMap(({ request, cell, outcome }) =>
      outcome === 'refused'
        ? []
        : [
            outcome === 'got through'
              ? `too wide: \`${request.name}\` gets through \`${request.sid}\` in \`${cell}\``
              : `shows nothing: \`${request.name}\` is refused in \`${cell}\` even where \`${request.sid}\` is for everything`,
          ],
    ),
    ...proof.pairs.map(
      ({ cell, atoms }) => `cover for each other: ${atoms.map((atom) => `\`${atom}\``).join(' and ')} in \`${cell}\``,
    ),
  ];
}

/** Atoms that some cells have without need, each once. */
function idleFindings({ idle, atoms }: Proof): string[] {
  const unneeded = new Set(atoms.filter(({ outcome }) => outcome === 'unneeded').map(({ atom }) => atom.name));
  const byAtom = new Map<string, string[]>();
  for (const { atom, cell } of idle) byAtom.set(atom, [...(byAtom.get(atom) ?? []), cell]);
  return [...byAtom]
    .filter(([atom]) => !unneeded.has(atom))
    .map(([atom, [first, ...others]]) => {
      const more = others.length === 0 ? '' : ` and in ${others.length} more`;
      return `needless in a cell: \`${atom}\` stands in the policy of \`${first}\`${more}, and the job asks for nothing there that needs it`;
    });
}

/** Scenarios that were not run, and the tools they lack. */
export function notRun(
  proof: Proof,
): { readonly scenario: string; readonly cells: number; readonly missing: readonly string[] }[] {
  const found = new Map<string, { scenario: string; cells: number; missing: Set<string> }>();
  for (const { scenario, missing } of proof.runs) {
    if (missing.length === 0) continue;
    const entry = found.get(scenario.name) ?? { scenario: scenario.name, cells: 0, missing: new Set<string>() };
    entry.cells += 1;
    for (const tool of missing) entry.missing.add(tool);
    found.set(scenario.name, entry);
  }
  return [...found.values()].map(({ missing, ...rest }) => ({ ...rest, missing: [...missing] }));
}

/** How a new record stands to the committed one. */
export interface RecordComparison {
  /** What is not as recorded, each in one line. */
  readonly differences: readonly string[];
  /** Tools whose version is another one; their errors may be worded otherwise, so that only outcomes are compared. */
  readonly versions: readonly string[];
}

export function compareRecords(committed: RecordedProof, now: RecordedProof): RecordComparison {
  const versions = Object.entries(now.tools)
    .filter(([tool, version]) => committed.tools[tool] !== undefined && committed.tools[tool] !== version)
    .map(([tool, version]) => `${tool} is ${version} here and ${committed.tools[tool]} in the evidence`);
  const strict = versions.length === 0;
  const lines = (record: RecordedProof) =>
    new Map<string, string>([
      ...Object.keys(record.tools).map((tool): [string, string] => [`tool ${tool}`, strict ? record.tools[tool]! : '']),
      ...record.scenarios.map(({ name, title, cells }): [string, string] => [
        `scenario ${name}`,
        JSON.stringify([title, [...cells].sort()]),
      ]),
      ...record.atoms.map((atom): [string, string] => [
        `atom ${atom.atom}`,
        strict
          ? JSON.stringify(atom)
          : JSON.stringify([atom.outcome, atom.cell, atom.scenario, atom.tool, atom.hostile, atom.clients]),
      ]),
      ...record.hostile.map(({ request, statement, cell }): [string, string] => [
        `hostile request ${request} (${statement})`,
        cell,
      ]),
      ...(strict ? [['requests', record.requests.join(' ')] as [string, string]] : []),
    ]);
  const before = lines(committed);
  const after = lines(now);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differences = names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) return [];
    return [`${name}: ${was === undefined ? 'new' : is === undefined ? 'gone' : `${was} became ${is}`}`];
  });
  return { differences, versions };
}
