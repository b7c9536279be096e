/** How long a worker may take for one answer, in milliseconds. */
const longest = 60_000;

/** What became of a question: an answer, or a sentence that says why there is none. */
export type AskOutcome<Answer> = { readonly answer: Answer } | { readonly failed: string };

/**
 * Asks one question after the other in a worker, so that the page stays usable. A question ends the one before it.
 * @param make starts the worker
 */
export function asker<Question, Answer>(
  make: () => Worker,
): (question: Question, done: (asked: AskOutcome<Answer>) => void) => void {
  let worker: Worker | undefined;
  let isAsked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    worker?.terminate();
    worker = undefined;
  };
  return (question, done) => {
    clearTimeout(timer);
    if (isAsked) end();
    worker ??= make();
    const own = worker;
    const settle = (asked: AskOutcome<Answer>) => {
      if (worker !== own) return;
      clearTimeout(timer);
      isAsked = false;
      if ('failed' in asked) end();
      done(asked);
    };
    isAsked = true;
    own.onmessage = ({ data }: MessageEvent<Answer>) => settle({ answer: data });
    own.onerror = () =>
      settle({ failed: 'it ended in an unexpected error: the command line may do it, and please report it' });
    timer = setTimeout(
      () => settle({ failed: `it took longer than ${longest / 1000} seconds and was ended: give a part of it` }),
      longest,
    );
    own.postMessage(question);
  };
}
