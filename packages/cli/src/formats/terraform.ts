import { printConfiguration } from '../roles/printing/terraform.js';
import { printTerraform, printTerraformRole } from '../printing/terraform-configuration.js';
import type { Format } from '../printing/format.js';

/** A Terraform configuration in HCL. */
export const terraformFormat: Format = {
  place: 50,
  extension: 'tf',
  needsPlace: false,
  managed: true,
  print: printTerraform,
  role: printTerraformRole,
  whole: printConfiguration,
};
