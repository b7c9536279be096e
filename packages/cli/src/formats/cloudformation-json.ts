import { printStackSetJson, printTemplateJson } from '../roles/printing/template.js';
import { printCloudFormationJson, printRoleJson } from '../printing/cloudformation-template.js';
import type { Format } from '../printing/format.js';

/** A CloudFormation template as JSON. */
export const cloudformationJsonFormat: Format = {
  place: 40,
  extension: 'json',
  needsPlace: false,
  managed: true,
  print: printCloudFormationJson,
  role: printRoleJson,
  whole: printTemplateJson,
  everywhere: printStackSetJson,
};
