import { describe, expect, test } from 'vitest';
import {
  explain,
  hasForm,
  kindOf,
  listNotes,
  parse,
  print,
  refusedControls,
  tryBuild,
  trustRisks,
  type Option,
  type PolicyDocument,
} from '../../../src/index.js';
import { roundsOf, seed } from '../../access/compare/rounds.js';
import { Random } from '../../access/random.js';
import { trusts, type TrustFolder } from './entries.js';

console.log(`trust entries: POSTERN_SEED=${seed}`);

/** Signs that names hold, that stand between parts of subjects, or that IAM and shells read in their own way. */
const signs = [
  'a',
  'b',
  'Z',
  '0',
  '9',
  '-',
  '_',
  '.',
  '%',
  '@',
  ' ',
  '/',
  ':',
  '*',
  '?',
  '$',
  '{',
  '}',
  '"',
  "'",
  '\\',
  'é',
  '\n',
  '|',
];

function draw(option: Option, given: unknown, random: Random): unknown {
  if (!hasForm(option)) return random.pick(kindOf(option).settings(option));
  const [known] = [given].flat();
  const text = String(known ?? option.form.example);
  const other = () => {
    if (random.chance(0.3))
      return Array.from({ length: 1 + Math.floor(random.next() * 12) }, () => random.pick(signs)).join('');
    const at = Math.floor(random.next() * (text.length + 1));
    return text.slice(0, at) + random.pick(signs) + text.slice(at + (random.chance(0.5) ? 1 : 0));
  };
  return kindOf(option).several ? random.some([text, other(), other()], 3) : other();
}

/** The options of a sample with a few of them changed, left out or added. */
function variation({ entry, samples }: TrustFolder, random: Random): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = { ...random.pick(samples).options };
  const changes = 1 + Math.floor(random.next() * 3);
  for (let count = 0; count < changes; count += 1) {
    const name = random.pick(Object.keys(entry.options));
    if (random.chance(0.2)) delete options[name];
    else options[name] = draw(entry.options[name]!, options[name], random);
  }
  return options;
}

function* valuesOf({ Statement }: PolicyDocument): Generator<readonly [operator: string, key: string, value: string]> {
  for (const { Condition = {} } of Statement)
    for (const [operator, block] of Object.entries(Condition))
      for (const [key, values] of Object.entries(block)) for (const value of values) yield [operator, key, value];
}

describe.each(trusts.map((found) => [found.id, found] as const))('%s', (_, found) => {
  const { entry } = found;
  const random = new Random(seed);
  const drawn = Array.from({ length: roundsOf(400) }, () => variation(found, random));
  const built = drawn.map((options) => ({ options, ...tryBuild(entry, options) }));
  const whole = built.filter(({ problems }) => problems.length === 0);

  test('some options build, and some are refused', () => {
    expect(whole.length).toBeGreaterThan(10);
    expect(built.length - whole.length).toBeGreaterThan(10);
  });

  test('what is refused is told in one sentence for each problem, with its path', () => {
    for (const { problems, options } of built) {
      for (const { path, message } of problems) {
        expect(message, JSON.stringify(options)).toMatch(/^[^A-Z\n][^\n]+[^.\n]$/);
        expect(Object.keys({ ...entry.options, ...options })).toContain(path.replace(/\[\d+\]$/, ''));
      }
    }
  });

  test('what is built is a trust policy that IAM reads as it is meant', () => {
    for (const { document, options } of whole) {
      const { type, problems, document: read } = parse(print(document));
      expect([type, problems], JSON.stringify(options)).toEqual(['trust', []]);
      expect(read).toEqual(document);
      expect(refusedControls(document), JSON.stringify(options)).toEqual([]);
    }
  });

  test('no text is read as a policy variable, and wildcards stand only where a pattern is meant', () => {
    for (const { document, options } of whole) {
      for (const [operator, , value] of valuesOf(document)) {
        expect(value, JSON.stringify(options)).not.toContain('${');
        if (!['StringLike', 'ArnLike'].includes(operator)) expect(value, JSON.stringify(options)).not.toMatch(/[*?]/);
        else expect(value.search(/[*?]/), value).not.toBe(0);
      }
    }
  });

  test('no stranger gets in, and who else does is in the notes', () => {
    for (const { document, options, resolved } of whole) {
      const said = new Set(listNotes(entry, resolved));
      const codes = (entry.notes ?? []).flatMap(({ say, code }) => (said.has(say) ? (code ?? []) : []));
      const found = trustRisks(document).map(({ code }) => code);
      expect(
        found.filter((code) => ['T01', 'T02', 'T03'].includes(code) || !codes.includes(code)),
        JSON.stringify(options),
      ).toEqual([]);
    }
  });

  test('every line is explained, and the same options give the same policy', () => {
    for (const { document, options } of whole) {
      expect(tryBuild(entry, options).document).toEqual(document);
      for (const { actions, conditions, principal } of explain(entry, document)) {
        const reasons = [principal?.reason, ...Object.values(actions), ...conditions.map(({ reason }) => reason)];
        expect(reasons.every((reason) => reason !== undefined && reason !== '')).toBe(true);
      }
    }
  });
});
