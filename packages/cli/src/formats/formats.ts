import { print } from '@postern/core';
import type { Format } from './format.js';

/** The output formats by the word after `--format`. What prints them is loaded when it is asked for. */
export const formats: Readonly<Record<string, Format>> = {
  json: {
    needsPlace: true,
    managed: false,
    print: async ({ document, parts }) =>
      parts === undefined ? `${print(document)}\n` : `${JSON.stringify(parts, null, 2)}\n`,
  },
  yaml: {
    needsPlace: true,
    managed: false,
    print: async ({ document, parts = [document], explanations }) => {
      const { printYaml } = await import('./yaml.js');
      return parts.map((part) => printYaml(part, explanations)).join('---\n');
    },
  },
  cloudformation: {
    needsPlace: false,
    managed: true,
    print: async (generated) => (await import('./cloudformation.js')).printCloudFormationYaml(generated),
  },
  'cloudformation-json': {
    needsPlace: false,
    managed: true,
    print: async (generated) => (await import('./cloudformation.js')).printCloudFormationJson(generated),
  },
  terraform: {
    needsPlace: false,
    managed: true,
    print: async (generated) => (await import('./terraform.js')).printTerraform(generated),
  },
  'terraform-json': {
    needsPlace: false,
    managed: true,
    print: async (generated) => (await import('./terraform.js')).printTerraformJson(generated),
  },
  cdk: {
    needsPlace: false,
    managed: true,
    print: async (generated) => (await import('./programs.js')).printCdkProgram(generated),
  },
  pulumi: {
    needsPlace: false,
    managed: true,
    print: async (generated) => (await import('./programs.js')).printPulumiProgram(generated),
  },
  'aws-cli': {
    needsPlace: true,
    managed: true,
    print: async (generated) => (await import('./aws-cli.js')).printAwsCli(generated),
  },
};
