import type { TestExpression, Word } from 'unbash';
import { literalsOf, type Value } from '../values/value.js';
import { matchesGlob } from './glob.js';

/** What a test says, where it can be told: undefined where it cannot. */
export function answerTest(expression: TestExpression, valueOf: (word: Word) => Value): boolean | undefined {
  switch (expression.type) {
    case 'TestGroup':
      return answerTest(expression.expression, valueOf);
    case 'TestNot': {
      const inner = answerTest(expression.operand, valueOf);
      return inner === undefined ? undefined : inner === (expression.negations.length % 2 === 0);
    }
    case 'TestLogical': {
      const answers = expression.operands.map((operand) => answerTest(operand, valueOf));
      const decides = expression.operator === '||';
      if (answers.includes(decides)) return decides;
      return answers.includes(undefined) ? undefined : !decides;
    }
    case 'TestUnary':
      return answerUnary(expression.operator, valueOf(expression.operand));
    case 'TestBinary':
      return answerBinary(expression.operator, valueOf(expression.left), valueOf(expression.right));
  }
}

/** `[ "$1" = dev ]` and `test -n "$X"`: the words between the brackets. */
export function answerWords(words: readonly Value[]): boolean | undefined {
  const texts = words.map((word) => (word.length === 1 ? literalsOf(word)[0] : undefined));
  if (words.length === 3 && texts[1] !== undefined) return answerBinary(texts[1], words[0]!, words[2]!);
  if (words.length === 2 && texts[0] === '!') return undefined;
  if (words.length === 2 && texts[0] !== undefined) return answerUnary(texts[0], words[1]!);
  if (words.length === 4 && texts[0] === '!' && texts[2] !== undefined) {
    const inner = answerBinary(texts[2], words[1]!, words[3]!);
    return inner === undefined ? undefined : !inner;
  }
  return undefined;
}

function answerUnary(operator: string, value: Value): boolean | undefined {
  const known = literalsOf(value);
  if (known.length !== value.length || known.length === 0) return undefined;
  if (operator !== '-z' && operator !== '-n') return undefined;
  const empties = known.filter((text) => text === '').length;
  if (empties !== 0 && empties !== known.length) return undefined;
  return empties > 0 === (operator === '-z');
}

/** `(( $# > 1 ))`: what a calculation says that asks for the number of arguments alone. */
export function answerCount(body: string, count: number): boolean | undefined {
  const asked = /^\s*"?\$\{?#\}?"?\s*(?:(>=|<=|==|!=|>|<)\s*(\d{1,6}))?\s*$/.exec(body);
  if (asked === null) return undefined;
  return asked[1] === undefined ? count !== 0 : compares[asked[1]]!(count, Number(asked[2]));
}

const compares: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '-gt': (left, right) => left > right,
  '-ge': (left, right) => left >= right,
  '-lt': (left, right) => left < right,
  '-le': (left, right) => left <= right,
  '-eq': (left, right) => left === right,
  '-ne': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
};

function answerNumbers(operator: string, left: Value, right: Value): boolean | undefined {
  const [one, other] = [left, right].map((value) => (value.length === 1 ? literalsOf(value)[0] : undefined));
  if (one === undefined || other === undefined || ![one, other].every((text) => /^-?\d{1,15}$/.test(text)))
    return undefined;
  return compares[operator]!(Number(one), Number(other));
}

function answerBinary(operator: string, left: Value, right: Value): boolean | undefined {
  if (/^-[gln][te]$|^-eq$|^-ne$/.test(operator) && Object.hasOwn(compares, operator))
    return answerNumbers(operator, left, right);
  if (!['=', '==', '!='].includes(operator)) return undefined;
  const lefts = literalsOf(left);
  const rights = literalsOf(right);
  if (lefts.length !== left.length || rights.length !== right.length) return undefined;
  const answers = new Set(lefts.flatMap((text) => rights.map((glob) => matchesGlob(text, glob))));
  if (answers.size !== 1) return undefined;
  const [same] = answers;
  return operator === '!=' ? !same : same;
}
