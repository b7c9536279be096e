import type { FindingsSection, ToldAnswer, ToldFinding } from '@postern/cli/browser';
import { Listing } from '../parts/listing.js';
import { Words } from '../tool/reasons.js';
import type { CheckAnswer } from './answer.js';

interface FitsProps {
  readonly fits: NonNullable<CheckAnswer['fits']>;
  readonly onPick: (useCase: string, options: Readonly<Record<string, unknown>>) => void;
}

/** The jobs that a policy fits best, each to be checked against. */
export function Fits({ fits: { says, fits }, onPick }: FitsProps) {
  return (
    <div class="stack-small" data-fits>
      <h2>Check</h2>
      {says.map((line) => (
        <p key={line}>
          <Words text={line} />
        </p>
      ))}
      {fits.map((fit) => (
        <article key={fit.useCase} class="told">
          <p>{fit.says}</p>
          <p class="wrapped">
            <code>{fit.command}</code>
          </p>
          {fit.untold.map((line) => (
            <p key={line} class="quiet small">
              <Words text={line} />
            </p>
          ))}
          <div class="actions">
            <button type="button" onClick={() => onPick(fit.useCase, fit.options)}>
              Check against {fit.useCase}
            </button>
          </div>
        </article>
      ))}
    </div>
  );
}

interface ToldAnswerProps {
  readonly told: ToldAnswer;
  /** Takes the options that were guessed; undefined where none were. */
  readonly onTake: (() => void) | undefined;
}

/** What a policy lacks for a job, and what it allows besides. */
export function Told({ told: { guessed, fits, sections }, onTake }: ToldAnswerProps) {
  const [heading, command, ...untold] = guessed;
  if (heading === undefined && sections.length === 0) return null;
  return (
    <div class="stack" data-told>
      {heading === undefined ? null : (
        <div class="told stack-small">
          <p>{heading}</p>
          <p class="wrapped">
            <code>{command}</code>
          </p>
          {untold.map((line) => (
            <p key={line} class="quiet small">
              <Words text={line} />
            </p>
          ))}
          {onTake === undefined ? null : (
            <div class="actions">
              <button type="button" onClick={onTake}>
                Take these options
              </button>
            </div>
          )}
        </div>
      )}
      {fits === undefined || sections.length === 0 ? null : (
        <p>
          <Words text={fits} />
        </p>
      )}
      {sections.map((section) => (
        <Part key={section.is} section={section} />
      ))}
    </div>
  );
}

function Part({ section: { is, title, findings, lines } }: { readonly section: FindingsSection }) {
  return (
    <div class={`stack-small part ${is}`}>
      <h2>{title}</h2>
      {findings.map((finding, index) => (
        <Finding key={index} finding={finding} />
      ))}
      {lines.map((line) => (
        <p key={line} class="small">
          <Words text={line} />
        </p>
      ))}
    </div>
  );
}

function Finding({ finding: { what, example, sid, from, refused, add } }: { readonly finding: ToldFinding }) {
  return (
    <article class="told">
      {what.map(({ text, step }) => (
        <div key={text}>
          <p>
            <Words text={text} />
          </p>
          {step === undefined ? null : <p class="quiet small">step: {step}</p>}
        </div>
      ))}
      {example === undefined ? null : (
        <p class="quiet small">
          <Words text={`for example ${example}`} />
        </p>
      )}
      {sid === undefined ? null : (
        <p class="quiet small">
          in {sid}, from {from.join('; ')}
        </p>
      )}
      {refused === undefined ? null : (
        <p class="small">
          <Words text={refused} />
        </p>
      )}
      {add === undefined ? null : (
        <details>
          <summary>add {sid}</summary>
          <Listing text={add} label={`The statement ${sid ?? ''} to add`} />
        </details>
      )}
    </article>
  );
}
