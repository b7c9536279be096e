import { configSchema } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { once } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import { writeOutput } from '../../output.js';

/** `postern schema`: the JSON Schema of `postern.yaml`, for editors. */
export const schemaCommand: CommandDefinition = {
  description:
    'Print the JSON Schema of postern.yaml, by which editors complete and explain it: it is that of this release, with all its use cases and options.',
  place: 8,
  define(command, io) {
    command
      .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all', files))
      .addHelpText(
        'after',
        () =>
          '\nExample:\n  postern schema --output postern.schema.json\n\nThen the first line of postern.yaml names it:\n  # yaml-language-server: $schema=./postern.schema.json',
      )
      .action(({ output = '-' }: { output?: string }) =>
        writeOutput(output, `${JSON.stringify(configSchema(), null, 2)}\n`, io),
      );
  },
};
