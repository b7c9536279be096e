import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that is gone after the tests, and a way to write files into it. */
export function temporaryFolder(): {
  readonly folder: string;
  readonly file: (name: string, content: unknown) => string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'postern-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    file(name, content) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        path,
        typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
      );
      return path;
    },
  };
}

/** A policy of the version that knows variables. */
export function policy(...Statement: object[]): object {
  return { Version: '2012-10-17', Statement };
}

export function allow(Action: string | string[], Resource: string | string[], more: object = {}): object {
  return { Effect: 'Allow', Action, Resource, ...more };
}
