import { print, type PolicyDocument } from '@postern/core';
import { lined, shellQuoted } from '../printing/shell.js';
import { printCommands } from '../roles/printing/commands.js';
import { policiesOf, type Format, type Generated } from '../printing/format.js';

/** The command of the AWS CLI that makes the managed policy, or one for each. */
export const awsCliFormat: Format = {
  place: 90,
  extension: 'sh',
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
  whole: printCommands,
};

function commandFor({ useCase }: Generated, document: PolicyDocument, name: string): string {
  return lined([
    'aws iam create-policy',
    `--policy-name ${shellQuoted(name)}`,
    `--description ${shellQuoted(useCase.title)}`,
    `--policy-document ${shellQuoted(print(document, 0))}`,
  ]);
}
