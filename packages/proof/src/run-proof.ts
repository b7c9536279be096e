import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  compare,
  compile,
  listAtoms,
  tryBuild,
  untestedSwitches,
  type Atom,
  type OptionsOf,
  type PolicyDocument,
  type UntestedSwitch,
  type UseCase,
} from '@postern/core';
import { createCertificateAuthority } from '@postern/sandbox';
import { openBoto3 } from './boto3.js';
import { openCell, type OpenCell } from './cell.js';
import type { CellRun } from './cell-run.js';
import { closeAll } from './close-all.js';
import { isAllowed, suffices, usesOf, type CellUse } from './cell-use.js';
import { findColumns, type Column } from './columns.js';
import { findNeighbours, type Neighbour } from './neighbours.js';
import { forEachOf } from './pool.js';
import { runHostile, widened, type HostileResult } from './run-hostile.js';
import { runScenario, type ScenarioResult, type Theatre } from './run-scenario.js';
import type { HostileRequest, ProofPlan, Scenario } from './scenario.js';
import type { FoundTools, ProgramName, ToolName } from './tools.js';
import { openWarmClients } from './warm/warm-clients.js';

export interface ProofSettings {
  readonly tools: FoundTools;
  /** Options to prove instead of the plan's own cells. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Only the scenario of this name. */
  readonly scenario?: string;
  /** Every atom in every cell, and every pair. */
  readonly exhaustive?: boolean;
  /** Load clients of Python once and fork them for each command, and keep what Node compiled of its own, where that can be done. */
  readonly warm?: boolean;
  /** Leave the folders of the runs. */
  readonly keep?: boolean;
  /** For the random subsets. */
  readonly seed?: number;
  /** How long a tool may run, in milliseconds. */
  readonly patience?: number;
  /** Told of each piece of work that is done. */
  readonly onProgress?: (what: string, done: number, of: number) => void;
  /** Told how to end everything at once. */
  readonly onOpen?: (close: () => Promise<void>) => void;
}

/** What is known of an atom's need. */
export interface AtomResult {
  readonly atom: Atom;
  /**
   * - `proved`: a real tool fails without it in the sandbox, or the hostile request of a real client gets through;
   * - `replayed`: calls read from a tool's source show it, or a hostile request that this process sent;
   * - `tolerated`: the tool swallows the refusal; `claimed`: cannot be shown here;
   * - `unneeded`: nothing broke;
   * - `not run`: what would show it needs a tool that is missing;
   * - `no answer`: something failed without it, twice, and not because of its refusal.
   */
  readonly outcome: 'proved' | 'replayed' | 'tolerated' | 'claimed' | 'unneeded' | 'not run' | 'no answer';
  readonly cell: string | undefined;
  readonly scenario: string | undefined;
  readonly shown: Extract<ScenarioResult, { passed: false }> | undefined;
  /** For a condition: the hostile request that got through without it. */
  readonly hostile: string | undefined;
  readonly why: string | undefined;
  readonly source: string | undefined;
  /** For `not run`: the missing tools, of which any might show it. */
  readonly missing: readonly ToolName[];
}

export interface HostileOutcome {
  readonly request: HostileRequest;
  readonly cell: string;
  /** `refused` under the policy and let through without its fence; anything else is a finding. */
  readonly outcome: 'refused' | 'got through' | 'shows nothing';
}

