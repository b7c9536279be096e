/**
 * Does something that leaves nothing behind when it is interrupted: on Ctrl-C and on a request to end, what is open is
 * closed first, and then the process ends as the signal wants.
 * @param act is given a function that it tells how to close
 */
export async function interruptible<T>(act: (onOpen: (close: () => Promise<void>) => void) => Promise<T>): Promise<T> {
  let close: (() => Promise<void>) | undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const listeners = signals.map((signal) => {
    const listener = () => {
      for (const [other, one] of listeners) process.off(other, one);
      void (close?.() ?? Promise.resolve()).finally(() => process.kill(process.pid, signal));
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  try {
    return await act((how) => (close = how));
  } finally {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
}
