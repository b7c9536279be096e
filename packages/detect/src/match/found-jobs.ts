import type { Detection, UseCase } from '@postern/core';
import type { CiJob, Site } from '../event.js';
import { literal, literalOf, oneOf, settled, type Value } from '../values/value.js';
import { fromCheckout } from '../jobs/checkout.js';
import { claimEvents, type Claim } from './claims.js';
import { mergeGathered, optionsOfClaim, regionAround, type Gathered } from './job-options.js';
import type { NamedEvent } from './names.js';
import { firstOf, type SignFields } from './source.js';
import { widerOf } from './wider.js';

/** A job of an entry as one CI job shows it. */
export interface FoundJob {
  readonly useCase: UseCase;
  readonly ci: CiJob;
  readonly claims: readonly Claim[];
  readonly gathered: Gathered;
  readonly sets: Readonly<Record<string, string | boolean>>;
  readonly tells: ReadonlyMap<string, Value>;
  readonly certain: boolean;
  readonly at: readonly Site[];
}

/** What the events of a CI job come to. */
export interface FoundInCi {
  readonly ci: CiJob;
  readonly jobs: readonly FoundJob[];
  /** The events that no entry claims. */
  readonly left: readonly NamedEvent[];
  /** Claims of which the entry does not allow all. */
  readonly lacking: readonly Claim[];
}

/** Looks into the files that belong to an event; `no` where they show that it is no such job. */
export type FieldsOf = (kind: string, event: NamedEvent, job: CiJob) => SignFields | 'no' | undefined;

/** Finds the jobs of entries in a CI job. */
export function findJobs(
  ci: CiJob,
  useCases: readonly UseCase[],
  detections: Readonly<Record<string, Detection>>,
  fieldsOf: FieldsOf,
): FoundInCi {
  const { events, claims } = claimEvents(ci, detections);
  const looked = claims.flatMap((claim) => {
    const fields = claim.sign.file === undefined ? undefined : fieldsOf(claim.sign.file, claim.event, ci);
    return fields === 'no' ? [] : [{ claim, fields }];
  });
  const jobs: FoundJob[] = [];
  for (const useCase of useCases) {
    const own = looked.filter(({ claim }) => claim.useCase === useCase.id);
    if (!own.some(({ claim }) => claim.sign.strength !== 'part')) continue;
    jobs.push(...groupsOf(useCase, own).map((group) => assemble(useCase, ci, group)));
  }
  // What a file shows to be no such job may still use AWS.
  const claimed = new Set(looked.map(({ claim: { event } }) => event));
  return {
    ci,
    jobs,
    left: events.filter((event) => !claimed.has(event)),
    lacking: looked.flatMap(({ claim }) => (claim.sign.lacks === undefined ? [] : [claim])),
  };
}

interface ClaimedFields {
  readonly claim: Claim;
  readonly fields: SignFields | undefined;
}

interface Group {
  claims: ClaimedFields[];
  gathered: Gathered;
}

/** Claims that contradict each other in what an entry takes one of are several jobs. */
function groupsOf(useCase: UseCase, claims: readonly ClaimedFields[]): Group[] {
  const groups: Group[] = [];
  for (const { looked, own } of withRegions(useCase, claims)) {
    let placed = false;
    for (const group of [...groups].reverse()) {
      const merged = mergeGathered(useCase, group.gathered, own, false);
      if (merged === undefined) continue;
      group.gathered = merged;
      group.claims.push(looked);
      placed = true;
      break;
    }
    if (!placed) groups.push({ claims: [looked], gathered: own });
  }
  return groups;
}

/** The options of claims. Where one says a region of its own, the same call without one works in the region of the job. */
function withRegions(
  useCase: UseCase,
  claims: readonly ClaimedFields[],
): readonly { readonly looked: ClaimedFields; readonly own: Gathered }[] {
  const all = claims.map((looked) => ({ looked, own: optionsOfClaim(looked.claim, useCase, looked.fields) }));
  const saying = new Set(all.flatMap(({ looked, own }) => (isKnown(own.get('region')) ? [looked.claim.name] : [])));
  return all.map(({ looked, own }) => {
    const around = own.has('region') || !saying.has(looked.claim.name) ? undefined : regionAround(looked.claim);
    return around === undefined || !Object.hasOwn(useCase.options, 'region')
      ? { looked, own }
      : { looked, own: new Map(own).set('region', around) };
  });
}

