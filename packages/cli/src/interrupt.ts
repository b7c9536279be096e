/** How what is open is to be closed. */
export interface Closing {
  /** What asked for it; undefined where the work has simply ended. */
  readonly signal: NodeJS.Signals | undefined;
  /** Whether there is no time to clean up: the signal came a second time. */
  readonly atOnce: boolean;
}

/**
 * Does something that leaves nothing behind when it is interrupted: on Ctrl-C and on a request to end, what is open is
 * closed first, and then the process ends as the signal wants. A second signal closes at once.
 * @param act is given a function that it tells how to close
 */
export async function interruptible<T>(
  act: (onOpen: (close: (closing: Closing) => Promise<void>) => void) => Promise<T>,
): Promise<T> {
  let close: ((closing: Closing) => Promise<void>) | undefined;
  let first: NodeJS.Signals | undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const listeners = signals.map((signal) => {
    const listener = () => {
      const atOnce = first !== undefined;
      first ??= signal;
      void (close?.({ signal, atOnce }) ?? Promise.resolve()).finally(() => {
        for (const [other, one] of listeners) process.off(other, one);
        process.kill(process.pid, first);
      });
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  try {
    const result = await act((how) => (close = how));
    // What ends because of a signal has no result: the process ends by it, once all is closed.
    return first === undefined ? result : await new Promise<T>(() => undefined);
  } catch (error) {
    if (first === undefined) throw error;
    return new Promise<T>(() => undefined);
  } finally {
    if (first === undefined) for (const [signal, listener] of listeners) process.off(signal, listener);
  }
}
