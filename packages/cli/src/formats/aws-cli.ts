import { print } from '@postern/core';
import type { Generated } from './format.js';

/** Prints the AWS CLI command that makes the managed policy. */
export function printAwsCli({ useCase, document, name }: Generated): string {
  const lines = [
    'aws iam create-policy',
    `--policy-name ${shellQuoted(name)}`,
    `--description ${shellQuoted(useCase.title)}`,
    `--policy-document ${shellQuoted(print(document, 0))}`,
  ];
  return `${lines.join(' \\\n  ')}\n`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
