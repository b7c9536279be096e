import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeLine, type Io } from '@postern/cli';
import type { RecordedProof, TrustEntry } from '@postern/core';
import { compareRecords, proveTrust, recordTrustProof, type AnyTrustSample } from '@postern/proof';
import { findTools } from '@postern/proof/clients';

const catalog = 'packages/core/src/catalog';
const folder = new URL(`../../../${catalog}/trust/`, import.meta.url);

/** The ids of the trust entries. */
export const trustIds: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((item) => item.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The folder of an entry, in which its evidence is kept. */
export const folderOf = (id: string): string => `${catalog}/${trustIds.includes(id) ? 'trust' : 'permissions'}/${id}`;

/** Loads a trust entry and its cases. */
export async function loadTrust(
  id: string,
): Promise<{ readonly entry: TrustEntry; readonly samples: readonly AnyTrustSample[] }> {
  // Written out, so that a bundle finds all of them.
  const [exports, { samples }] = await Promise.all([
    import(`../../../packages/core/src/catalog/trust/${id}/entry.ts`) as Promise<Readonly<Record<string, unknown>>>,
    import(`../../../packages/core/src/catalog/trust/${id}/cases.ts`) as Promise<{
      readonly samples: readonly AnyTrustSample[];
    }>,
  ]);
  const entry = Object.values(exports)[0] as TrustEntry;
  return { entry, samples };
}

export interface TrustProofFlags {
  /** Whether the evidence is written and not compared. */
  readonly write: boolean;
  /** Whether a missing client is a finding. */
  readonly required: boolean;
}

/**
 * Proves a trust entry from its own cases, and compares with its evidence or writes that.
 * @returns whether there is no finding
 */
export async function proveTrustEntry(id: string, { write, required }: TrustProofFlags, io: Io): Promise<boolean> {
  const { entry, samples } = await loadTrust(id);
  const clients = ['boto3', 'aws', 'aws-1'] as const;
  const tools = await findTools({}, io.env, clients);
  const missing = clients.filter((name) => tools[name] === undefined);
  if (missing.length > 0) writeLine(io.stderr, `not run whole: ${missing.join(', ')} missing: \`npm run clients\``);
  if (missing.length > 0 && (required || tools.boto3 === undefined)) return !required;
  const proof = await proveTrust(entry, samples, { tools });
  const findings = [...proof.findings];
  if (findings.length === 0 && missing.length === 0) findings.push(...kept(id, recordTrustProof(proof), write, io));
  for (const finding of findings) writeLine(io.stderr, `finding: ${finding}`);
  const { atoms, hostile, decided } = proof;
  const proved = atoms.filter(({ outcome }) => outcome === 'proved').length;
  writeLine(
    io.stdout,
    `${id}: ${proved} of ${atoms.length} parts proved, ${hostile.length} hostile tokens and calls refused, ${decided} cases that no client can send`,
  );
  return findings.length === 0;
}

/** Writes the record, or says how it differs from the evidence. */
function kept(id: string, record: RecordedProof, write: boolean, io: Io): string[] {
  const file = new URL(`${id}/evidence.json`, folder);
  if (write) {
    writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
    return [];
  }
  if (!existsSync(file)) return ['there is no evidence yet: write it with `--write`'];
  const { differences, versions } = compareRecords(JSON.parse(readFileSync(file, 'utf8')) as RecordedProof, record);
  for (const version of versions) writeLine(io.stderr, `warning: ${version}: only outcomes are compared`);
  return differences.map((text) => `not as in the evidence: ${text}`);
}
