import { print, type PolicyDocument } from '@postern/core';
import { policiesOf, type Format, type Generated } from '../printing/format.js';

/** The command of the AWS CLI that makes the managed policy, or one for each. */
export const awsCliFormat: Format = {
  place: 90,
  needsPlace: true,
  managed: true,
  print: (generated) =>
    policiesOf(generated)
      .map(({ document, name }) => commandFor(generated, document, name))
      .join('\n'),
  role: ({ useCase, document, name }) =>
    lined([
      'aws iam create-role',
      `--role-name ${shellQuoted(name)}`,
      `--description ${shellQuoted(useCase.title)}`,
      `--assume-role-policy-document ${shellQuoted(print(document, 0))}`,
    ]),
};

function commandFor({ useCase }: Generated, document: PolicyDocument, name: string): string {
  return lined([
    'aws iam create-policy',
    `--policy-name ${shellQuoted(name)}`,
    `--description ${shellQuoted(useCase.title)}`,
    `--policy-document ${shellQuoted(print(document, 0))}`,
  ]);
}

function lined(parts: readonly string[]): string {
  return `${parts.join(' \\\n  ')}\n`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
