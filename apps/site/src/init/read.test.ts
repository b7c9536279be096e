import { expect, test } from 'vitest';
import { givenByDrop, givenByPick, readGiven, type GivenItem, type ReadItems } from './read.js';

const file = (name: string, text: string): GivenItem => ({ name, file: async () => new File([text], name) });
const closed = (name: string): GivenItem => ({
  name,
  list: () => Promise.reject(new DOMException('no', 'NotReadableError')),
});
const folder = (name: string, ...given: readonly GivenItem[]): GivenItem => ({ name, list: async () => given });

test('a folder that the browser does not open is told, and what is beside it is read', async () => {
  const read = (await readGiven([
    folder('shop', closed('data'), folder('.github', folder('workflows', file('a.yml', 'on: push')))),
  ])) as ReadItems;
  expect([...read.repository.files.keys()]).toEqual(['.github/workflows/a.yml']);
  expect(read.leftOut).toEqual(['The browser did not open `data`: what is in it was not looked at.']);
});

test('of many folders that are not opened, a few are named and the others are counted', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `data-${10 + index}`);
  const { leftOut } = (await readGiven([folder('shop', ...names.map(closed))])) as ReadItems;
  expect(leftOut).toEqual([
    'The browser did not open `data-10`, `data-11`, `data-12`, `data-13`, `data-14` and 7 more folders: what is in them was not looked at.',
  ]);
});

test('a folder that is left out anyhow is not named', async () => {
  const { leftOut } = (await readGiven([folder('shop', closed('node_modules'))])) as ReadItems;
  expect(leftOut).toEqual([]);
});

test('a folder that was given and is not opened fails as a whole, dropped too', async () => {
  await expect(readGiven([closed('shop')])).rejects.toThrow();
  const entry = {
    name: 'shop',
    isDirectory: true,
    createReader: () => ({
      readEntries: (_: unknown, fail: (error: Error) => void) => fail(new Error('no')),
    }),
  };
  const items = [{ kind: 'file', webkitGetAsEntry: () => entry }];
  const dropped = givenByDrop({ items, files: [] } as unknown as DataTransfer);
  await expect(readGiven(dropped)).rejects.toThrow();
});

test('where nothing was given, that is said', async () => {
  expect(await readGiven([])).toEqual({
    problem: 'there is no file in what was given: name the folder of a repository, or a CI file',
  });
  expect(givenByPick([])).toEqual([]);
});
