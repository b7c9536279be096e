import { StepFailure, type Outcome, type Running, type RunSettings, type Stage } from './stage.js';

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
export async function cdk(
  stage: Stage,
  command: readonly string[],
  app: string,
  settings?: RunSettings,
): Promise<string> {
  try {
    return await stage.succeed('cdk', words(command, app), given(settings));
  } catch (error) {
    throw error instanceof StepFailure ? new StepFailure(withoutAsset(error.message)) : error;
  }
}

/** Assets are built and published side by side, so which of them meets the refusal first differs from run to run. */
export function withoutAsset(message: string): string {
  return message.replace(/(, but we dont have access to it\.) Failed to (?:build|publish) asset .*$/s, '$1');
}

/** Starts a command that may not end by itself. */
export const startCdk = (stage: Stage, command: readonly string[], app: string): Running =>
  stage.start('cdk', words(command, app), given());