export interface Proof {
  readonly useCase: UseCase;
  readonly tools: FoundTools;
  readonly runs: readonly CellRun[];
  readonly atoms: readonly AtomResult[];
  readonly hostile: readonly HostileOutcome[];
  /** Parts of the policy of which one alone is not missed, but both together are. */
  readonly pairs: readonly { readonly cell: string; readonly atoms: readonly string[] }[];
  /**
   * Atoms that are in a cell's policy although no scenario breaks there without them; looked for with `exhaustive` only.
   * Where another cell shows the need, this says more of the scenarios than of the entry, so it is no finding.
   */
  readonly needless: readonly { readonly cell: string; readonly atom: string }[];
  /** Atoms that are in a cell's policy although nothing the job asks for there needs them. */
  readonly idle: readonly { readonly cell: string; readonly atom: string }[];
  /** Requests close to the job's own that a policy would allow. */
  readonly neighbours: readonly Neighbour[];
  /** What a `when` switches that is switched off in no cell. */
  readonly untested: readonly UntestedSwitch[];
  /** Runs that failed, twice, for another reason than a refusal of what was taken out. */
  readonly unanswered: readonly { readonly cell: string; readonly atoms: readonly string[]; readonly why: string }[];
  /** Where releases of a client are told apart: what each makes of each part. */
  readonly columns: readonly Column[];
  readonly seed: number;
  /** The clients that were loaded once and forked, those whose code was kept, those that collected later, and why others were not. */
  readonly warm: {
    readonly served: readonly ProgramName[];
    readonly kept: readonly ProgramName[];
    readonly later: readonly ProgramName[];
    readonly refused: ReadonlyMap<ProgramName, string>;
  };
  /** Where the runs' folders are, if they were kept. */
  readonly folder: string | undefined;
}

/** Proves the use case of a plan: whole policies, then each atom away, then hostile requests. */
export async function runProof(plan: ProofPlan, settings: ProofSettings): Promise<Proof> {
  const authority = await createCertificateAuthority();
  const open: Theatre['open'] = new Set();
  // From here to `onOpen` nothing is awaited, so no interruption comes in between.
  const folder = mkdtempSync(join(tmpdir(), 'postern-prove-'));
  const close = async () => {
    await closeAll(open);
    rmSync(folder, { recursive: true, force: true });
  };
  settings.onOpen?.(close);
  const warm = settings.warm === true ? openWarmClients(settings.tools, folder) : undefined;
  if (warm !== undefined) open.add(warm);
  const theatre: Theatre = {
    tools: settings.tools,
    authority,
    folder,
    keep: settings.keep === true,
    open,
    boto3: openSender(settings, open),
    warm,
    ...(settings.patience === undefined ? {} : { patience: settings.patience }),
  };
  try {
    return await new Prover(plan, settings, theatre).prove();
  } finally {
    if (theatre.keep) await closeAll(theatre.open);
    else await close();
  }
}

/** The real client that sends the hostile requests, where there is one. */
function openSender({ tools }: ProofSettings, open: Theatre['open']): Theatre['boto3'] {
  if (tools.boto3 === undefined) return undefined;
  const boto3 = openBoto3(tools.boto3.path);
  open.add(boto3);
  return boto3;
}

/** The most random subsets that are tried for pairs. */
const mostSubsets = 24;

class Prover {
  /** One more than there are cores: a client waits while the sandbox answers it, and between its calls. */
  private readonly atOnce = Math.max(2, availableParallelism()) + 1;
  private readonly memory = new Map<string, Promise<ScenarioResult>>();
  private readonly sent = new Map<HostileRequest, Map<string, Promise<HostileResult>>>();
  private readonly atoms: readonly Atom[];
  private readonly seed: number;
  private readonly unanswered: { cell: string; atoms: readonly string[]; why: string }[] = [];

  constructor(
    private readonly plan: ProofPlan,
    private readonly settings: ProofSettings,
    private readonly theatre: Theatre,
  ) {
    this.atoms = listAtoms(plan.useCase);
    this.seed = settings.seed ?? 1;
  }

