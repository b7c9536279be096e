import { compile, parseArn, size, tryBuild, useCases, type PolicyDocument, type UseCase } from '@postern/core';
import type { Asked } from './asked.js';

type Options = Record<string, unknown>;

/** An entry of the catalog whose policy allows all that was asked for. */
export interface Suggestion {
  readonly useCase: UseCase;
  readonly options: Readonly<Options>;
  readonly document: PolicyDocument;
}

/** Names in the resources of some actions: what stands behind a prefix of the sixth part of their ARN. */
function names(asked: readonly Asked[], service: string, prefix: string, actions = /./): string[] {
  const found = asked.flatMap(({ action, resource }) => {
    const arn = actions.test(action) ? parseArn(resource) : undefined;
    return arn?.service === service && arn.resource.startsWith(prefix) ? [arn.resource.slice(prefix.length)] : [];
  });
  return [...new Set(found)];
}

function fences(asked: readonly Asked[], key: string, actions = /./): string[] {
  return [
    ...new Set(asked.flatMap(({ action, fences: own }) => (actions.test(action) ? [own[key] ?? []].flat() : []))),
  ];
}

const behindSlash = (text: string) => text.slice(text.indexOf('/') + 1);
const optional = (name: string, list: readonly string[]): Options => (list.length === 0 ? {} : { [name]: list });
const optionalOne = (name: string, value: string | undefined): Options =>
  value === undefined ? {} : { [name]: value };

/** The keys of states, and the workspaces among them: `env:/WORKSPACE/KEY`. */
function statesIn(asked: readonly Asked[]): {
  bucket: string | undefined;
  keys: string[];
  workspaces: string[];
  plain: boolean;
} {
  const objects = names(asked, 's3', '').filter((name) => name.includes('/'));
  const buckets = names(asked, 's3', '').map((name) => name.split('/')[0]!);
  const keys = new Set<string>();
  const workspaces = new Set<string>();
  let plain = false;
  for (const object of objects.map((name) => behindSlash(name).replace(/\.tflock$/, ''))) {
    const inWorkspace = /^env:\/([^/]+)\/(.+)$/.exec(object);
    if (inWorkspace === null) plain = true;
    else workspaces.add(inWorkspace[1]!);
    keys.add(inWorkspace === null ? object : inWorkspace[2]!);
  }
  return { bucket: buckets[0], keys: [...keys], workspaces: [...workspaces], plain };
}

function terraformOptions(asked: readonly Asked[]): Options {
  const { bucket, keys, workspaces, plain } = statesIn(asked);
  return {
    ...optionalOne('bucket', bucket),
    keys,
    ...optional('workspaces', workspaces),
    ...(plain || workspaces.length === 0 ? {} : { defaultWorkspace: false }),
    ...optionalOne('lockTable', names(asked, 'dynamodb', 'table/')[0]),
    ...optionalOne('kmsKey', names(asked, 'kms', 'key/')[0]),
    ...optional('assumeRoles', names(asked, 'iam', 'role/', /^sts:AssumeRole$/)),
  };
}

/** The names in the options of an entry, as far as what was asked for tells them. */
const guesses: Readonly<Record<string, (asked: readonly Asked[]) => Options>> = {
  'ecr-docker-push': (asked) => {
    const written = names(
      asked,
      'ecr',
      'repository/',
      /:(PutImage|InitiateLayerUpload|CreateRepository|BatchCheckLayerAvailability)$/,
    );
    const read = names(asked, 'ecr', 'repository/', /:GetDownloadUrlForLayer$/).filter(
      (name) => !written.includes(name),
    );
    const named = written.length > 0 ? written : names(asked, 'ecr', 'repository/');
    return { repositories: named, ...optional('mountFrom', read) };
  },
  'ecs-service-deployment': (asked) => {
    const services = names(asked, 'ecs', 'service/');
    const clusters = [
      ...[...services, ...names(asked, 'ecs', 'task/')].map((name) => name.split('/')[0]!),
      ...fences(asked, 'ecs:cluster').map((arn) => arn.slice(arn.lastIndexOf('/') + 1)),
    ];
    const families = names(asked, 'ecs', 'task-definition/').map((name) => name.replace(/:.*$/, ''));
    const rolesTo = (service: string) =>
      names(
        asked.filter((one) => one.fences['iam:PassedToService'] === service),
        'iam',
        'role/',
        /^iam:PassRole$/,
      );
    const [group] = names(asked, 'codedeploy', 'deploymentgroup:');
    return {
      ...optionalOne('cluster', clusters[0]),
      ...optional('services', services.map(behindSlash)),
      ...optional('taskDefinitionFamilies', [...new Set(families)]),
      ...optional('passRoles', rolesTo('ecs-tasks.amazonaws.com')),
      ...optional('volumeRoles', rolesTo('ecs.amazonaws.com')),
      ...optionalOne('codeDeployApplication', group?.split('/')[0]),
      ...optionalOne('codeDeployDeploymentGroup', group === undefined ? undefined : behindSlash(group)),
      ...optionalOne('codeDeployDeploymentConfig', names(asked, 'codedeploy', 'deploymentconfig:')[0]),
    };
  },
  'terraform-remote-state-s3': terraformOptions,
  // Terragrunt's own permissions are in addition to terraform's, which has workspaces.
  terragrunt: (asked) =>
    Object.fromEntries(
      Object.entries(terraformOptions(asked)).filter(([name]) => name !== 'workspaces' && name !== 'defaultWorkspace'),
    ),
};

