import { quote, type AnyEntry } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { Operand } from '../../options/flags.js';
import type { Offer } from '../../options/offer.js';
import { PosternCommand } from '../../postern-command.js';
import { findEntry, permissionsSort, trustSort, type Sort } from '../../use-cases.js';

/** `postern help`: what `--help` prints, of the program, of a command, and of a command for a use case. */
export const helpCommand: CommandDefinition = {
  description: 'Print the help of a command.',
  place: 160,
  aboutOthers: true,
  define(command) {
    const program = command.parent;
    const names: Offer = () => (program?.createHelp().visibleCommands(program) ?? []).map((one) => one.name());
    const ids: Offer = (line) => {
      const found = find(line.operands[0]);
      if (found === undefined) return [];
      const { entries } = sortOf(found);
      return takes(found, entries[0]!.id) ? entries.map(({ id }) => id) : [];
    };
    command
      .addArgument(new Operand('[command]', 'the command (default: the program)', names))
      .addArgument(new Operand('[use-case]', 'the use case or trust entry whose flags are meant', ids))
      .action((name: string | undefined, id: string | undefined) => {
        if (!(program instanceof PosternCommand)) return;
        const found = name === undefined ? program : (find(name) ?? program.unknownCommand(name));
        if (id !== undefined && !takes(found, findEntry(sortOf(found), id).id))
          throw new InputError([`${quote(found.path())} takes no use case: leave ${quote(id)} out`]);
        found.outputHelp();
      });

    function find(name: string | undefined): PosternCommand | undefined {
      const found = program?.commands.find((one) => one.name() === name);
      return found instanceof PosternCommand ? found : undefined;
    }
  },
};

/** What a command chooses from. */
function sortOf(command: PosternCommand): Sort<AnyEntry> {
  return command.name() === 'trust' ? trustSort : permissionsSort;
}

/** Puts a command together for a use case, wherever it takes the name; false where it takes none. */
function takes(command: PosternCommand, id: string): boolean {
  command.ready([id, '--use-case', id]);
  const names = [...command.registeredArguments.map((one) => one.name()), ...command.options.map((one) => one.name())];
  return command.about === id || names.includes('use-case');
}