  async prove(): Promise<Proof> {
    const { useCase } = this.plan;
    const cells = this.listCells();
    const runs = await this.runWhole(cells);
    const atoms = await this.removeAtoms(runs);
    const columns = await findColumns(this.atoms, runs, {
      isActive: (atom, { cell }) => isActive(atom, cell),
      asks: (atom, run) => asksFor(run, without(atom, run.cell)),
      misses: async (atom, { cell, scenario }) => {
        const { missed, why } = await this.runWithout(cell, scenario, without(atom, cell));
        if (why !== undefined) this.unanswered.push({ cell: cell.name, atoms: [atom.name], why });
        return missed;
      },
    });
    const hostile = await this.sendHostile(runs);
    const pairs = await this.findPairs(runs);
    const needless = this.settings.exhaustive === true ? await this.findNeedless(runs) : [];
    // What one scenario does not ask for, another may.
    const uses = this.settings.scenario === undefined ? usesOf(runs) : [];
    return {
      useCase,
      tools: this.settings.tools,
      runs,
      atoms,
      hostile,
      pairs,
      needless,
      columns,
      idle: uses.flatMap((use) => this.findIdle(use)),
      neighbours: findNeighbours(useCase, uses, this.plan.ownBelow),
      untested:
        this.settings.options === undefined
          ? untestedSwitches(
              useCase,
              cells.map(({ given }) => given),
            )
          : [],
      unanswered: this.unanswered,
      seed: this.seed,
      warm: {
        served: [...(this.theatre.warm?.served ?? [])],
        kept: [...(this.theatre.warm?.kept ?? [])],
        later: [...(this.theatre.warm?.later ?? [])],
        refused: this.theatre.warm?.refused ?? new Map(),
      },
      folder: this.theatre.keep ? this.theatre.folder : undefined,
    };
  }

  /** What a cell's policy has and the job does not ask for there, as far as no run elsewhere excuses it. */
  private findIdle(use: CellUse): Proof['idle'] {
    const { cell } = use;
    return (
      this.atoms
        .filter((atom) => atom.kind !== 'condition' && isActive(atom, cell) && !this.isExcused(atom, cell))
        .filter((atom) => suffices(use, without(atom, cell)))
        // What another statement of the policy allows anyway does not make it wider.
        .filter((atom) => compare(without(atom, cell), cell.policy).relation !== 'equal')
        .map(({ name }) => ({ cell: cell.name, atom: name }))
    );
  }

  private isExcused({ name, sid }: Atom, cell: OpenCell): boolean {
    const isMeant = ({ atom }: { readonly atom: string }) => atom === name || atom === sid;
    return (
      this.plan.unshown.some((one) => one.outcome === 'claimed' && isMeant(one)) ||
      (this.plan.idle ?? []).some((one) => isMeant(one) && one.cells(cell.options))
    );
  }

  private listCells(): OpenCell[] {
    const { useCase, cells, principal, assumed } = this.plan;
    const { options } = this.settings;
    const list: ProofPlan['cells'] = options === undefined ? cells : [{ name: 'given options', options }];
    return list
      .map(({ name, options: given, only }) => openCell(useCase, name, given, only))
      .map((cell) => ({ ...cell, principal: principal?.(cell.options), assumed: assumed?.(cell.options) }));
  }

  private runWhole(cells: readonly OpenCell[]): Promise<CellRun[]> {
    const { scenario: only } = this.settings;
    const jobs = cells.flatMap((cell) =>
      this.plan.scenarios
        .filter((scenario) => (only === undefined || scenario.name === only) && isFor(scenario, cell))
        .map((scenario) => ({ cell, scenario })),
    );
    let done = 0;
    return forEachOf(jobs, this.atOnce, async ({ cell, scenario }): Promise<CellRun> => {
      const missing = this.missingTools(scenario, cell);
      const result = missing.length > 0 ? undefined : await this.runTwice(cell, scenario);
      this.settings.onProgress?.('whole policies', (done += 1), jobs.length);
      return { cell, scenario, result, missing };
    });
  }

  private missingTools(scenario: Scenario, cell: OpenCell): ToolName[] {
    const needed = new Set(scenario.steps(cell.options).flatMap(({ tool, starts = [] }) => [tool, ...starts]));
    return [...needed].filter((tool) => tool !== 'replay' && this.settings.tools[tool] === undefined);
  }