function assemble(useCase: UseCase, ci: CiJob, { claims, gathered }: Group): FoundJob {
  const values = new Map(gathered);
  const account = accountOfShown(useCase, claims);
  if (account !== undefined) values.set('account', account);
  if (Object.hasOwn(useCase.options, 'region') && !isKnown(values.get('region'))) {
    const around = claims.flatMap(({ claim }) => regionAround(claim) ?? []);
    if (around.length > 0) values.set('region', oneOf([around]));
  }
  const tells = new Map<string, Value>();
  const sets: Record<string, string | boolean> = {};
  for (const { claim, fields } of claims) {
    for (const [name, value] of Object.entries(claim.sign.sets ?? {})) {
      const before = sets[name];
      // What one of several signs switches on is on, also where another one would leave it off.
      if (before === undefined || (before !== true && typeof value === 'boolean')) sets[name] = value;
      else if (typeof value === 'string') sets[name] = widerOf(useCase, name, before, value) ?? value;
    }
    const add = (name: string, value: Value) => {
      const before = tells.get(name);
      tells.set(name, before === undefined ? value : oneOf([before, value]));
    };
    for (const [name, sources] of Object.entries(claim.sign.tells ?? {})) {
      const value = firstOf(sources, { event: claim.event, sign: claim.sign, name: claim.name, fields });
      if (value !== undefined && value.some((text) => text.length > 0))
        add(name, name === 'directory' ? fromCheckout(value) : value);
    }
    for (const [name, text] of Object.entries(claim.sign.means ?? {})) add(name, literal(text));
    if (
      claim.sign.file !== undefined &&
      firstOf(claim.sign.tells?.['directory'] ?? [], {
        event: claim.event,
        sign: claim.sign,
        name: claim.name,
        fields,
      }) === undefined
    ) {
      const folder = claim.event.event.directory;
      if (folder.some((text) => text.length > 0)) add('directory', fromCheckout(folder));
    }
  }
  return {
    useCase,
    ci,
    claims: claims.map(({ claim }) => claim),
    gathered: values,
    sets,
    tells,
    certain: claims.some(
      ({ claim, fields }) =>
        !claim.vague && (claim.sign.strength === 'certain' || (claim.sign.file !== undefined && fields !== undefined)),
    ),
    at: sitesOf(claims.map(({ claim }) => claim)),
  };
}

/**
 * The account that the job is shown to work in, where nobody knows it, and it signs in to several: that of an image which it builds
 * upon is another one. Undefined where there is nothing to tell apart.
 */
function accountOfShown(useCase: UseCase, claims: readonly ClaimedFields[]): Value | undefined {
  const accountsOf = (some: readonly ClaimedFields[]) =>
    some.flatMap(({ claim, fields }) => optionsOfClaim(claim, useCase, fields).get('account') ?? []);
  const shown = accountsOf(claims.filter(({ claim }) => claim.sign.strength === 'certain'));
  const others = accountsOf(claims.filter(({ claim }) => claim.sign.strength !== 'certain'));
  const isOpen = (value: Value) => value.some((text) => literalOf(text) === undefined);
  if (shown.length === 0 || isKnown(shown) || !isOpen(others) || !isKnown(others)) return undefined;
  return shown;
}

function isKnown(value: Value | undefined): boolean {
  return value !== undefined && settled(value).some((text) => literalOf(text) !== undefined);
}

function siteOf({ sign: { toldAt }, event: { event } }: Claim): Site {
  const line = event.kind === 'step' && toldAt !== undefined ? event.lines?.get(toldAt) : undefined;
  return line === undefined ? event.at : { ...event.at, line };
}

function sitesOf(claims: readonly Claim[]): Site[] {
  const seen = new Map<string, Site>();
  for (const claim of claims) {
    for (const site of [siteOf(claim), ...claim.event.event.through]) seen.set(`${site.file}:${site.line}`, site);
  }
  return [...seen.values()];
}
