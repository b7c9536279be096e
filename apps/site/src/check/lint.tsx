import { sayFinding, type LintAnswer, type LintFinding } from '@postern/cli/browser';
import { Coloured } from '../parts/listing.js';
import { Words } from '../tool/reasons.js';
import type { Marked, MarkedLine } from './mark.js';

interface LintProps {
  readonly lint: LintAnswer;
  readonly lines: Marked;
  readonly reference: string;
}

/** What the linter finds, at the lines of the text. */
export function Lint({ lint: { said, notes, findings, summary }, lines: { lines, rest }, reference }: LintProps) {
  const placed = new Set(lines.flatMap((line) => line.findings));
  const others = findings.filter((_, index) => !placed.has(index));
  return (
    <div class="stack-small" data-lint>
      <h2>Lint</h2>
      <p>{summary}</p>
      {[...notes, ...said].map((line) => (
        <p key={line} class="quiet small">
          <Words text={line} />
        </p>
      ))}
      {others.slice(0, 100).map((finding, index) => (
        <Found key={index} finding={finding} />
      ))}
      {others.length > 100 ? <p class="quiet small">… and {others.length - 100} more that are not shown</p> : null}
      <div class="code marked" role="group" aria-label="The policy, with what the linter finds" tabIndex={0}>
        <div class="lines">
          {lines.map((line) => (
            <Line key={line.number} line={line} findings={findings} />
          ))}
          {rest > 0 ? <Skipped count={rest} /> : null}
        </div>
      </div>
      <p class="quiet small">{reference}</p>
    </div>
  );
}

function Line({
  line: { number, text, findings: own, skipped },
  findings,
}: {
  readonly line: MarkedLine;
  readonly findings: readonly LintFinding[];
}) {
  const worst = (['error', 'warning', 'note'] as const).find((level) =>
    own.some((index) => findings[index]?.level === level),
  );
  return (
    <>
      {skipped > 0 ? <Skipped count={skipped} /> : null}
      <div class={`line${worst === undefined ? '' : ` at ${worst}`}`} data-number={number}>
        <span class="number" aria-hidden="true">
          {number}
        </span>
        <Coloured line={text} />
        {'\n'}
      </div>
      {own.map((index) => (
        <Found key={index} finding={findings[index]!} />
      ))}
    </>
  );
}

function Skipped({ count }: { readonly count: number }) {
  return <div class="skipped">{count === 1 ? 'a line that is not shown' : `${count} lines that are not shown`}</div>;
}

function Found({ finding }: { readonly finding: LintFinding }) {
  const { level, rule, why, instead, link, line, column } = finding;
  return (
    <div class={`finding ${level}`}>
      <p>
        <span class="level">{level}</span>{' '}
        {line === undefined ? null : (
          <span class="at">
            {line}:{column}{' '}
          </span>
        )}
        <Words text={sayFinding(finding)} />{' '}
        {/^https:/.test(link) ? (
          <a href={link} rel="noopener noreferrer">
            {rule}
          </a>
        ) : (
          <span class="at">{rule}</span>
        )}
      </p>
      <p class="quiet">
        <Words text={why} /> <Words text={`Instead: ${instead}.`} />
      </p>
    </div>
  );
}
