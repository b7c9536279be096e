import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const notSource = new Set(['node_modules', 'dist', 'out-tsc', 'tmp', 'examples', 'fixture', 'bundle', 'kept']);

function listSources(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((item) => {
    const path = `${folder}/${item.name}`;
    if (item.isDirectory()) return notSource.has(item.name) ? [] : listSources(path);
    return /(?<!\.d)\.(?:tsx?|mts|mjs)$/.test(item.name) ? [path] : [];
  });
}

const isTest = (path: string): boolean => /\/test\/|\.test\.tsx?$/.test(path);
/** A file as an import names it: by its own name, since where it stands is the compiler's to check. */
const stem = (path: string): string => basename(path).replace(/\.\w+$/, '');

function namesOf(binding: ts.BindingName): string[] {
  if (ts.isIdentifier(binding)) return [binding.text];
  return binding.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)));
}

/** The functions, classes and other values that a file exports by name. */
function exportedBy(file: ts.SourceFile): string[] {
  return file.statements.flatMap((node) => {
    const words = (ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined)?.map(({ kind }) => kind) ?? [];
    if (!words.includes(ts.SyntaxKind.ExportKeyword) || words.includes(ts.SyntaxKind.DefaultKeyword)) return [];
    if (ts.isVariableStatement(node)) return node.declarationList.declarations.flatMap(({ name }) => namesOf(name));
    return (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name ? [node.name.text] : [];
  });
}

interface TakenNames {
  /** `file#name`, and `file#*` for all that a file has. */
  readonly names: readonly string[];
  /** Whether it loads files by paths that it puts together, so that no import says which names it takes. */
  readonly loadsByPath: boolean;
}

/** What a file takes from others. */
function takenBy(file: ts.SourceFile): TakenNames {
  const names: string[] = [];
  // A program of a build names what it puts in the place of a module.
  let loadsByPath = file.fileName.endsWith('.mjs') || /\bssrLoadModule\(/.test(file.text);
  const loadsLater = /\bimport\(/.test(file.text);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const from = node.moduleSpecifier;
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      if (from !== undefined && ts.isStringLiteral(from))
        if (bindings !== undefined && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)))
          names.push(...bindings.elements.map((one) => `${stem(from.text)}#${(one.propertyName ?? one.name).text}`));
        else names.push(`${stem(from.text)}#*`);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [from] = node.arguments;
      if (from !== undefined && ts.isStringLiteral(from)) names.push(`${stem(from.text)}#*`);
      else loadsByPath = true;
    }
    if (node === file || loadsLater) ts.forEachChild(node, visit);
  };
  visit(file);
  return { names, loadsByPath };
}

const parse = (path: string, text: string): ts.SourceFile => ts.createSourceFile(path, text, ts.ScriptTarget.Latest);

/** The values that a source exports and no other file takes. */
function findUntaken(files: readonly ts.SourceFile[], entries: ReadonlySet<string>): string[] {
  const takenFrom = files.map((file) => ({ file, ...takenBy(file) }));
  const taken = new Set(takenFrom.flatMap(({ names }) => names));
  const named = new Set(
    takenFrom.filter(({ loadsByPath }) => loadsByPath).flatMap(({ file }) => file.text.match(/\w+/g) ?? []),
  );
  return files
    .filter(({ fileName }) => /\.tsx?$/.test(fileName) && !isTest(fileName) && !entries.has(fileName))
    .flatMap((file) =>
      exportedBy(file)
        .filter((name) => !taken.has(`${stem(file.fileName)}#${name}`) && !taken.has(`${stem(file.fileName)}#*`))
        .filter((name) => !named.has(name))
        .map((name) => `${file.fileName}: ${name}`),
    );
}

/** The files that a package gives to whoever installs it. */
function entriesOf(folder: string): string[] {
  const { exports } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) as { exports?: object };
  const files = JSON.stringify(exports ?? {}).matchAll(/"@postern\/source":"\.\/([^"]+)"/g);
  return [...files].map(([, file]) => `${folder}/${file}`);
}

test('what a file exports is taken by another: a value that only its own file needs is none of its exports', () => {
  const paths = ['packages', 'apps', 'tools'].flatMap(listSources);
  const folders = [...new Set(paths.map((path) => path.split('/').slice(0, 2).join('/')))];
  const entries = new Set(folders.flatMap(entriesOf));
  expect(entries.size).toBeGreaterThan(8);
  const files = paths.map((path) => parse(path, readFileSync(`${root}${path}`, 'utf8')));
  expect(files.flatMap(exportedBy).length).toBeGreaterThan(1000);
  expect(findUntaken(files, entries)).toEqual([]);
});

test('an export that nobody takes would be found, and one that is taken in any way would not', () => {
  const own = parse(
    'packages/a/src/own.ts',
    'export const one = 1, { two } = it;\nexport function three() {}\nuse(one);',
  );
  const untaken = (other: string) => findUntaken([own, parse('packages/b/src/other.ts', other)], new Set());
  expect(untaken('')).toEqual(['one', 'two', 'three'].map((name) => `packages/a/src/own.ts: ${name}`));
  expect(untaken(`import { one, two as four } from '../own.js';`)).toEqual(['packages/a/src/own.ts: three']);
  expect(untaken(`export { one, two, three } from './own.js';`)).toEqual([]);
  expect(untaken(`import * as all from './own.js';`)).toEqual([]);
  expect(untaken(`await import('./own.js');`)).toEqual([]);
  expect(untaken('const { one, two, three } = await import(`${id}/own.js`);')).toEqual([]);
  expect(untaken(`import { one, two, three } from './another.js';`)).toHaveLength(3);
  expect(findUntaken([own], new Set(['packages/a/src/own.ts']))).toEqual([]);
});
