import type { CellOptions, Step } from '../../scenario.js';
import type { Stage } from '../../stage.js';
import { expectKey, expectMissing, leaveTags, pulumi, secretsProvider, stackOf, writeProject } from './backend.js';

/** Pulumi itself, with a program in YAML that has no resource of a provider. */
export function steps(options: CellOptions): Step[] {
  const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'pulumi', run });
  const [, name] = stackOf(options).split('/') as [string, string];
  const stack = ['--stack', name];
  const lock = `locks/organization/${stackOf(options)}/`;
  const preview = step('preview', async (stage) => {
    writeProject(stage, options);
    await pulumi(stage, options, 'preview', ...stack);
  });
  if (options.is('access', 'preview')) return [preview];
  return [
    step('stack init', async (stage) => {
      writeProject(stage, options);
      const given = options.is('changeSecretsProvider', true) ? ['--secrets-provider', secretsProvider(options)] : [];
      await pulumi(stage, options, 'stack', 'init', name, ...given);
      expectKey(stage, options, `stacks/${stackOf(options)}.json`);
      // What cannot be unlocked is told and no failure, and the next run is locked out.
      expectKey(stage, options, lock, false);
    }),
    step('up', async (stage) => {
      await pulumi(stage, options, 'up', '--yes', '--skip-preview', ...stack);
      expectKey(stage, options, `history/${stackOf(options)}/`);
      expectKey(stage, options, `backups/${stackOf(options)}/`, options.is('checkpointBackups', true));
      // What cannot be unlocked is told and no failure, and the next run is locked out.
      expectKey(stage, options, lock, false);
    }),
    step('cancel', async (stage) => {
      await pulumi(stage, options, 'cancel', '--yes', ...stack);
    }),
    step('refresh', async (stage) => {
      await pulumi(stage, options, 'refresh', '--yes', '--skip-preview', ...stack);
      expectKey(stage, options, lock, false);
    }),
    step('stack export', async (stage) => {
      await pulumi(stage, options, 'stack', 'export', '--file', 'stack.json', ...stack);
    }),
    step('stack import', async (stage) => {
      await pulumi(stage, options, 'stack', 'import', '--file', 'stack.json', ...stack);
      expectKey(stage, options, lock, false);
    }),
    step('destroy', async (stage) => {
      await pulumi(stage, options, 'destroy', '--yes', '--skip-preview', ...stack);
      expectKey(stage, options, `stacks/${stackOf(options)}.json.bak`);
    }),
    ...(options.is('access', 'remove')
      ? [
          step('stack rm', async (stage) => {
            const backups = options.is('removeBackups', true);
            leaveTags(stage, options);
            await pulumi(stage, options, 'stack', 'rm', '--yes', name, ...(backups ? ['--remove-backups'] : []));
            // What cannot be deleted is told in a log alone.
            expectKey(stage, options, `history/${stackOf(options)}/`, false);
            expectMissing(stage, options, `stacks/${stackOf(options)}.json`);
            expectMissing(stage, options, `stacks/${stackOf(options)}.pulumi-tags`);
            if (!backups) return;
            expectKey(stage, options, `backups/${stackOf(options)}/`, false);
            expectMissing(stage, options, `stacks/${stackOf(options)}.json.bak`);
          }),
        ]
      : []),
  ];
}