  /** Runs a scenario under a policy, once. */
  private run(cell: OpenCell, scenario: Scenario, policy: PolicyDocument): Promise<ScenarioResult> {
    const id = JSON.stringify([cell.name, scenario.name, policy]);
    let running = this.memory.get(id);
    if (running === undefined) this.memory.set(id, (running = runScenario(this.theatre, cell, scenario, policy)));
    return running;
  }

  /** Runs a scenario under the whole policy; where it fails without a refusal, once more. */
  private async runTwice(cell: OpenCell, scenario: Scenario): Promise<ScenarioResult> {
    const first = await this.run(cell, scenario, cell.policy);
    if (first.passed || (first.accident === undefined && first.refused.length > 0)) return first;
    return this.again(cell, scenario, cell.policy);
  }

  private again(cell: OpenCell, scenario: Scenario, policy: PolicyDocument): Promise<ScenarioResult> {
    const running = runScenario(this.theatre, cell, scenario, policy);
    this.memory.set(JSON.stringify([cell.name, scenario.name, policy]), running);
    return running;
  }

  /**
   * Runs a scenario under the policy without something. A failure counts only where IAM refused what the whole policy
   * allows, so that nothing but what was taken out can be the reason; anything else is no answer, and is tried once more.
   */
  private async runWithout(
    cell: OpenCell,
    scenario: Scenario,
    policy: PolicyDocument,
  ): Promise<{ readonly missed: boolean; readonly result: ScenarioResult; readonly why?: string }> {
    const whole = compile([cell.policy, ...(scenario.besides?.(cell.options) ?? [])]);
    const reasonAgainst = (result: ScenarioResult): string | undefined => {
      if (result.passed) return undefined;
      if (result.accident !== undefined) return `${result.accident}: ${result.error}`;
      return result.refusedRequests.some((request) => isAllowed(whole(request)))
        ? undefined
        : `it was not refused: ${result.error}`;
    };
    let result = await this.run(cell, scenario, policy);
    if (reasonAgainst(result) !== undefined) result = await this.again(cell, scenario, policy);
    const why = reasonAgainst(result);
    return { missed: !result.passed && why === undefined, result, ...(why === undefined ? {} : { why }) };
  }

  private async removeAtoms(runs: readonly CellRun[]): Promise<AtomResult[]> {
    const active = this.atoms.filter((atom) => runs.some(({ cell }) => isActive(atom, cell)));
    let done = 0;
    return forEachOf(active, this.atOnce, async (atom) => {
      const result = await this.removeAtom(atom, runs);
      this.settings.onProgress?.('atoms', (done += 1), active.length);
      return result;
    });
  }

  private async removeAtom(atom: Atom, runs: readonly CellRun[]): Promise<AtomResult> {
    const nothing = {
      cell: undefined,
      scenario: undefined,
      shown: undefined,
      hostile: undefined,
      why: undefined,
      source: undefined,
      missing: [],
    };
    const unshown = this.plan.unshown.find(({ atom: name }) => name === atom.name || name === atom.sid);
    if (unshown?.outcome === 'claimed')
      return { ...nothing, atom, outcome: 'claimed', why: unshown.why, source: unshown.source };
    if (atom.kind === 'condition') return this.removeCondition(atom, runs);
    const active = runs.filter(({ cell }) => isActive(atom, cell));
    // What a real tool shows says more than calls made in its place; what waits for long comes last.
    const rank = ({ cell, scenario }: CellRun) =>
      (scenario.steps(cell.options).some(({ tool }) => tool === 'replay') ? 1 : 0) + (scenario.slow ? 2 : 0);
    // What a run did not ask for it does not miss, so such runs are done only where no other shows the need.
    const asking = new Set(active.filter((run) => asksFor(run, without(atom, run.cell))));
    const here = [...active].sort(
      (one, other) => Number(asking.has(other)) - Number(asking.has(one)) || rank(one) - rank(other),
    );
    let unanswered: string | undefined;
    for (const { cell, scenario, result } of here) {
      if (result?.passed !== true) continue;
      const { missed, result: shown, why } = await this.runWithout(cell, scenario, without(atom, cell));
      if (why !== undefined) unanswered ??= `\`${scenario.name}\` in \`${cell.name}\` fails without it, but ${why}`;
      if (!missed || shown.passed) continue;
      const outcome = shown.tool === 'replay' ? 'replayed' : 'proved';
      return { ...nothing, atom, outcome, cell: cell.name, scenario: scenario.name, shown, source: shown.source };
    }
    if (unanswered !== undefined) return { ...nothing, atom, outcome: 'no answer', why: unanswered };
    // Only where something ran is it known that nothing broke.
    if (unshown !== undefined && here.some(({ result }) => result?.passed === true))
      return { ...nothing, atom, outcome: 'tolerated', why: unshown.why, source: unshown.source };
    if (this.settings.scenario !== undefined)
      return { ...nothing, atom, outcome: 'not run', why: 'another scenario may show it' };
    if (here.some(({ result }) => result?.passed === false))
      return { ...nothing, atom, outcome: 'not run', why: 'a run with the whole policy failed' };
    const missing = [...new Set(here.flatMap((run) => run.missing))];
    if (missing.length > 0)
      return { ...nothing, atom, outcome: 'not run', missing, why: `only ${missing.join(' or ')} may show it` };
    return { ...nothing, atom, outcome: 'unneeded' };
  }

