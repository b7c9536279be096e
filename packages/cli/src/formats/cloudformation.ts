import { printStackSetYaml, printTemplateYaml } from '../roles/printing/template.js';
import { printCloudFormationYaml, printRoleYaml } from '../printing/cloudformation-template.js';
import type { Format } from '../printing/format.js';

/** A CloudFormation template as YAML. */
export const cloudformationFormat: Format = {
  place: 30,
  extension: 'yaml',
  needsPlace: false,
  managed: true,
  print: printCloudFormationYaml,
  role: printRoleYaml,
  whole: printTemplateYaml,
  everywhere: printStackSetYaml,
};
