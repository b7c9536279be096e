import type { RecordedProof } from '@postern/core';

/**
 * What a run showed of one part, in a line.
 * @param name as `listAtoms` names it, such as `PushImages: ecr:PutImage`
 */
export function proofText(proof: RecordedProof | undefined, name: string): string {
  const found = proof?.atoms.find(({ atom }) => atom === name);
  if (found === undefined) return 'none yet';
  const { outcome, tool, step, scenario, why, clients = {} } = found;
  if (step === undefined) return `${outcome}: ${why ?? ''}`;
  const release = (name: string) => [name, proof?.tools[name]].filter(Boolean).join(' ');
  const uses = Object.entries(clients);
  const others = uses.some(([, use]) => use === 'needs it') ? uses.filter(([, use]) => use !== 'needs it') : [];
  const rest = others.map(([client, use]) => `; ${release(client)} ${use}`).join('');
  return `${outcome}: ${release(tool ?? '')} fails at "${step}" without it (${scenario})${rest}`;
}