  private async removeCondition(atom: Atom, runs: readonly CellRun[]): Promise<AtomResult> {
    const requests = this.plan.hostile.filter(({ sid, fence }) => sid === atom.sid && fence === atom.part);
    for (const request of requests) {
      for (const cell of cellsFor(request, runs, atom)) {
        const before = await this.send(cell, request, cell.policy);
        const after = await this.send(cell, request, without(atom, cell));
        if (before !== 'refused' || after !== 'got through') continue;
        return {
          atom,
          outcome: this.theatre.boto3 === undefined ? 'replayed' : 'proved',
          cell: cell.name,
          scenario: undefined,
          shown: undefined,
          hostile: request.name,
          why: undefined,
          source: undefined,
          missing: [],
        };
      }
    }
    return {
      atom,
      outcome: 'unneeded',
      cell: undefined,
      scenario: undefined,
      shown: undefined,
      hostile: undefined,
      why: 'no hostile request gets through without it',
      source: undefined,
      missing: [],
    };
  }

  /** Sends a hostile request under a policy, once. */
  private send(cell: OpenCell, request: HostileRequest, policy: PolicyDocument): Promise<HostileResult> {
    const known = this.sent.get(request) ?? new Map<string, Promise<HostileResult>>();
    this.sent.set(request, known);
    const id = JSON.stringify([cell.name, policy]);
    const sending = known.get(id) ?? runHostile(this.theatre, cell, request, policy);
    known.set(id, sending);
    return sending;
  }

  /** Every hostile request is refused, and would get through if its fence were not there. */
  private async sendHostile(runs: readonly CellRun[]): Promise<HostileOutcome[]> {
    const jobs = this.plan.hostile.flatMap((request) => {
      const cells = cellsFor(request, runs);
      return (this.settings.exhaustive === true ? cells : cells.slice(0, 1)).map((cell) => ({ request, cell }));
    });
    let done = 0;
    return forEachOf(jobs, this.atOnce, async ({ request, cell }): Promise<HostileOutcome> => {
      const before = await this.send(cell, request, cell.policy);
      const after = await this.send(cell, request, this.withoutFence(request, cell));
      this.settings.onProgress?.('hostile requests', (done += 1), jobs.length);
      const outcome = before !== 'refused' ? 'got through' : after === 'got through' ? 'refused' : 'shows nothing';
      return { request, cell: cell.name, outcome };
    });
  }

  /** A fence that the entry has lost is one that no policy has. */
  private withoutFence({ sid, fence }: HostileRequest, cell: OpenCell): PolicyDocument {
    if (fence === 'resource') return widened(cell.policy, sid);
    const atom = this.atoms.find((one) => one.sid === sid && one.kind === 'condition' && one.part === fence);
    return atom === undefined ? cell.policy : without(atom, cell);
  }

