import { colour } from '../tool/colour.js';

interface ListingProps {
  readonly text: string;
  /** What the text is, for those who do not see it. */
  readonly label: string;
}

/** A text to read, with its colours. */
export function Listing({ text, label }: ListingProps) {
  return (
    <div class="code" role="group" aria-label={label} tabIndex={0}>
      <div class="lines">
        {text
          .replace(/\n$/, '')
          .split('\n')
          .map((line, index) => (
            <div key={index} class={line.length > 300 ? 'line long' : 'line'}>
              <Coloured line={line} />
              {'\n'}
            </div>
          ))}
      </div>
    </div>
  );
}

/** A line in its colours. */
export function Coloured({ line }: { readonly line: string }) {
  return (
    <>
      {colour(line).map(({ text, is }, number) =>
        is === 'text' ? (
          text
        ) : (
          <span key={number} class={`c-${is}`}>
            {text}
          </span>
        ),
      )}
    </>
  );
}
