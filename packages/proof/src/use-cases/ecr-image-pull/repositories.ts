import { dirname, join } from 'node:path';
import type { Repository, World } from '@postern/sandbox';
import type { CellOptions, HostileRequest, Step } from '../../scenario.js';
import { StepFailure, type RunSettings, type Stage } from '../../stage.js';
import { createImage, type BuiltImage } from '../ecr-docker-push/image.js';

export const tag = 'v1';

/** A repository that a job names, wherever it is. */
export interface RepositoryPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** The repositories of an option, each where it is. */
export function placesOf(options: CellOptions, option: string): RepositoryPlace[] {
  const { account, region, partition } = options;
  return options.arns(option, `arn:${partition}:ecr:${region}:${account}:repository/`).map((arn) => {
    const [, , , where = '', whose = '', resource = ''] = arn.split(':');
    return { account: whose, region: where, name: resource.replace('repository/', '') };
  });
}

export const hostOf = ({ world }: { readonly world: World }, { account, region }: RepositoryPlace) =>
  `${account}.dkr.ecr.${region}.${world.dnsSuffix}`;

const passwords = new WeakMap<Stage, string>();

export function passwordOf(stage: Stage): string {
  const password = passwords.get(stage);
  if (password === undefined) throw new Error('no step has logged in');
  return password;
}

/** The AWS CLI logs in, as scripts do. */
export const login: Step = {
  name: 'log in',
  tool: 'aws',
  run: async (stage) => void passwords.set(stage, (await stage.succeed('aws', ['ecr', 'get-login-password'])).trim()),
};

/** The login action has no program: its one call is made with the SDK that it uses. */
export const logInAsAction: Step = {
  name: 'log in as the login action does',
  tool: 'replay',
  source: 'aws-actions/amazon-ecr-login at 03f1aad: index.js',
  run: async (stage) => {
    const { authorizationData } = await stage.call('ECR', 'GetAuthorizationToken', {});
    const [{ authorizationToken } = { authorizationToken: '' }] = authorizationData as { authorizationToken: string }[];
    passwords.set(stage, Buffer.from(authorizationToken, 'base64').toString('utf8').replace(/^AWS:/, ''));
  },
};

/** crane reads the password from docker's configuration file. */
export function withPassword(stage: Stage, ...places: readonly RepositoryPlace[]): RunSettings {
  const auth = Buffer.from(`AWS:${passwordOf(stage)}`).toString('base64');
  const auths = Object.fromEntries(places.map((place) => [hostOf(stage.sandbox, place), { auth }]));
  stage.write('docker/config.json', JSON.stringify({ auths }));
  return { env: { DOCKER_CONFIG: join(stage.folder, 'docker') } };
}

/** With the credential helper nobody logs in: the client starts it for each registry. */
export function withHelper(stage: Stage, ...places: readonly RepositoryPlace[]): RunSettings {
  const credHelpers = Object.fromEntries(places.map((place) => [hostOf(stage.sandbox, place), 'ecr-login']));
  stage.write('docker/config.json', JSON.stringify({ credHelpers }));
  const helper = stage.tools['ecr-login']?.path ?? '';
  const PATH = `${dirname(helper)}:${stage.environment['PATH']}`;
  return { env: { DOCKER_CONFIG: join(stage.folder, 'docker'), PATH } };
}

/** Puts an image into a repository, as whoever pushed it left it. */
export function fill(repository: Repository, image: BuiltImage): void {
  for (const [digest, bytes] of image.blobs) repository.blobs.set(digest, bytes);
  for (const { descriptor, body } of image.manifests) {
    const { mediaType, digest } = descriptor;
    repository.manifests.set(digest, { body, mediaType, digest, pushed: new Date() });
  }
  repository.tags.set(tag, image.manifests.at(-1)!.descriptor.digest);
}

/** A repository with an image; with `upstream`, only the registry behind the cache has both. */
export function prepareImage(world: World, { account, region, name }: RepositoryPlace, upstream = false): void {
  const { registry } = world;
  fill(
    upstream ? registry.createUpstream(account, region, name) : registry.create(account, region, name),
    createImage(),
  );
}

/** @throws {StepFailure} where it does not exist */
export function repositoryIn(stage: Stage, { account, region, name }: RepositoryPlace): Repository {
  const found = stage.sandbox.world.registry.find(account, region, name);
  if (found === undefined) throw new StepFailure(`the repository ${name} does not exist`);
  return found;
}

/** The digest of the image that all the steps are about. */
export const digestIn = (stage: Stage, place: RepositoryPlace) => repositoryIn(stage, place).tags.get(tag)!;

const stranger = '999999999999';

/** The same call to another repository, to one whose name begins alike, and to the same name elsewhere. */
export function neighbours(
  sid: string,
  what: string,
  operation: string,
  input: object,
  option: string,
): HostileRequest[] {
  const own = (options: CellOptions) => placesOf(options, option)[0]!;
  const send =
    (change: (place: RepositoryPlace) => RepositoryPlace): HostileRequest['send'] =>
    (call, options) => {
      const { account, region, name } = change(own(options));
      return call('ECR', operation, { ...input, repositoryName: name, registryId: account }, { region });
    };
  const request = (
    which: string,
    scopes: readonly string[],
    change: (place: RepositoryPlace) => RepositoryPlace,
  ): HostileRequest => ({
    name: `${what} of ${which}`,
    sid,
    fence: 'resource',
    applies: (options) => options.is('scope', ...scopes),
    send: send(change),
  });
  return [
    request('another repository', ['exact', 'pattern'], (place) => ({ ...place, name: 'other-app' })),
    request('a repository whose name only begins alike', ['exact'], (place) => ({
      ...place,
      name: `${place.name}-old`,
    })),
    request('a repository below the name', ['exact'], (place) => ({ ...place, name: `${place.name}/below` })),
    request('the same name in another account', ['exact', 'pattern', 'account'], (place) => ({
      ...place,
      account: stranger,
    })),
    request('the same name in another region', ['exact', 'pattern', 'account'], (place) => ({
      ...place,
      region: 'us-west-2',
    })),
  ];
}
