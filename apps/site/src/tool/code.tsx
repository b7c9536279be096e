import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { colour } from './colour.js';
import type { PolicyLine } from './lines.js';

interface CodeProps {
  readonly lines: readonly PolicyLine[];
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
  const select = ({ target }: Event) => {
    const line = lineAt(target)?.dataset['line'];
    if (line !== undefined) onSelect(Number(line));
  };
  // A line that did not change is neither coloured nor compared again: a keystroke changes few of them.
  const drawn = useRef(new Map<string, VNode>());
  const next = new Map<string, VNode>();
  const nodes = lines.map(({ text, place }, index) => {
    const isExplained = place !== undefined;
    const key = `${index} ${isExplained} ${isExplained && index === first} ${index === selected} ${text}`;
    const node =
      drawn.current.get(key) ??
      drawLine({ text, index, isExplained, isFirst: index === first, isSelected: index === selected });
    next.set(key, node);
    return node;
  });
  drawn.current = next;
  return (
    <div
      class={isStale ? 'code stale' : 'code'}
      role="group"
      aria-label={label}
      data-format={format}
      // Where no line can be gone to, it is scrolled by keys itself.
      tabIndex={first === -1 ? 0 : undefined}
    >
      <div class="lines" onMouseOver={select} onFocusIn={select} onKeyDown={walk}>
        {nodes}
      </div>
    </div>
  );
}

interface DrawnLine {
  readonly text: string;
  readonly index: number;
  readonly isExplained: boolean;
  readonly isFirst: boolean;
  readonly isSelected: boolean;
}

function drawLine({ text, index, isExplained, isFirst, isSelected }: DrawnLine): VNode {
  const pieces = colour(text).map((piece, number) =>
    piece.is === 'text' ? (
      piece.text
    ) : (
      <span key={number} class={`c-${piece.is}`}>
        {piece.text}
      </span>
    ),
  );
  if (!isExplained)
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
      tabIndex={isFirst ? 0 : -1}
      data-line={index}
      aria-pressed={isSelected}
    >
      {pieces}
      {'\n'}
    </div>
  );
}

function lineAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
}

/** The arrow keys go to the next line that has a reason, which selects it. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const line = lineAt(event.target);
  if (step === undefined || line === null) return;
  event.preventDefault();
  const all = [...(line.parentElement?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
  all[all.indexOf(line) + step]?.focus();
}
