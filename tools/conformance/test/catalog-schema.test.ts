import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  kinds,
  type ConditionTemplate,
  type Evidence,
  type Predicate,
  type ResourceForm,
  type Slot,
  type StatementTemplate,
  type TextForm,
  type TrustStatement,
  type VendorPolicy,
} from '@postern/core';
import { expect, test } from 'vitest';
import { root } from '../src/pack.js';

/** As much of a JSON Schema as is asked for here. */
interface Schema {
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, { readonly const?: string; readonly enum?: readonly string[] }>>;
}

const { $defs } = JSON.parse(readFileSync(join(root, 'packages/core/catalog.schema.json'), 'utf8')) as {
  readonly $defs: Readonly<Record<string, Schema>>;
};

/** The members that a definition of the schema lets a value have, in any of its shapes. */
function membersIn(name: string): string[] {
  const { oneOf = [], ...own } = $defs[name]!;
  return [...new Set([own, ...oneOf].flatMap(({ properties = {} }) => Object.keys(properties)))].sort();
}

/** The words that a member of a definition may be. */
function wordsIn(name: string, member: string): string[] {
  const { oneOf = [], ...own } = $defs[name]!;
  const found = [own, ...oneOf].flatMap(({ properties }) => properties?.[member] ?? []);
  return found.flatMap((one) => one.enum ?? one.const ?? []).sort();
}

type MembersOf<T> = T extends unknown ? keyof T & string : never;

/** The compiler asks for each name that the type has, and for no other. */
const all = <Name extends string>(names: Readonly<Record<Name, true>>): string[] => Object.keys(names).sort();

test('the schema of the catalog lets each value have the members that it has in core, and no other', () => {
  const members: Readonly<Record<string, string[]>> = {
    predicate: all<MembersOf<Predicate>>({
      all: true,
      any: true,
      from: true,
      given: true,
      is: true,
      matches: true,
      not: true,
      pattern: true,
      several: true,
      start: true,
      strays: true,
      values: true,
    }),
    slot: all<MembersOf<Slot>>({ option: true, slot: true }),
    evidence: all<MembersOf<Evidence>>({
      file: true,
      kind: true,
      repository: true,
      revision: true,
      service: true,
      title: true,
      url: true,
      where: true,
    }),
    form: all<MembersOf<ResourceForm | TextForm>>({
      arn: true,
      example: true,
      isRegion: true,
      longest: true,
      pattern: true,
      refuse: true,
      says: true,
      shortest: true,
      title: true,
      types: true,
      url: true,
      wildcardPattern: true,
    }),
    statement: all<MembersOf<StatementTemplate>>({
      actions: true,
      conditions: true,
      evidence: true,
      resources: true,
      sid: true,
      when: true,
    }),
    trustStatement: all<MembersOf<TrustStatement>>({
      actions: true,
      conditions: true,
      evidence: true,
      principal: true,
      sid: true,
      when: true,
    }),
    condition: all<MembersOf<ConditionTemplate>>({ key: true, operator: true, reason: true, values: true, when: true }),
    vendorPolicy: all<MembersOf<VendorPolicy>>({
      allows: true,
      context: true,
      options: true,
      readOn: true,
      title: true,
      url: true,
    }),
  };
  expect(Object.fromEntries(Object.keys(members).map((name) => [name, membersIn(name)]))).toEqual(members);
});

test('it knows the words that core has for kinds, slots and evidence', () => {
  // A kind that no entry uses may be missing in the schema; the catalog itself is checked against it.
  expect(Object.keys(kinds)).toEqual(expect.arrayContaining(wordsIn('option', 'kind')));
  expect(wordsIn('option', 'kind')).not.toEqual([]);
  expect(wordsIn('slot', 'slot')).toEqual(
    all<Slot['slot']>({
      account: true,
      arn: true,
      dnsSuffix: true,
      issuer: true,
      itself: true,
      partition: true,
      region: true,
      text: true,
    }),
  );
  expect(wordsIn('evidence', 'kind')).toEqual(
    all<Evidence['kind']>({ proof: true, reference: true, source: true, vendor: true }),
  );
});