/** Stands for the key behind an alias, which KMS alone knows. */
export const keyBehindAlias = '00000000-0000-0000-0000-000000000000';

/** Entries that give all that was asked for, the one with the smallest policy first. */
export function suggest(
  recorded: readonly Asked[],
  place: { readonly account: string; readonly region: string },
): Suggestion[] {
  if (recorded.length === 0) return [];
  const asked = recorded.map((one) =>
    'kms:ResourceAliases' in one.fences ? { ...one, resource: one.resource.replace(/\*$/, keyBehindAlias) } : one,
  );
  return (useCases as readonly UseCase[])
    .flatMap((useCase) => {
      const found = search(useCase, { ...guesses[useCase.id]?.(asked), ...place }, asked);
      return found === undefined ? [] : [found];
    })
    .sort((a, b) => size(a.document) - size(b.document));
}

/**
 * Turns switches and choices until the policy covers everything, then back where it still does, so that the options say no
 * more than is needed.
 */
function search(useCase: UseCase, named: Options, asked: readonly Asked[]): Suggestion | undefined {
  const dials = Object.entries(useCase.options).flatMap(([name, option]): [string, readonly unknown[]][] => {
    if (name === 'scope' || name === 'allowUnknownRegion' || name === 'defaultWorkspace') return [];
    if (option.kind === 'switch')
      return [[name, [option.default, ...[true, false].filter((value) => value !== option.default)]]];
    return option.kind === 'choice'
      ? [[name, [option.default, ...option.values.filter((value) => value !== option.default)]]]
      : [];
  });
  const rate = (options: Options): { covered: number; characters: number } | undefined => {
    const { document, problems } = tryBuild(useCase, options);
    if (problems.length > 0) return undefined;
    const decide = compile(document);
    const covered = asked.filter((request) => decide(request).decision === 'allowed').length;
    return { covered, characters: size(document) };
  };
  // Some options only build together: a table with a lock that uses it, a forced deployment with a client that can.
  const turns = dials.flatMap(([name, values]) => values.slice(1).map((value): Options => ({ [name]: value })));
  const pairs =
    rate(named) === undefined
      ? turns.flatMap((one, index) => turns.slice(index + 1).map((other) => ({ ...one, ...other })))
      : [];
  const starts = [...turns, ...pairs]
    .map((turned) => ({ options: { ...named, ...turned }, rating: rate({ ...named, ...turned }) }))
    .sort(
      (a, b) =>
        (b.rating?.covered ?? -1) - (a.rating?.covered ?? -1) ||
        (a.rating?.characters ?? 0) - (b.rating?.characters ?? 0),
    )
    .slice(0, 6)
    .map(({ options }) => options);
  let best: { options: Options; rating: { covered: number; characters: number } } | undefined;
  for (const start of [named, ...starts]) {
    let options = start;
    let rating = rate(options);
    if (rating === undefined) continue;
    for (let changed = true; changed; ) {
      changed = false;
      for (const [name, values] of dials) {
        for (const value of values) {
          const turned = { ...options, [name]: value };
          const next = rate(turned);
          if (next === undefined) continue;
          if (
            next.covered > rating.covered ||
            (next.covered === rating.covered && next.characters < rating.characters)
          ) {
            options = turned;
            rating = next;
            changed = true;
          }
        }
      }
    }
    if (
      best === undefined ||
      rating.covered > best.rating.covered ||
      (rating.covered === best.rating.covered && rating.characters < best.rating.characters)
    )
      best = { options, rating };
  }
  if (best === undefined || best.rating.covered < asked.length) return undefined;
  const shown = Object.entries(best.options).filter(([name, value]) => {
    const option = useCase.options[name];
    return !(option !== undefined && 'default' in option && option.default === value);
  });
  return { useCase, options: Object.fromEntries(shown), document: tryBuild(useCase, best.options).document };
}
