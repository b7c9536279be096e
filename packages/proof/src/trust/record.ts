import type { ProofOutcome, RecordedProof } from '@postern/core';
import type { TrustProof } from './prove-trust.js';

const outcomes: readonly ProofOutcome[] = ['proved', 'replayed', 'tolerated', 'claimed'];

/**
 * What is kept of a proof of a trust entry, in the shape of the others: nothing in it differs when nothing has changed.
 * @throws {Error} where the proof has findings: that is no evidence
 */
export function recordTrustProof(proof: TrustProof): RecordedProof {
  const { entry, tools, cells, clients, atoms, hostile, requests, findings } = proof;
  if (findings.length > 0) throw new Error(`a proof with findings is no evidence: ${findings[0]}`);
  const statement = entry.statements[0]?.sid ?? '';
  const used = ['boto3', ...clients] as const;
  const takesTokens = entry.issuer !== undefined;
  return {
    useCase: entry.id,
    tools: cells.length === 0 ? {} : Object.fromEntries(used.map((name) => [name, tools[name]!.version])),
    counts: Object.fromEntries(
      outcomes.map((outcome) => [outcome, atoms.filter((atom) => atom.outcome === outcome).length]),
    ) as Record<ProofOutcome, number>,
    scenarios: [
      ...(cells.length === 0
        ? []
        : [
            {
              name: 'sdk',
              title: takesTokens
                ? 'boto3 gets credentials by AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE'
                : 'boto3 assumes the role with the keys of a caller',
              cells,
            },
          ]),
      ...(takesTokens && cells.length > 0
        ? [
            {
              name: 'job',
              title: `${used.join(', ')} read a secret with them, and none beyond the boundary of the role`,
              cells: cells.slice(0, 1),
            },
          ]
        : []),
    ],
    atoms,
    hostile: hostile.map(({ request, cell }) => ({ request, statement, cell })),
    requests,
  };
}
