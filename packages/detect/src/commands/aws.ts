/**
 * Flags of the AWS CLI that take no value. In all other services a flag takes what stands behind it.
 * @see https://docs.aws.amazon.com/cli/latest/reference/
 */
export const awsSwitches: ReadonlySet<string> = new Set([
  '--debug',
  '--recursive',
  '--delete',
  '--dryrun',
  '--quiet',
  '--only-show-errors',
  '--follow-symlinks',
  '--size-only',
  '--exact-timestamps',
  '--human-readable',
  '--summarize',
  '--force',
  '--force-glacier-transfer',
  '--ignore-glacier-warnings',
  '--force-new-deployment',
  '--enable-execute-command',
  '--disable-execute-command',
  '--publish',
  '--force-upload',
  '--with-decryption',
  '--dry-run',
  '--include-email',
  '--cli-auto-prompt',
  '--fail-on-empty-changeset',
  '--use-json',
  '--enable-ecs-managed-tags',
  '--overwrite',
  '--secure',
  '--disable-rollback',
  '--include-deprecated',
  '--all',
  '--wait',
  '--use-previous-template',
  '--follow',
  '--push',
  '--scan-on-push',
  '--include-global-service-events',
  '--is-optional',
  '--delete-removed',
  '--enable-cross-account',
]);

/** Services whose flags take one value each, so that words may stand behind them. */
export const oneValueEach: ReadonlySet<string> = new Set(['s3', 'configure']);

/** Calls that need no permission of a job, or only ask who it is. */
export const harmless: readonly string[] = [
  'configure',
  'help',
  'sts get-caller-identity',
  '--version',
  'sso login',
  'sso logout',
  'history',
  'login',
];