  /** Looks for two parts that cover for each other: neither is missed alone, in whatever the job does with these options. */
  private async findPairs(runs: readonly CellRun[]): Promise<Proof['pairs']> {
    const meeting: { readonly run: CellRun; readonly pair: readonly [Atom, Atom] }[] = [];
    for (const run of runs) {
      if (!this.isTried(run)) continue;
      const idle = await this.idleIn(run);
      for (const [index, first] of idle.entries()) {
        for (const second of idle.slice(index + 1)) {
          if (first.sid !== second.sid && this.mayMiss(run, first, second))
            meeting.push({ run, pair: [first, second] });
        }
      }
    }
    // What covers for a part in one run does not replace it where another run misses it.
    const needed = await forEachOf(meeting, this.atOnce, async ({ run: { cell }, pair: [first, second] }) => {
      const others = runs.filter((run) => run.cell.name === cell.name && this.isTried(run));
      return (await this.isMissed(first, others)) || (await this.isMissed(second, others));
    });
    const candidates = meeting.filter((_, index) => needed[index] !== true);
    const chosen = this.settings.exhaustive === true ? candidates : draw(candidates, mostSubsets, this.seed);
    let done = 0;
    const found = await forEachOf(chosen, this.atOnce, async ({ run: { cell, scenario }, pair: [first, second] }) => {
      const both = without(second, cell, first.without);
      const { missed, why } = await this.runWithout(cell, scenario, both);
      this.settings.onProgress?.('pairs', (done += 1), chosen.length);
      const atoms = [first.name, second.name];
      if (why !== undefined) this.unanswered.push({ cell: cell.name, atoms, why });
      return missed ? [{ cell: cell.name, atoms }] : [];
    });
    return found.flat();
  }

  /** Whether a run is one in which pairs are looked for: it passed, and does not take long. */
  private isTried({ result, scenario }: CellRun): boolean {
    return result?.passed === true && (scenario.slow !== true || this.settings.exhaustive === true);
  }

  /** Whether one of some runs, done without an atom that it asked for, misses it. */
  private async isMissed(atom: Atom, runs: readonly CellRun[]): Promise<boolean> {
    for (const run of runs) {
      const policy = without(atom, run.cell);
      if (asksFor(run, policy) && (await this.runWithout(run.cell, run.scenario, policy)).missed) return true;
    }
    return false;
  }

  /** Whether a run asked for something that two parts allow and nothing else does; with `exhaustive`, all pairs are tried. */
  private mayMiss(run: CellRun, first: Atom, second: Atom): boolean {
    if (this.settings.exhaustive === true) return true;
    const twice = allowedTwice(run);
    return twice.has(first.sid) && twice.has(second.sid) && asksFor(run, without(second, run.cell, first.without));
  }

  /** Atoms that are known not to be missed alone in a run; with `exhaustive`, all of them are tried. */
  private async idleIn(run: CellRun): Promise<Atom[]> {
    const { cell, scenario } = run;
    const idle: Atom[] = [];
    for (const atom of this.atoms) {
      if (atom.kind === 'condition' || atom.kind === 'statement' || !isActive(atom, cell)) continue;
      const policy = without(atom, cell);
      const known = this.memory.get(JSON.stringify([cell.name, scenario.name, policy]));
      const result = this.settings.exhaustive === true ? this.run(cell, scenario, policy) : known;
      const passed = result === undefined ? !asksFor(run, policy) : (await result).passed;
      if (passed) idle.push(atom);
    }
    return idle;
  }

