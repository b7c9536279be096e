/** Waits until the browser has nothing else to do, and no longer than a second. */
export function idle(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => done(), { timeout: 1000 });
    else setTimeout(done);
  });
}

/** Lets the browser do what waits, such as a scroll, so that two long things are not one. */
export function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
