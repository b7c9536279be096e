import { printAccountDetailsYaml } from '../roles/printing/account-details-yaml.js';
import type { Format } from '../printing/format.js';
import { printYaml } from '../printing/yaml.js';

/** The documents as YAML, with the reasons as comments where they are asked for. */
export const yamlFormat: Format = {
  place: 20,
  extension: 'yaml',
  acrossAccounts: true,
  needsPlace: true,
  managed: false,
  explains: true,
  print: ({ document, parts = [document], explanations }) =>
    parts.map((part) => printYaml(part, explanations)).join('---\n'),
  whole: printAccountDetailsYaml,
};
