import { prepare, type Prepared } from '@postern/core';

type LooseStatement = Record<string, unknown>;

function policy(statements: readonly LooseStatement[]): Prepared {
  return prepare({ Version: '2012-10-17', Statement: statements });
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function allow(Action: unknown, Resource: unknown, Condition?: unknown): LooseStatement {
  return { Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

const everything = allow('*', '*');

function overlappingDenies(shift: number): LooseStatement[] {
  return times(40, (index) => ({
    Effect: 'Deny',
    NotAction: `s3:*${index + shift}*`,
    NotResource: [`arn:aws:s3:::*${index + shift}*`, 'arn:aws:s3:::*z'],
  }));
}

function variableStatements(end: string): LooseStatement[] {
  const tags = times(6, (index) => `aws:PrincipalTag/t${index}`);
  const path = tags.map((tag) => `\${${tag}}`).join('/');
  const several = { 'ForAllValues:StringLike': Object.fromEntries(tags.map((tag) => [tag, '*a'])) };
  return [
    ...times(200, (index) => allow('s3:*', `arn:aws:s3:::b*${index}*/${path}`, several)),
    ...times(40, (index) => ({
      Effect: 'Deny',
      Action: `s3:*${index}${end}`,
      Resource: `arn:aws:s3:::*${index}*/${path}`,
    })),
  ];
}

/** Pairs that are made to be hard: each must end in an answer, or in `unknown`, soon. */
export const hostilePairs: Readonly<Record<string, readonly [Prepared, Prepared]>> = {
  '60 stars': [
    policy([allow('s3:*', `arn:aws:s3:::${'*a'.repeat(60)}*`)]),
    policy([allow('s3:*', `arn:aws:s3:::${'*a'.repeat(59)}*b*`)]),
  ],
  '60 question marks': [
    policy([allow('s3:*', `arn:aws:s3:::*a${'?'.repeat(60)}`)]),
    policy([allow('s3:*', `arn:aws:s3:::*b${'?'.repeat(60)}`)]),
  ],
  '200 statements': [
    policy(times(200, (index) => allow(`s3:*${index}*`, `arn:aws:s3:::*${index}*`))),
    policy(times(200, (index) => allow(`s3:*${index}?*`, `arn:aws:s3:::*${index}*`))),
  ],
  '500 resources': [
    policy([
      allow(
        's3:*',
        times(500, (index) => `arn:aws:s3:::*${index}*x`),
      ),
    ]),
    policy([
      allow(
        's3:*',
        times(500, (index) => `arn:aws:s3:::*${index}?*x`),
      ),
    ]),
  ],
  '40 overlapping denies': [
    policy([everything, ...overlappingDenies(0)]),
    policy([everything, ...overlappingDenies(1)]),
  ],
  'all of these': [
    policy([
      ...times(160, (index) =>
        allow(
          's3:*',
          times(3, (part) => `arn:aws:s3:::*${index}*${part}`),
        ),
      ),
      ...overlappingDenies(0),
    ]),
    policy([
      ...times(160, (index) =>
        allow(
          's3:*',
          times(3, (part) => `arn:aws:s3:::*${index}?*${part}`),
        ),
      ),
      ...overlappingDenies(1),
    ]),
  ],
  'six variables that may have several values': [policy(variableStatements('*')), policy(variableStatements('*x'))],
};
