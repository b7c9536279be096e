/** Something that is open, such as a stage with its programs. */
export interface Closable {
  close(): Promise<void>;
}

/**
 * Closes all, and what is opened until all of it is closed: a run that began before would go on otherwise, and make the folder
 * anew that is removed next.
 */
export async function closeAll(open: ReadonlySet<Closable>): Promise<void> {
  const closed = new Set<Closable>();
  for (let left = [...open]; left.length > 0; left = [...open].filter((one) => !closed.has(one))) {
    for (const one of left) closed.add(one);
    await Promise.all(left.map((one) => one.close()));
  }
}
