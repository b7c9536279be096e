import { describeEvidence, type Evidence } from '@postern/core';
import type { Reason } from './reason.js';

/** Whether what runs showed is loaded. */
export type ProofState = 'coming' | 'there' | 'failed';

interface ReasonsProps {
  readonly reason: Reason | undefined;
  readonly proof: ProofState;
}

/** Why the selected line is there: which step needs it, under which option, on whose word, and what was proved. */
export function Reasons({ reason, proof }: ReasonsProps) {
  return (
    <section
      class={reason === undefined ? 'reasons' : 'reasons told'}
      aria-live="polite"
      aria-label="Why the selected line is there"
      tabIndex={0}
    >
      {reason === undefined ? (
        <p class="quiet">Point at a line, or walk through them with the arrow keys: here stands why it is there.</p>
      ) : (
        <>
          <h3>
            <code>{reason.title}</code>
          </h3>
          <p class="why">{reason.why}</p>
          <dl>
            <dt>When</dt>
            <dd>
              <Words text={reason.when} />
            </dd>
            <dt>On whose word</dt>
            <dd>
              <ul>
                {reason.evidence.map((one) => (
                  <li key={describeEvidence(one)}>
                    <EvidenceLink evidence={one} />
                  </li>
                ))}
              </ul>
            </dd>
            <dt>Shown by a run</dt>
            <dd>
              <ul>
                {proof === 'there' ? null : (
                  <li>
                    {proof === 'coming' ? 'loading…' : 'not known: it could not be loaded, so load the page again'}
                  </li>
                )}
                {proof === 'there' && reason.proofs.length === 0 ? <li>nothing of its own was taken out</li> : null}
                {(proof === 'there' ? reason.proofs : []).map(({ part, text }) => (
                  <li key={part}>{text}</li>
                ))}
              </ul>
            </dd>
          </dl>
        </>
      )}
    </section>
  );
}

/** A sentence with what stands in backticks as code. */
export function Words({ text }: { readonly text: string }) {
  return <>{text.split('`').map((piece, index) => (index % 2 === 0 ? piece : <code key={index}>{piece}</code>))}</>;
}

/** The evidence, with a link to where it can be read. */
export function EvidenceLink({ evidence }: { readonly evidence: Evidence }) {
  const words = describeEvidence(evidence);
  const address = addressOf(evidence);
  return address === undefined ? (
    <>{words}</>
  ) : (
    <a href={address} rel="noopener noreferrer">
      {evidence.kind === 'vendor' ? evidence.title : words}
    </a>
  );
}

function addressOf(evidence: Evidence): string | undefined {
  if (evidence.kind === 'vendor') return evidence.url.startsWith('https://') ? evidence.url : undefined;
  if (evidence.kind !== 'source') return undefined;
  const { repository, revision, file } = evidence;
  return encodeURI(`https://github.com/${repository}/blob/${revision}/${file}`);
}
