import type { JSONOutput } from 'typedoc';
import { expect, test } from 'vitest';
import { typeText } from './type-text.js';

const string = { type: 'intrinsic', name: 'string' } as const;
const number = { type: 'intrinsic', name: 'number' } as const;
const either = { type: 'union', types: [string, number] } as const;
const target = 1 as JSONOutput.ReflectionId;
const reference = (name: string, ...typeArguments: JSONOutput.SomeType[]) =>
  ({ type: 'reference', target, name, typeArguments }) as const;

test.each<[JSONOutput.SomeType, string]>([
  [{ type: 'array', elementType: string }, 'string[]'],
  [{ type: 'array', elementType: { ...either, types: [string, number] } }, '(string | number)[]'],
  [{ type: 'typeOperator', operator: 'readonly', target: { type: 'array', elementType: string } }, 'readonly string[]'],
  [
    {
      type: 'union',
      types: [string, { type: 'typeOperator', operator: 'readonly', target: { type: 'array', elementType: string } }],
    },
    'string | readonly string[]',
  ],
  [
    { type: 'intersection', types: [reference('A'), { type: 'union', types: [string, number] }] },
    'A & (string | number)',
  ],
  [reference('Map', string, reference('Set', number)), 'Map<string, Set<number>>'],
  [reference('UseCase', { type: 'literal', value: 'x'.repeat(400) }), 'UseCase<…>'],
  [{ type: 'literal', value: 'plan' }, "'plan'"],
  [{ type: 'literal', value: null }, 'null'],
  [
    { type: 'tuple', elements: [string, { type: 'rest', elementType: { type: 'array', elementType: number } }] },
    '[string, ...number[]]',
  ],
  [{ type: 'templateLiteral', head: 'a', tail: [[string, 'b']] }, '`a${string}b`'],
  [{ type: 'predicate', name: 'value', asserts: false, targetType: string }, 'value is string'],
  [{ type: 'indexedAccess', objectType: reference('A'), indexType: { type: 'literal', value: 'b' } }, "A['b']"],
  [{ type: 'query', queryType: reference('place') }, 'typeof place'],
])('%j is written as %s', (type, text) => {
  expect(typeText(type)).toBe(text);
});
