import type { Detection, Sign } from '@postern/core';
import type { CiJob } from '../event.js';
import { conditionHolds } from './condition.js';
import { isOtherVendor } from './vendors.js';
import { hasName, nameEvent, type NamedEvent } from './names.js';

/** An event that shows, or belongs to, the job of an entry. */
export interface Claim {
  readonly useCase: string;
  readonly sign: Sign;
  readonly event: NamedEvent;
  /** The name by which the sign knows it. */
  readonly name: string;
  /** What the sign says counts for less where the subcommand is not known. */
  readonly vague: boolean;
}

/** What the events of a CI job show. */
export interface Claimed {
  readonly events: readonly NamedEvent[];
  readonly claims: readonly Claim[];
}

/** Asks the signs of all entries about the events of a CI job. */
export function claimEvents(job: CiJob, detections: Readonly<Record<string, Detection>>): Claimed {
  const events = job.events.map(nameEvent).filter(({ event }) => !isOtherVendor(event));
  const all: Claim[] = [];
  for (const event of events) {
    for (const [useCase, { signs }] of Object.entries(detections)) {
      const claim = firstClaim(useCase, signs, event, events);
      if (claim !== undefined) all.push(claim);
    }
  }
  const shown = (claims: readonly Claim[]) =>
    new Set(claims.filter(({ sign }) => sign.strength !== 'part').map(({ useCase }) => useCase));
  const useCases = shown(all);
  const claims = all.filter((claim) => {
    if (!useCases.has(claim.useCase)) return false;
    if (claim.sign.otherwise !== true) return true;
    return !all.some(
      (other) =>
        other.event === claim.event &&
        other.sign.otherwise !== true &&
        useCases.has(other.useCase) &&
        other.useCase !== claim.useCase,
    );
  });
  const left = shown(claims);
  return { events, claims: claims.filter(({ useCase }) => left.has(useCase)) };
}

function firstClaim(
  useCase: string,
  signs: readonly Sign[],
  event: NamedEvent,
  events: readonly NamedEvent[],
): Claim | undefined {
  for (const sign of signs) {
    const name = sign.on.find((one) => hasName(event, one)) ?? vagueName(sign, event);
    if (name === undefined) continue;
    const of = { event, sign, name, fields: undefined };
    if (sign.when !== undefined && !conditionHolds(sign.when, of, events)) continue;
    return { useCase, sign, event, name, vague: !sign.on.some((one) => hasName(event, one)) };
  }
  return undefined;
}

/** A program whose subcommand nobody knows may do what any of its signs say, except the AWS CLI, which does everything. */
function vagueName(sign: Sign, { vague }: NamedEvent): string | undefined {
  if (
    vague === undefined ||
    vague === 'aws' ||
    vague === 'docker' ||
    sign.strength === 'part' ||
    sign.lacks !== undefined
  )
    return undefined;
  return sign.on.find((name) => name.startsWith(`$ ${vague} `));
}
