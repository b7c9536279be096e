import {
  argument,
  belongs,
  defineDetection,
  field,
  flag,
  input,
  shows,
  variable,
  type Sign,
  type SignCondition,
  type ValueForm,
  type ValueSource,
} from '../../../use-case/detection.js';

type SignSets = Readonly<Record<string, string | boolean>>;

/** Where the address of the backend stands. */
type AddressSource = (form?: ValueForm) => ValueSource;

const address: AddressSource = (form) => argument(0, form);
const url: AddressSource = (form) => flag(['--cloud-url', '-c'], form);
const cloudUrl: AddressSource = (form) => input('cloud-url', form);
const environment: AddressSource = (form) => variable('PULUMI_BACKEND_URL', form);

const project: AddressSource = (form) => field('url', form);

const isInS3 = (at: AddressSource): SignCondition => ({ begins: at(), with: ['s3://'] });
const optionsOf = (at: AddressSource) => ({
  bucket: at('bucket of s3'),
  root: at('root of backend'),
  region: at('region of backend'),
});

const programs = ['$ pulumi up', '$ pulumi update', '$ pulumi refresh', '$ pulumi destroy', '$ pulumi import'];
const updates = [...programs, '$ pulumi cancel', '$ pulumi stack init', '$ pulumi stack import'];
const changes = '$ pulumi stack change-secrets-provider';
const removes = '$ pulumi stack rm';
const withBackups: SignCondition = { has: flag('--remove-backups') };

/** A program of Pulumi makes what it likes. */
const lacks = ': pulumi-state-s3 gives the state alone, and not what the program makes';
const makes = { lacks } as const;

/** Commands show the job where the backend stands in the environment, and else belong to its `pulumi login`. */
function commands(
  on: string | readonly string[],
  { when, sets, ...more }: { readonly when?: SignCondition; readonly sets: SignSets; readonly lacks?: string },
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
      ...more,
    }),
    // Where nobody logs in to a backend, the project may name it.
    shows(on, {
      when: { all: [{ not: isInS3(environment) }, { not: { beside: ['$ pulumi login'] } }, ...also] },
      file: 'pulumi project',
      options: optionsOf(project),
      sets,
      tells,
      switches,
      ...more,
    }),
    belongs(on, { when: { all: [{ not: isInS3(environment) }, ...also] }, sets, tells, switches, ...more }),
  ];
}

const action = 'uses pulumi/actions';
const does = (...names: readonly string[]): SignCondition => ({ has: input('command'), is: names });
const alsoRemoves: SignCondition = { has: input('remove'), is: ['true'] };

function steps(when: SignCondition, sets: SignSets, more: { readonly lacks?: string } = {}): Sign[] {
  const tells = { stack: input('stack-name'), directory: input('work-dir') };
  const inEnvironment: SignCondition = { all: [{ not: isInS3(cloudUrl) }, isInS3(environment)] };
  return [
    shows(action, {
      when: { all: [isInS3(cloudUrl), when] },
      options: optionsOf(cloudUrl),
      sets,
      tells,
      toldAt: 'cloud-url',
      ...more,
    }),
    shows(action, { when: { all: [inEnvironment, when] }, options: optionsOf(environment), sets, tells, ...more }),
    shows(action, {
      when: {
        all: [
          { not: { has: cloudUrl() } },
          { not: isInS3(environment) },
          { not: { beside: ['$ pulumi login'] } },
          when,
        ],
      },
      file: 'pulumi project',
      options: optionsOf(project),
      sets,
      tells,
      ...more,
    }),
    belongs(action, {
      when: { all: [{ not: { any: [isInS3(cloudUrl), isInS3(environment)] } }, when] },
      sets,
      tells,
      ...more,
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
    ...commands(programs, { when: { not: { beside: [removes] } }, sets: { access: 'update' }, ...makes }),
    ...commands(updates, { when: { not: { beside: [removes] } }, sets: { access: 'update' } }),
    ...commands(changes, {
      when: { not: { beside: [removes] } },
      sets: { access: 'update', changeSecretsProvider: true },
    }),
    ...commands(removes, { when: { not: withBackups }, sets: { access: 'remove' } }),
    ...commands(removes, { when: withBackups, sets: { access: 'remove', removeBackups: true } }),
    ...steps(does('preview', 'pre', 'output'), { access: 'preview' }),
    ...steps({ all: [does('up', 'update', 'refresh', 'destroy'), { not: alsoRemoves }] }, { access: 'update' }, makes),
    ...steps({ all: [does('destroy'), alsoRemoves] }, { access: 'remove' }, makes),
  ],
});
