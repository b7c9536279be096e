import { describeEvidence, type Evidence, type RecordedProof } from '@postern/core';
import { useEffect, useState } from 'preact/hooks';
import { idle } from '../parts/idle.js';
import type { LineReason } from './reason.js';

/** What runs showed: not loaded yet, loaded, or not to be had. */
type LoadedProof =
  | { readonly is: 'coming' | 'failed' }
  | { readonly is: 'there'; readonly proof: RecordedProof | undefined };

interface ReasonsProps {
  /** Says why the selected line is there; absent where none is selected. */
  readonly explain: ((proof: RecordedProof | undefined) => LineReason | undefined) | undefined;
  /** Loads what runs showed of the entry. */
  readonly loadProof: (() => Promise<RecordedProof | undefined>) | undefined;
}

/**
 * Why the selected line is there: which step needs it, under which option, on whose word, and what was proved. It loads the proof
 * itself, when the page can be used, so that nothing else is drawn again for it.
 */
export function Reasons({ explain, loadProof }: ReasonsProps) {
  const [loaded, setLoaded] = useState<LoadedProof>({ is: 'coming' });
  useEffect(() => {
    void idle()
      .then(loadProof)
      .then(
        (proof) => setLoaded({ is: 'there', proof }),
        () => setLoaded({ is: 'failed' }),
      );
  }, []);
  const reason = explain?.(loaded.is === 'there' ? loaded.proof : undefined);
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
                {loaded.is === 'there' ? null : (
                  <li>
                    {loaded.is === 'coming' ? 'loading…' : 'not known: it could not be loaded, so load the page again'}
                  </li>
                )}
                {loaded.is === 'there' && reason.proofs.length === 0 ? <li>nothing of its own was taken out</li> : null}
                {(loaded.is === 'there' ? reason.proofs : []).map(({ part, text }) => (
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
