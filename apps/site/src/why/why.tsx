import { useMemo, useState } from 'preact/hooks';
import type * as answering from './answers.js';
import { Words } from '../tool/reasons.js';

export interface WhyProps {
  /** Reads a text; absent until the catalog is loaded. */
  readonly answers?: typeof answering;
}

/** A refusal, and a token that is not let in: what is the matter, and what helps. */
export function Why({ answers }: WhyProps) {
  const [text, setText] = useState('');
  const [policy, setPolicy] = useState('');
  const [token, setToken] = useState('');
  const found = useMemo(() => (text.trim() === '' ? undefined : answers?.answer(text)), [text, answers]);
  const said = useMemo(() => answers?.answerToken(policy, token) ?? [], [policy, token, answers]);
  return (
    <div class="stack">
      <div class="stack-small">
        <label for="refusal">The refusal, a log with it, or the event of CloudTrail</label>
        <textarea
          id="refusal"
          rows={8}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <section class="answer stack" aria-live="polite" aria-label="What was refused and what brings it">
        {found?.leftOut.map((line) => (
          <p key={line}>
            <Words text={line} />
          </p>
        ))}
        {found?.answers.length === 0 ? (
          <p>
            No refusal of AWS was found in what was read: give the line with <code>is not authorized to perform</code>,
            or with <code>AccessDenied</code> and what stands around it.
          </p>
        ) : null}
        {found?.answers.map(({ heading, lines, brought }, index) => (
          <article key={index} class="stack-small">
            <h2>
              <code>{heading}</code>
            </h2>
            {lines.map((line) => (
              <p key={line}>
                <Words text={line} />
              </p>
            ))}
            {brought.map(({ useCase, sid, reason, when, flags }) => (
              <p key={useCase + sid}>
                Brought by <a href={`jobs/${useCase}.html`}>{useCase}</a>, {sid}: {reason}. When: <Words text={when} />
                {flags.length === 0 ? null : (
                  <>
                    . With <code>{flags.join(' ')}</code>
                  </>
                )}
              </p>
            ))}
          </article>
        ))}
      </section>
      <section class="stack" aria-labelledby="token-title">
        <h2 id="token-title">A token that is not let in</h2>
        <p class="quiet">
          The trust policy of the role and the claims of the token, or the token. It is read here, never verified, and
          not shown.
        </p>
        <div class="two">
          <div class="stack-small">
            <label for="trust-policy">The trust policy</label>
            <textarea
              id="trust-policy"
              rows={12}
              spellcheck={false}
              value={policy}
              placeholder="JSON"
              onInput={(event) => setPolicy(event.currentTarget.value)}
            />
          </div>
          <div class="stack-small">
            <label for="token">The claims, as JSON, or the token</label>
            <textarea
              id="token"
              rows={12}
              spellcheck={false}
              value={token}
              onInput={(event) => setToken(event.currentTarget.value)}
            />
          </div>
        </div>
        <div class="answer stack-small" aria-live="polite">
          {said.map((line) => (
            <p key={line}>
              <Words text={line} />
            </p>
          ))}
        </div>
      </section>
    </div>
  );
}
