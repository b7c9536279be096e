import type { Outcome, Running, RunSettings, Stage } from './stage.js';

/** Without messages of the day and without asking; what it keeps is in the folder of the run. */
const quiet: RunSettings['env'] = {
  CI: '1',
  CDK_ROLE_SESSION_NAME: 'cdk',
  CDK_DISABLE_CLI_TELEMETRY: '1',
  NODE_NO_WARNINGS: '1',
};

const words = (command: readonly string[], app: string) => [...command, '--app', app, '--no-notices', '--no-color'];
const given = (settings?: RunSettings): RunSettings => ({ ...settings, env: { ...quiet, ...settings?.env } });

/** Runs a command of the CDK on every stack of an app or of an assembly. */
export function runCdk(
  stage: Stage,
  command: readonly string[],
  app: string,
  settings?: RunSettings,
): Promise<Outcome> {
  return stage.run('cdk', words(command, app), given(settings));
}

/** @throws {StepFailure} where it does not succeed */
export function cdk(stage: Stage, command: readonly string[], app: string, settings?: RunSettings): Promise<string> {
  return stage.succeed('cdk', words(command, app), given(settings));
}

/** Starts a command that may not end by itself. */
export const startCdk = (stage: Stage, command: readonly string[], app: string): Running =>
  stage.start('cdk', words(command, app), given());
