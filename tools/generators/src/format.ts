import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { root } from './folders.js';

/** A generated text as it is kept: TypeScript is formatted as `npm run format` formats it, other texts stand as they are. */
async function formatted(path: string, text: string): Promise<string> {
  if (!path.endsWith('.ts')) return text;
  return format(text, { ...(await resolveConfig(fileURLToPath(new URL(path, root)))), parser: 'typescript' });
}

/** The same for every file. */
export async function formatAll(files: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  return new Map(
    await Promise.all([...files].map(async ([path, text]) => [path, await formatted(path, text)] as const)),
  );
}
