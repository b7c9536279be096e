import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform, type Plugin } from 'esbuild';
import { digest } from './digest.js';

/** What a program is made of. */
export interface Reached {
  /** Its files, by their paths in the repository. */
  readonly files: ReadonlySet<string>;
  /** The packages of npm that it imports. */
  readonly packages: ReadonlySet<string>;
}

/** Reads what the programs of a repository are made of. */
export interface SourceReader {
  /** What is left of each program once it is bundled: types, and what nothing uses, are no part of it. */
  reach(programs: readonly string[]): Promise<ReadonlyMap<string, Reached>>;
  /** A digest of what files do: comments, types, forms and line ends are not in it. */
  digestOf(files: Iterable<string>): Promise<string>;
}

/** Opens the sources in a folder. */
export function readSources(root: string): SourceReader {
  const digests = new Map<string, Promise<string>>();

  async function read(file: string): Promise<string> {
    const text = readFileSync(join(root, file), 'utf8');
    if (file.endsWith('.json')) return digest(JSON.parse(text));
    const settings = { minifyWhitespace: true, minifySyntax: true, legalComments: 'none', target: 'node20' } as const;
    const { code } = await transform(text, { loader: 'ts', ...settings });
    return digest(code);
  }

  const digestOfFile = (file: string) => {
    const known = digests.get(file) ?? read(file);
    digests.set(file, known);
    return known;
  };

  return {
    async reach(programs) {
      const { metafile } = await build({
        absWorkingDir: root,
        entryPoints: [...programs],
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'node',
        target: 'node20',
        outdir: 'bundled',
        outbase: '.',
        logLevel: 'silent',
        plugins: [ownPackages(root)],
      });
      const found = Object.values(metafile.outputs).flatMap(({ entryPoint, inputs, imports }) =>
        entryPoint === undefined
          ? []
          : [
              [
                entryPoint,
                {
                  files: new Set(Object.keys(inputs).filter((file) => inputs[file]!.bytesInOutput > 0)),
                  packages: new Set(imports.flatMap(({ path }) => (path.startsWith('node:') ? [] : [packageOf(path)]))),
                },
              ] as const,
            ],
      );
      return new Map(found);
    },
    async digestOf(files) {
      const sorted = [...files].sort();
      return digest(await Promise.all(sorted.map(async (file) => [file, await digestOfFile(file)])));
    },
  };
}

const packageOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/** Finds the packages of the repository by their sources, and leaves those of npm out. */
function ownPackages(root: string): Plugin {
  return {
    name: 'own-packages',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === 'entry-point') return undefined;
        const source = sourceOf(root, path);
        return source === undefined ? { path, external: true } : { path: source };
      });
    },
  };
}

function sourceOf(root: string, path: string): string | undefined {
  const [, name, below] = /^@postern\/([a-z-]+)(\/.+)?$/.exec(path) ?? [];
  const folder = join(root, 'packages', name ?? '');
  if (name === undefined || !existsSync(join(folder, 'package.json'))) return undefined;
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly exports?: Readonly<Record<string, { readonly '@postern/source'?: string }>>;
  };
  const source = exports?.[`.${below ?? ''}`]?.['@postern/source'];
  return source === undefined ? undefined : join(folder, source);
}
