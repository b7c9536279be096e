/** A line of a stream. */
export interface StreamLine {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  /** Whether it was longer than is read; its text is then empty. */
  readonly tooLong: boolean;
}

/** Far more than two sets of policies ever need. */
const longest = 16 * 1024 * 1024;

/** Reads a stream line by line; Windows line ends are taken off. A line that is too long is skipped, not kept. */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array | string>,
  most: number = longest,
): AsyncGenerator<StreamLine> {
  const decoder = new TextDecoder();
  let [rest, number, tooLong] = ['', 0, false];
  const take = (text: string): StreamLine => {
    const line = { text: tooLong ? '' : text.replace(/\r$/, ''), number: (number += 1), tooLong };
    tooLong = false;
    return line;
  };
  for await (const chunk of stream) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const pieces = text.split('\n');
    for (const piece of pieces.slice(0, -1)) {
      yield take(rest + piece);
      rest = '';
    }
    rest += pieces.at(-1)!;
    if (rest.length > most) [rest, tooLong] = ['', true];
  }
  if (rest !== '' || tooLong) yield take(rest);
}
