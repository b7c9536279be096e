import type { RecordedProof } from '@postern/core';
import { digest } from './digest.js';
import type { Parts } from './parts.js';

/** What a proof was run against, as `proved.json` beside its evidence holds it. */
export interface Proved {
  /** A digest of the evidence that it gave. */
  readonly evidence: string;
  readonly parts: Parts;
  /** A digest of all of this: parts of two runs that were merged are those of no run. */
  readonly seal: string;
}

/** What is kept of a run of a proof beside the evidence that it gave. */
export function sealProof(evidence: RecordedProof, parts: Parts): Proved {
  const about = { evidence: digest(evidence), parts };
  return { ...about, seal: digest(about) };
}

/**
 * Why a proof is to be run again; undefined where nothing that it depends on differs.
 * @param proved what was recorded, as it was read; undefined where nothing was
 * @param now its parts as they are
 */
export function whyProve(evidence: RecordedProof | undefined, proved: unknown, now: Parts): string | undefined {
  if (evidence === undefined) return 'has no committed evidence yet';
  if (proved === undefined) return 'nothing says what its evidence was recorded against';
  if (!isProved(proved) || proved.seal !== digest({ evidence: proved.evidence, parts: proved.parts }))
    return 'what its evidence was recorded against was written or merged by hand';
  if (proved.evidence !== digest(evidence)) return 'its evidence is another one than the proof gave';
  const names = [...new Set([...Object.keys(proved.parts), ...Object.keys(now)])];
  const changed = names.filter((name) => proved.parts[name] !== now[name]);
  if (changed.length === 0) return undefined;
  const told = changed.map((name) => describePart(name, proved.parts[name], now[name]));
  return `${told.join(', ')} changed since its evidence was recorded`;
}

const words: Readonly<Record<string, string>> = {
  policies: 'its policies',
  plan: 'its plan',
  'job inside': 'the job that is run with its credentials',
  engine: 'what all proofs rest on',
  packages: 'a package of npm that all proofs rest on',
};

function describePart(name: string, was: string | undefined, is: string | undefined): string {
  if (!name.startsWith('client ')) return words[name] ?? `the ${name} of the sandbox`;
  const [before, here] = [was, is].map((text) => text?.split(' ').slice(0, -1).join(' ') ?? 'none');
  return before === here ? `the ${name}` : `the ${name} (${before} then, ${here} here)`;
}

function isProved(value: unknown): value is Proved {
  if (typeof value !== 'object' || value === null) return false;
  const { evidence, parts, seal } = value as Partial<Record<keyof Proved, unknown>>;
  return typeof evidence === 'string' && typeof seal === 'string' && typeof parts === 'object' && parts !== null;
}
