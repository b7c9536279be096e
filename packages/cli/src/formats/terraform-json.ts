import { printConfigurationJson } from '../roles/printing/terraform.js';
import { printTerraformJson, printTerraformRoleJson } from '../printing/terraform-configuration.js';
import type { Format } from '../printing/format.js';

/** A Terraform configuration in JSON. */
export const terraformJsonFormat: Format = {
  place: 60,
  extension: 'tf.json',
  needsPlace: false,
  managed: true,
  print: printTerraformJson,
  role: printTerraformRoleJson,
  whole: printConfigurationJson,
};
