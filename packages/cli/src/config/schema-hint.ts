/** The first line of a `postern.yaml` where its schema is nowhere: how an editor gets it. */
export const schemaHint =
  '# Editors complete this file by its schema: run `postern schema --output postern.schema.json`, and write `# yaml-language-server: $schema=./postern.schema.json` here.';
