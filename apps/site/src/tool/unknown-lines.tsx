import { Words } from './reasons.js';

/** What an address says and the page does not know. */
export function UnknownLines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <p key={line} data-unknown>
          <Words text={line} />
        </p>
      ))}
    </>
  );
}