  /** In each cell, the atoms that none of its scenarios misses. */
  private async findNeedless(runs: readonly CellRun[]): Promise<Proof['needless']> {
    const byCell = new Map<string, { cell: OpenCell; idle: Map<string, number>; scenarios: number }>();
    for (const run of runs) {
      if (run.result?.passed !== true) continue;
      const entry = byCell.get(run.cell.name) ?? { cell: run.cell, idle: new Map<string, number>(), scenarios: 0 };
      entry.scenarios += 1;
      for (const { name } of await this.idleIn(run)) entry.idle.set(name, (entry.idle.get(name) ?? 0) + 1);
      byCell.set(run.cell.name, entry);
    }
    const unshown = this.plan.unshown.map(({ atom }) => atom);
    return [...byCell.values()].flatMap(({ cell, idle, scenarios }) =>
      [...idle]
        .filter(
          ([atom, times]) =>
            times === scenarios && !unshown.some((name) => atom === name || atom.startsWith(`${name}: `)),
        )
        .map(([atom]) => ({ cell: cell.name, atom })),
    );
  }
}

/** Whether a run that passed asked for something that a policy without a part does not allow. */
const asksFor = (run: CellRun, policy: PolicyDocument): boolean => usesOf([run]).some((use) => !suffices(use, policy));

/** The statements of a cell's policy that allow what another one allows too, of all that a run asked for. */
function allowedTwice(run: CellRun): ReadonlySet<string> {
  const known = twiceAllowed.get(run);
  if (known !== undefined) return known;
  const decide = compile(run.cell.policy);
  const requests = usesOf([run]).flatMap(({ asked }) => asked.flatMap((one) => one.requests));
  const found = new Set(
    requests.flatMap((request) => {
      const sids = new Set(decide(request).statements.flatMap(({ sid }) => sid ?? []));
      return sids.size > 1 ? [...sids] : [];
    }),
  );
  twiceAllowed.set(run, found);
  return found;
}

const twiceAllowed = new WeakMap<CellRun, ReadonlySet<string>>();

/** The policy of a cell without one atom; given an entry that lacks something already, without that too. */
function without(atom: Atom, cell: OpenCell, from?: UseCase): PolicyDocument {
  const entry = from === undefined ? atom.without : intersection(atom.without, from);
  return tryBuild(entry, cell.given as OptionsOf<UseCase>).document;
}

/** What two entries that each lack a part of different statements have in common. */
function intersection(a: UseCase, b: UseCase): UseCase {
  const bySid = new Map(b.statements.map((statement) => [statement.sid, statement]));
  const statements = a.statements.flatMap((statement) => {
    const other = bySid.get(statement.sid);
    if (other === undefined) return [];
    return [JSON.stringify(other).length < JSON.stringify(statement).length ? other : statement];
  });
  return { ...a, statements };
}

function isFor(scenario: Scenario, { only, options }: OpenCell): boolean {
  return only?.includes(scenario.name) !== false && scenario.applies(options);
}

/** Whether the policy of a cell has the atom. Without its fence, a statement may come up that is not there at all. */
function isActive(atom: Atom, cell: OpenCell): boolean {
  if (!cell.policy.Statement.some(({ Sid }) => Sid === atom.sid)) return false;
  return JSON.stringify(without(atom, cell)) !== JSON.stringify(cell.policy);
}

/** The cells in whose policy the statement of a hostile request stands; with an atom, those that have it. */
function cellsFor(request: HostileRequest, runs: readonly CellRun[], atom?: Atom): OpenCell[] {
  const cells = [...new Map(runs.map(({ cell }) => [cell.name, cell])).values()];
  return cells.filter(
    (cell) =>
      cell.policy.Statement.some(({ Sid }) => Sid === request.sid) &&
      (atom === undefined || isActive(atom, cell)) &&
      request.applies?.(cell.options) !== false,
  );
}

/** Draws some of a list, by a seed: the same ones each time. */
function draw<T>(list: readonly T[], most: number, seed: number): T[] {
  const rest = [...list];
  const drawn: T[] = [];
  let state = seed >>> 0 || 1;
  while (drawn.length < most && rest.length > 0) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    drawn.push(rest.splice(state % rest.length, 1)[0]!);
  }
  return drawn;
}
