import {
  argument,
  belongs,
  defineDetection,
  flag,
  input,
  shows,
  variable,
  type Sign,
  type SignCondition,
  type ValueForm,
  type ValueSource,
} from '../../../use-case/detection.js';

type Sets = Readonly<Record<string, string | boolean>>;

/** Where the address of the backend stands. */
type Address = (form?: ValueForm) => ValueSource;

const address: Address = (form) => argument(0, form);
const url: Address = (form) => flag(['--cloud-url', '-c'], form);
const cloudUrl: Address = (form) => input('cloud-url', form);
const environment: Address = (form) => variable('PULUMI_BACKEND_URL', form);

const isInS3 = (at: Address): SignCondition => ({ begins: at(), with: ['s3://'] });
const optionsOf = (at: Address) => ({
  bucket: at('bucket of s3'),
  root: at('root of backend'),
  region: at('region of backend'),
});

const updates = [
  '$ pulumi up',
  '$ pulumi update',
  '$ pulumi refresh',
  '$ pulumi destroy',
  '$ pulumi import',
  '$ pulumi cancel',
  '$ pulumi stack init',
  '$ pulumi stack import',
];
const changes = '$ pulumi stack change-secrets-provider';
const removes = '$ pulumi stack rm';
const withBackups: SignCondition = { has: flag('--remove-backups') };

/** Commands show the job where the backend stands in the environment, and else belong to its `pulumi login`. */
function commands(
  on: string | readonly string[],
  { when, sets }: { readonly when?: SignCondition; readonly sets: Sets },
): Sign[] {
  const tells = { stack: flag(['--stack', '-s']) };
  const also = when === undefined ? [] : [when];
  const switches = ['--yes', '-y', '--skip-preview', '-f', '--diff', '--refresh', '-r', '--remove-backups'];
  return [
    shows(on, {
      when: { all: [isInS3(environment), ...also] },
      options: optionsOf(environment),
      sets,
      tells,
      switches,
    }),
    belongs(on, { when: { all: [{ not: isInS3(environment) }, ...also] }, sets, tells, switches }),
  ];
}

const action = 'uses pulumi/actions';
const does = (...names: readonly string[]): SignCondition => ({ has: input('command'), is: names });
const alsoRemoves: SignCondition = { has: input('remove'), is: ['true'] };

function steps(when: SignCondition, sets: Sets): Sign[] {
  const tells = { stack: input('stack-name'), directory: input('work-dir') };
  const inEnvironment: SignCondition = { all: [{ not: isInS3(cloudUrl) }, isInS3(environment)] };
  return [
    shows(action, { when: { all: [isInS3(cloudUrl), when] }, options: optionsOf(cloudUrl), sets, tells }),
    shows(action, { when: { all: [inEnvironment, when] }, options: optionsOf(environment), sets, tells }),
    belongs(action, {
      when: { all: [{ not: { any: [isInS3(cloudUrl), isInS3(environment)] } }, when] },
      sets,
      tells,
    }),
  ];
}

export const pulumiStateS3Detection = defineDetection({
  signs: [
    shows('$ pulumi login', { when: isInS3(address), options: optionsOf(address) }),
    shows('$ pulumi login', { when: isInS3(url), options: optionsOf(url) }),
    ...commands('$ pulumi preview', {
      when: { not: { beside: [...updates, changes, removes] } },
      sets: { access: 'preview' },
    }),
    ...commands(updates, { when: { not: { beside: [removes] } }, sets: { access: 'update' } }),
    ...commands(changes, {
      when: { not: { beside: [removes] } },
      sets: { access: 'update', changeSecretsProvider: true },
    }),
    ...commands(removes, { when: { not: withBackups }, sets: { access: 'remove' } }),
    ...commands(removes, { when: withBackups, sets: { access: 'remove', removeBackups: true } }),
    ...steps(does('preview', 'pre', 'output'), { access: 'preview' }),
    ...steps({ all: [does('up', 'update', 'refresh', 'destroy'), { not: alsoRemoves }] }, { access: 'update' }),
    ...steps({ all: [does('destroy'), alsoRemoves] }, { access: 'remove' }),
  ],
});
