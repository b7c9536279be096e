import { printAccountDetails } from '../roles/printing/account-details.js';
import { print } from '@postern/core';
import type { Format } from '../printing/format.js';

/** The documents themselves, as JSON. */
export const jsonFormat: Format = {
  place: 10,
  extension: 'json',
  acrossAccounts: true,
  needsPlace: true,
  managed: false,
  print: ({ document, parts }) =>
    parts === undefined ? `${print(document)}\n` : `${JSON.stringify(parts, null, 2)}\n`,
  whole: printAccountDetails,
};
