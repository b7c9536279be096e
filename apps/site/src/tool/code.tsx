import { colour } from './colour.js';
import type { Line } from './lines.js';

interface CodeProps {
  readonly lines: readonly Line[];
  readonly selected: number | undefined;
  readonly onSelect: (line: number) => void;
  /** What the policy is, for those who do not see it. */
  readonly label: string;
  readonly isStale: boolean;
  /** The word of the format that it is printed in. */
  readonly format: string;
}

/** A printed policy, of which each line that has a reason can be selected. */
export function Code({ lines, selected, onSelect, label, isStale, format }: CodeProps) {
  const first = selected ?? lines.findIndex(({ place }) => place !== undefined);
  const move = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    let next = at + step;
    while (lines[next] !== undefined && lines[next]?.place === undefined) next += step;
    if (lines[next] === undefined) return;
    onSelect(next);
    const list = (event.currentTarget as HTMLElement).closest('.code');
    list?.querySelector<HTMLElement>(`[data-line="${next}"]`)?.focus();
  };
  return (
    <div class={isStale ? 'code stale' : 'code'} role="group" aria-label={label} data-format={format}>
      <div class="lines">
        {lines.map(({ text, place }, index) => {
          const pieces = colour(text).map((piece, number) =>
            piece.is === 'text' ? (
              piece.text
            ) : (
              <span key={number} class={`c-${piece.is}`}>
                {piece.text}
              </span>
            ),
          );
          if (place === undefined)
            return (
              <div key={index} class={text.length > 300 ? 'line long' : 'line'}>
                {pieces}
                {'\n'}
              </div>
            );
          return (
            <div
              key={index}
              class="line explained"
              role="button"
              tabIndex={index === first ? 0 : -1}
              data-line={index}
              aria-pressed={index === selected}
              onMouseEnter={() => onSelect(index)}
              onFocus={() => onSelect(index)}
              onKeyDown={(event) => move(event, index)}
            >
              {pieces}
              {'\n'}
            </div>
          );
        })}
      </div>
    </div>
  );
}
