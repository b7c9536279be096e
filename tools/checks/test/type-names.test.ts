import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const notSource = new Set(['node_modules', 'dist', 'out-tsc', 'tmp', 'examples', 'fixture']);

function listSources(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((item) => {
    const path = `${folder}/${item.name}`;
    if (item.isDirectory()) return notSource.has(item.name) ? [] : listSources(path);
    return /(?<!\.d)\.(?:tsx?|mts)$/.test(item.name) ? [path] : [];
  });
}

/** A package is one, and so is each plan of a proof, which no other file imports but by its folder. */
const roomOf = (path: string): string => /^(?:packages\/proof\/src\/use-cases\/[^/]+|[^/]+\/[^/]+)/.exec(path)![0];

/** Adapters say the same things in the types of their hosts: `CiRole` is a construct in one, and a component in the other. */
function isAdapter(room: string): boolean {
  const { nx } = JSON.parse(readFileSync(`${root}${room}/package.json`, 'utf8')) as { nx?: { tags?: string[] } };
  return nx?.tags?.includes('layer:adapter') ?? false;
}

interface DeclaredType {
  readonly name: string;
  readonly path: string;
  readonly isExported: boolean;
  /** What it is, without comments and spaces. */
  readonly shape: string;
}

const printer = ts.createPrinter({ removeComments: true });

/** The types, interfaces and classes that a file declares. */
function declaredIn(path: string, text: string): DeclaredType[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return file.statements.flatMap((node) => {
    if (!ts.isTypeAliasDeclaration(node) && !ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return [];
    const printed = printer.printNode(ts.EmitHint.Unspecified, node, file);
    const shape = printed.replace(/^(?:export |declare )*/, '').replace(/\s+/g, ' ');
    const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    return node.name === undefined ? [] : [{ name: node.name.text, path, isExported, shape }];
  });
}

const sources = ['packages', 'apps', 'tools'].flatMap(listSources);
const declared = sources.flatMap((path) => declaredIn(path, readFileSync(`${root}${path}`, 'utf8')));
const isTest = (path: string): boolean => /\/test\/|\.test\.tsx?$/.test(path);

/** The names whose types concern each other in a way that they should not, with the files. */
function findNames(types: readonly DeclaredType[], concern: (a: DeclaredType, b: DeclaredType) => boolean): string[] {
  const byName = new Map<string, DeclaredType[]>();
  for (const one of types) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return [...byName].flatMap(([name, all]) => {
    const some = all.filter((one) => all.some((other) => one !== other && concern(one, other)));
    return some.length === 0 ? [] : [`${name} in ${some.map(({ path }) => path).join(' and ')}`];
  });
}

const areExportedTwice = (a: DeclaredType, b: DeclaredType): boolean =>
  a.isExported && b.isExported && roomOf(a.path) === roomOf(b.path);

function areTwoThings(a: DeclaredType, b: DeclaredType): boolean {
  const [first, second] = [roomOf(a.path), roomOf(b.path)];
  return a.shape !== b.shape && !(first !== second && isAdapter(first) && isAdapter(second));
}

test('one word is one thing: types of the same name are of the same shape, wherever they are declared', () => {
  expect(declared.length).toBeGreaterThan(1000);
  expect(findNames(declared, areTwoThings)).toEqual([]);
});

test('no two files of a package export a type of the same name, not even of the same shape', () => {
  const exported = declared.filter(({ path }) => !isTest(path));
  expect(findNames(exported, areExportedTwice)).toEqual([]);
});

test('a name that two files export would be found, and one of a plan beside another plan is its own', () => {
  const repeated = (...paths: readonly string[]) =>
    findNames(
      paths.flatMap((path) => declaredIn(path, 'x;\nexport type Place = string;')),
      areExportedTwice,
    ).length;
  expect(repeated('packages/core/src/a.ts', 'packages/core/src/b/c.ts')).toBe(1);
  expect(repeated('packages/core/src/a.ts', 'packages/why/src/a.ts')).toBe(0);
  expect(repeated('packages/proof/src/use-cases/a/x.ts', 'packages/proof/src/use-cases/b/x.ts')).toBe(0);
  expect(repeated('packages/proof/src/use-cases/a/x.ts', 'packages/proof/src/use-cases/a/y.ts')).toBe(1);
});

test('a name of two shapes would be found, in other packages too and exported or not; comments are no shape', () => {
  const two = (first: string, one: string, second: string, other: string) =>
    findNames([...declaredIn(first, one), ...declaredIn(second, other)], areTwoThings).length;
  const [core, why] = ['packages/core/src/a.ts', 'packages/why/src/a.ts'];
  expect(two(core, 'interface Found { a: 1 }', why, 'export interface Found { b: 1 }')).toBe(1);
  expect(two(core, 'type Found = string;', why, 'class Found {}')).toBe(1);
  expect(
    two(core, 'interface Found { a: 1 }', why, '/** Same. */ export interface Found {\n  /** One. */ a: 1 }'),
  ).toBe(0);
  const [cdk, pulumi] = ['packages/cdk/src/a.ts', 'packages/pulumi/src/a.ts'];
  expect(two(cdk, 'class CiRole { a = 1 }', pulumi, 'class CiRole { b = 1 }')).toBe(0);
  expect(two(cdk, 'class CiRole { a = 1 }', 'packages/cdk/src/b.ts', 'class CiRole { b = 1 }')).toBe(1);
  expect(two(cdk, 'class CiRole { a = 1 }', core, 'class CiRole { b = 1 }')).toBe(1);
});
