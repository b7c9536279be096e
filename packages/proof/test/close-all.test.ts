import { expect, test } from 'vitest';
import { closeAll, type Closable } from '../src/close-all.js';

test('what is opened while others are closed is closed too, and each once', async () => {
  const closed: string[] = [];
  const open = new Set<Closable>();
  const openOne = (name: string, next?: string) =>
    open.add({
      close: async () => {
        await Promise.resolve();
        if (next !== undefined) openOne(next);
        closed.push(name);
      },
    });
  openOne('first', 'a run that had begun');
  openOne('second');
  await closeAll(open);
  expect(closed.sort()).toEqual(['a run that had begun', 'first', 'second']);
});
