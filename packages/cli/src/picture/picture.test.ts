import { readdirSync } from 'node:fs';
import { build, tryBuild, type AnyEntry, type OptionsOf, type PolicyDocument } from '@postern/core';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { symbolicPlace } from '../printing/symbolic-place.js';
import { drawPicture } from './draw.js';
import { codeLines, codeWidth, proseLines } from './lines.js';
import { describePicture } from './words.js';
import { shown } from './written.js';

const catalog = new URL('../../../core/src/catalog/', import.meta.url);

interface SampledEntry {
  readonly entry: AnyEntry;
  readonly samples: readonly { readonly name: string; readonly options: OptionsOf<AnyEntry> }[];
}

/** Every folder of the catalog, so that a new entry is tested without being named here. */
const found: readonly SampledEntry[] = await Promise.all(
  ['permissions', 'trust'].flatMap((sort) =>
    readdirSync(new URL(`${sort}/`, catalog)).map(async (id) => {
      const folder = new URL(`${sort}/${id}/`, catalog);
      const entries = (await import(new URL('entry.ts', folder).href)) as Record<string, AnyEntry>;
      const cases = (await import(new URL('cases.ts', folder).href)) as Pick<SampledEntry, 'samples'>;
      return { entry: Object.values(entries).find((one) => one.id === id)!, samples: cases.samples };
    }),
  ),
);

