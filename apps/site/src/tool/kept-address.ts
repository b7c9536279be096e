/** How long after the last keystroke the address is written: browsers refuse it where it is written too often. */
const rest = 250;

let waiting: { readonly hash: string; readonly timer: ReturnType<typeof setTimeout> } | undefined;

/** Writes a choice into the address of the page once nobody has typed for a moment. */
export function keepAddress(hash: string): void {
  clearTimeout(waiting?.timer);
  waiting = { hash, timer: setTimeout(writeAddress, rest) };
}

/** Writes what waits into the address now. */
export function writeAddress(): void {
  if (waiting === undefined) return;
  clearTimeout(waiting.timer);
  const { hash } = waiting;
  waiting = undefined;
  history.replaceState(null, '', `#${hash}`);
}

/** Forgets what waits: the address says something else now. */
export function dropAddress(): void {
  clearTimeout(waiting?.timer);
  waiting = undefined;
}
