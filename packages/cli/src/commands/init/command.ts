import type { CommandDefinition } from '../../command.js';
import { Operand } from '../../options/flags.js';
import type { InitFlags } from './flags.js';

/** `postern init [path]`: which jobs the CI of a repository does on AWS. */
export const initCommand: CommandDefinition = {
  description:
    "Read the CI files of a repository, offline, and say which use cases its jobs are, with which options, under which roles, and what is not in the repository. On a terminal it asks what is not there. It writes a folder's first postern.yaml. Of one that is there it changes nothing: it says what is missing, and adds what you choose on a terminal, or all with --write. Nothing is run.",
  place: 5,
  define(command, io) {
    command
      .addArgument(new Operand('[path]', 'the folder of the repository, or one CI file (default: this folder)'))
      .option('--json', 'print JSON: jobs, roles, questions, notCovered; nothing is written')
      .option(
        '--check',
        'write nothing, and exit with 1 where the CI files and postern.yaml differ; with --json as one object: file, missing, unneeded, questions, notCovered, unknown, and unread where something was not read',
      )
      .option('--write', 'add to the postern.yaml that is there what the CI files say besides, without a question')
      .option('--no-input', 'ask nothing on a terminal: the questions stand in comments of the file')
      .addHelpText(
        'after',
        () =>
          '\nReads GitHub Actions, GitLab CI, CircleCI, Bitbucket Pipelines, CodeBuild, Jenkins, Azure Pipelines and Buildkite, and the scripts, targets of Makefiles, justfiles and Taskfiles, and package.json scripts that they call.\n\nExamples:\n  postern init\n  postern init .github/workflows/deploy.yml --json\n\nExit codes: 0 read, 1 with --check where they differ, 2 bad input.',
      )
      .action(async (path: string | undefined, flags: InitFlags) => {
        const { init } = await import('./run.js');
        return init(path, flags, io);
      });
  },
};