/** The texts that are drawn, each whole: its lines put together. What is told and not drawn is left out. */
function textsIn(svg: string): string[] {
  expect(XMLValidator.validate(svg)).toBe(true);
  // What no XML 1.0 document may hold: https://www.w3.org/TR/xml/#charsets
  expect(svg).not.toMatch(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const parser = new XMLParser({ preserveOrder: true, trimValues: false, parseTagValue: false });
  const [root] = parser.parse(svg) as [{ svg: object[] }];
  return root.svg.flatMap((element) => ('text' in element ? [textOf([element])] : []));
}

function textOf(nodes: readonly object[]): string {
  return nodes
    .map((node) =>
      Object.entries(node)
        .map(([name, value]) => (name === '#text' ? String(value) : Array.isArray(value) ? textOf(value) : ''))
        .join(''),
    )
    .join('');
}

/** Every text of a policy that a picture has to hold. */
function* partsOf({ Statement }: PolicyDocument): Generator<string> {
  for (const { Sid = '', Action = [], Resource = [], Principal = {}, Condition = {} } of Statement) {
    yield* [Sid, ...Action, ...Resource];
    for (const [type, values] of Object.entries(Principal)) for (const value of values) yield `${type} ${value}`;
    for (const [operator, keys] of Object.entries(Condition)) {
      yield operator;
      for (const [key, values] of Object.entries(keys)) yield* [key, ...values];
    }
  }
}

const howOften = (texts: Iterable<string>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

describe.each(found.map((one) => [one.entry.id, one] as const))('the picture of %s', (_, { entry, samples }) => {
  test.each(samples.map((sample) => [sample.name, sample.options] as const))(
    'for %s holds every action, resource, principal and condition, and is told whole to who cannot see it',
    (_, options) => {
      const document = build(entry, options);
      const drawing = { entry, document, options };
      const svg = drawPicture(drawing);
      expect(drawPicture({ ...drawing, document: build(entry, { ...options }) })).toBe(svg);
      const drawn = howOften(textsIn(svg));
      for (const [part, times] of howOften([...partsOf(document)].map(shown)))
        expect([part, drawn.get(part) ?? 0]).toEqual([part, expect.toSatisfy((count: number) => count >= times)]);
      const told = new XMLParser({ trimValues: false }).parse(svg) as { svg: { title: string; desc: string } };
      expect(told.svg.title).toBe(entry.title);
      for (const { reason } of reasonsOf(entry, document)) expect(drawn.has(reason), reason).toBe(true);
      for (const part of partsOf(document)) expect(told.svg.desc).toContain(shown(part).replace(/^\w+ /, ''));
      expect(describePicture(drawing)).toContain(document.Statement.map(({ Sid }) => Sid).join(', '));
    },
  );

  test('holds nothing but text and shapes, and names nothing from elsewhere', () => {
    for (const { options } of samples) {
      const svg = drawPicture({ entry, document: build(entry, options), options });
      expect(new Set([...svg.matchAll(/<([a-z]\w*)/gi)].map(([, name]) => name))).toEqual(
        new Set([
          'svg',
          'title',
          'desc',
          'style',
          'rect',
          'path',
          'text',
          ...(svg.includes('<tspan') ? ['tspan'] : []),
        ]),
      );
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
        /\s(href|src|on\w+)=|url\(|@import|xmlns|<!|<\?/,
      );
    }
  });

  test('says what stands for a place that is not given', () => {
    for (const { options } of samples) {
      const isPlace = ([name]: [string, unknown]) => name === 'account' || name === 'region';
      const others = Object.fromEntries(Object.entries(options).filter((one) => !isPlace(one)));
      const { document, problems } = tryBuild(entry, others, symbolicPlace);
      if (problems.length > 0) continue;
      const svg = drawPicture({ entry, document, options: others });
      expect(textsIn(svg).join('\n')).not.toMatch(/\\u0001/);
      if (JSON.stringify(document).includes('\\u0001account')) expect(svg).toContain('ACCOUNT');
    }
  });
});

/** The words of the entry that belong to what the document has. */
function* reasonsOf(entry: AnyEntry, document: PolicyDocument): Generator<{ readonly reason: string }> {
  for (const { sid, actions, conditions = [] } of entry.statements) {
    const built = document.Statement.find(({ Sid }) => Sid === sid);
    for (const action of built?.Action ?? []) {
      const reason = actions[action]!;
      yield { reason: typeof reason === 'string' ? reason : reason.then };
    }
    const keys = Object.values(built?.Condition ?? {}).flatMap((block) => Object.keys(block));
    for (const { key, reason } of conditions) if (keys.includes(key)) yield { reason };
  }
}

const hostile = [
  '<script>alert(1)</script>',
  ']]><!--',
  '&amp;&#0;',
  `"' onload="x`,
  '\u202egnp.exe\u2066\u061c',
  '\u0000\u0001\u001b[31m\u009b',
  '\ud800x\udc00\ufffe\uffff',
  'שלום עולם',
  '日本語のバケット',
  '👩‍👩‍👧‍👦',
  'x'.repeat(5000),
  ' '.repeat(300),
  '</text></svg>',
];

describe('what an option may hold', () => {
  test('is only ever text, in every part of a policy', () => {
    const [{ entry }] = found as [SampledEntry];
    for (const text of hostile) {
      const document: PolicyDocument = {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: text,
            Effect: 'Allow',
            Action: [text],
            Resource: [text],
            Condition: { StringLike: { [text]: [text] } },
          },
        ],
      };
      const texts = textsIn(drawPicture({ entry: { ...entry, title: text, id: text }, document, options: {} }));
      // The title, the statement, the action, the resource, the key and the value.
      expect(
        texts.filter((one) => one === shown(text)),
        text,
      ).toHaveLength(6);
      expect(texts.join('')).not.toMatch(/[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
    }
  });

  test('is only ever text where an entry takes it', () => {
    let taken = 0;
    for (const { entry, samples } of found)
      for (const { options } of samples.slice(0, 1))
        for (const [name, value] of Object.entries(options))
          for (const text of hostile) {
            const other = { ...options, [name]: Array.isArray(value) ? [...(value as unknown[]), text] : text };
            const { document, problems } = tryBuild(entry, other);
            if (problems.length > 0) continue;
            taken += 1;
            const texts = textsIn(drawPicture({ entry, document, options: other })).join('\n');
            for (const part of partsOf(document)) expect(texts).toContain(shown(part));
          }
    expect(taken).toBeGreaterThan(10);
  });
});

describe('lines', () => {
  const texts = [...hostile.map(shown), 'arn:aws:s3:::a-b_c.d/e', '', ' ', 'one two  three ', 'a'];
  test.each(texts)('of %j are the text again, and none is wider than its room', (text) => {
    for (const width of [60, 100, 308]) {
      const [first, ...rest] = codeLines(text, width);
      expect([first, ...rest].join('')).toBe(text);
      for (const line of [first!, ...rest.map((one) => `  ${one}`)])
        expect(codeWidth(line)).toBeLessThanOrEqual(width + 3);
      expect(proseLines(text, width).join('')).toBe(text);
      expect(proseLines(text, width).every((line, _, all) => line !== '' || all.length === 1)).toBe(true);
    }
  });
});
