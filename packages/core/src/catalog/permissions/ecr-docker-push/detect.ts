import {
  argument,
  belongs,
  defineDetection,
  flag,
  input,
  mayShow,
  shows,
  type SignCondition,
  type ValueSource,
  variable,
} from '../../../use-case/detection.js';

const logins = [
  'uses aws-actions/amazon-ecr-login',
  'uses elgohr/ecr-login-action',
  'uses docker/login-action',
  '$ aws ecr get-login-password',
  '$ aws ecr get-login',
  '$ amazon-ecr-login',
  'orb circleci/aws-ecr/ecr-login',
  'orb circleci/aws-ecr/ecr_login',
  'plugin ecr',
  'plugin seek-oss/docker-ecr-publish',
  'task ECRLogin',
];
const privateLogins = logins.filter((name) => name !== 'uses docker/login-action');

/** A login that only ECR takes: with the keys of AWS, or with none at a registry that is named. */
const ownLogin: SignCondition = {
  all: [
    { has: input('registry') },
    { not: { has: input('registry', 'registry of image'), is: ['other', 'public'] } },
    {
      any: [
        { has: input('registry', 'registry of image'), is: ['ecr'] },
        { not: { has: input(['username', 'password']) } },
        { from: input('username'), of: ['AWS_', 'aws_', 'aws-'] },
        { from: input('registry'), of: ['AWS_', '.ECR', '_ECR'] },
      ],
    },
  ],
};

/** It logs in where a client asks, for pushes as for pulls. */
const helper = 'docker credential ecr-login';
const signsIn = [...privateLogins, helper];

const byAction: SignCondition = { beside: ['uses docker/login-action'], that: ownLogin };
const logsIn: SignCondition = { any: [{ beside: signsIn }, byAction] };
/** Several images of a file, which names no registry that can be seen. */
const logsInItself: SignCondition = { any: [{ beside: privateLogins }, byAction] };

/** The image is in ECR, or it may be and the job logs in there. */
function inEcr(image: ValueSource): SignCondition {
  const registry: ValueSource = { ...image, as: 'registry of image' };
  return {
    any: [
      { has: registry, is: ['ecr'] },
      { all: [{ has: registry, is: ['unknown'] }, logsIn] },
      { all: [{ not: { has: registry } }, logsIn] },
    ],
  };
}

function parts(image: ValueSource) {
  return {
    repositories: { ...image, as: 'repository of image' },
    account: { ...image, as: 'account of image' },
    region: { ...image, as: 'region of image' },
  } as const;
}

const builds: ValueSource = { flag: ['-t', '--tag'] };
const pushed: ValueSource = { argument: 0 };
const tags: ValueSource = { input: ['tags', 'outputs', 'images', 'image'] };
const buildSwitches = [
  '--push',
  '--pull',
  '--no-cache',
  '--load',
  '--rm',
  '-q',
  '--quiet',
  '--force-rm',
  '--squash',
  '--provenance',
  '--sbom',
];

/** Flags of ko that take no value. */
const koSwitches = [
  '--push',
  '--local',
  '-L',
  '--insecure-registry',
  '--bare',
  '-B',
  '--base-import-paths',
  '-P',
  '--preserve-import-paths',
];
const jib: ValueSource = { flag: ['-Djib.to.image', '-Dimage', '--image'] };
const bootImage: ValueSource = { flag: '-Dspring-boot.build-image.imageName' };
const javaSwitches = ['-B', '-q', '-U', '-e', '-X', '-ntp', '--batch-mode', '--no-transfer-progress'];

const pushes = [
  '$ docker push',
  '$ docker image push',
  '$ docker compose push',
  '$ docker-compose push',
  '$ podman push',
  '$ buildah push',
  '$ docker buildx bake',
  '$ crane push',
  '$ crane copy',
  '$ crane cp',
  '$ skopeo copy',
  '$ executor',
  '$ docker buildx imagetools create',
  '$ docker manifest push',
  '$ ko build',
  '$ ko publish',
  '$ jib',
  '$ docker buildx build',
  '$ docker build',
  '$ docker tag',
  'uses docker/build-push-action',
  'uses docker/bake-action',
  'uses depot/build-push-action',
];

/** Runs what nobody sees. */
const runners = ['make', 'npm', 'yarn', 'pnpm', 'just', 'task', 'mvn', 'mvnw', 'gradle', 'gradlew', 'sbt', 'python'];

/** What logs in and shows no image pushes with something that nobody sees, unless it shows what it pulls. */
const mayPush: SignCondition = {
  any: [
    { beside: pushes },
    {
      all: [
        // It asks whether an image is there.
        {
          not: {
            all: [
              { beside: ['$ aws ecr describe-images'] },
              { not: { beside: runners.map((program) => `$ ${program}`) } },
            ],
          },
        },
        {
          not: {
            beside: [
              '$ docker pull',
              '$ docker compose pull',
              '$ docker-compose pull',
              '$ docker run',
              'plugin docker',
              'plugin docker-compose',
              'container',
              '$ crane pull',
              '$ skopeo inspect',
              '$ docker manifest inspect',
              '$ docker compose up',
              '$ docker-compose up',
              '$ helm upgrade',
              '$ helm install',
              '$ kubectl create',
              '$ helm push',
              // Its output names the registry of an image that another job pushed.
              'uses aws-actions/amazon-ecs-render-task-definition',
            ],
          },
        },
      ],
    },
  ],
};

export const ecrDockerPushDetection = defineDetection({
  signs: [
    shows(['$ docker push', '$ docker image push', '$ podman push', '$ buildah push', '$ docker manifest push'], {
      when: inEcr(pushed),
      switches: ['-a', '--all-tags', '-q', '--quiet', '--disable-content-trust', '--purge', '--remove-signatures'],
      options: parts(pushed),
    }),
    shows(['$ docker buildx build', '$ docker build', '$ depot build', '$ nerdctl build'], {
      when: {
        all: [
          {
            any: [{ has: flag('--push') }, { begins: flag(['-o', '--output']), with: ['type=image', 'type=registry'] }],
          },
          inEcr(builds),
        ],
      },
      switches: buildSwitches,
      options: parts(builds),
    }),
    shows(['$ docker buildx imagetools create'], { when: inEcr(builds), options: parts(builds) }),
    shows('$ executor', { when: inEcr(flag(['--destination', '-d'])), options: parts(flag(['--destination', '-d'])) }),
    shows(['$ crane push', '$ crane copy', '$ crane cp'], {
      when: inEcr(argument(1)),
      options: parts(argument(1)),
      sets: { pushClient: 'classic' },
    }),
    shows('$ skopeo copy', {
      when: inEcr(argument(1)),
      switches: ['--all', '-a', '--src-tls-verify', '--quiet', '-q'],
      options: parts(argument(1)),
      sets: { pushClient: 'classic' },
    }),
    shows(['$ ko build', '$ ko publish', '$ ko apply', '$ ko resolve'], {
      when: { has: variable('KO_DOCKER_REPO', 'registry of image'), is: ['ecr'] },
      switches: koSwitches,
      options: {
        account: variable('KO_DOCKER_REPO', 'account of image'),
        region: variable('KO_DOCKER_REPO', 'region of image'),
      },
    }),
    shows('$ pack build', {
      when: { all: [{ has: flag('--publish') }, inEcr(argument(0))] },
      switches: ['--publish', '--trust-builder', '--clear-cache', '--verbose', '-v'],
      options: parts(argument(0)),
    }),
    shows(['$ mvn', '$ mvnw', '$ gradle', '$ gradlew'], {
      when: { has: { ...jib, as: 'registry of image' }, is: ['ecr'] },
      switches: javaSwitches,
      options: parts(jib),
    }),
    shows(['$ mvn', '$ mvnw'], {
      when: { all: [{ has: flag('-Dspring-boot.build-image.publish'), is: ['true'] }, inEcr(bootImage)] },
      switches: javaSwitches,
      options: parts(bootImage),
    }),
    shows('$ helm push', {
      when: { has: argument(1, 'registry of image'), is: ['ecr'] },
      options: { account: argument(1, 'account of image'), region: argument(1, 'region of image') },
    }),
    shows(['$ docker compose push', '$ docker-compose push'], { when: logsInItself }),
    shows(['$ docker compose build', '$ docker-compose build', '$ docker buildx bake'], {
      when: { all: [{ has: flag('--push') }, logsInItself] },
      switches: ['--push'],
    }),
    shows(
      [
        'uses docker/build-push-action',
        'uses depot/build-push-action',
        'uses redhat-actions/push-to-registry',
        'uses useblacksmith/build-push-action',
      ],
      {
        when: {
          all: [
            {
              any: [
                { has: input('push'), is: ['true'] },
                { begins: input('push'), with: [''] },
                { has: input('outputs') },
                { not: { has: input('push'), is: ['false'] } },
              ],
            },
            { any: [{ has: input('push') }, { has: input('outputs') }] },
            { not: { has: input('push'), is: ['false'] } },
            inEcr(tags),
          ],
        },
        options: parts(tags),
      },
    ),
    shows('uses docker/bake-action', { when: { all: [{ has: input(['push', 'set']) }, logsInItself] } }),
    shows(['uses mr-smithers-excellent/docker-build-push', 'uses elgohr/Publish-Docker-Github-Action'], {
      when: inEcr(input('registry')),
      options: {
        repositories: input(['image', 'name'], 'name of image'),
        account: input('registry', 'account of image'),
        region: input('registry', 'region of image'),
      },
    }),
    shows('uses whoan/docker-build-with-cache-action', {
      when: { all: [inEcr(input('registry')), { not: { has: input('push_image_and_stages'), is: ['false'] } }] },
      options: {
        repositories: input('image_name', 'name of image'),
        account: input('registry', 'account of image'),
        region: input('registry', 'region of image'),
      },
    }),
    belongs('uses int128/create-ecr-repository-action', {
      when: { not: { has: input('public'), is: ['true'] } },
      options: { repositories: input('repository') },
      sets: { createRepository: true },
    }),
    shows('uses jwalton/gh-ecr-push', {
      when: { not: { has: input('direction'), is: ['pull'] } },
      options: { repositories: input('image', 'name of image'), region: input('region') },
    }),
    shows(
      [
        'uses kciter/aws-ecr-action',
        'uses taylorsmithgg/aws-ecr-action',
        'uses appleboy/drone-ecr',
        'uses ocular-d/aws-ecr-action',
        'uses int128/docker-build-push-ecr',
        'uses jaxxstorm/action-push-ecr',
      ],
      {
        options: {
          repositories: input(['repo', 'repository', 'image', 'ecr-repository']),
          account: input(['account_id', 'account-id', 'aws-account-id']),
          region: input(['region', 'aws-region', 'aws_region']),
          createRepository: input(['create_repo', 'create-repo', 'create_repository']),
        },
      },
    ),
    shows(
      [
        'orb circleci/aws-ecr/build-and-push-image',
        'orb circleci/aws-ecr/build_and_push_image',
        'orb circleci/aws-ecr/push-image',
        'orb circleci/aws-ecr/push_image',
      ],
      {
        when: { not: { has: input(['public-registry', 'public_registry']), is: ['true'] } },
        options: {
          repositories: input(['repo']),
          account: [
            input(['account-id', 'account_id', 'registry-id', 'registry_id']),
            input(['account-url', 'account_url'], 'account of image'),
          ],
          region: input(['region']),
          createRepository: input(['create-repo', 'create_repo']),
        },
      },
    ),
    shows('pipe atlassian/aws-ecr-push-image', {
      options: { repositories: input('IMAGE_NAME'), region: input('AWS_DEFAULT_REGION') },
    }),
    shows('task ECRPushImage', {
      options: {
        repositories: input('repositoryName'),
        region: input('regionName'),
        createRepository: input('autoCreateRepository'),
      },
    }),
    shows(['plugin seek-oss/docker-ecr-publish', 'plugin docker-ecr-publish'], {
      options: { repositories: input(['name', 'ecr-name']), account: input('account_id'), region: input('region') },
    }),
    shows('plugin docker-compose', {
      when: { all: [{ has: input('push') }, { beside: privateLogins }] },
      options: {
        repositories: [input('push', 'repository of image'), input('image-repository', 'repository of image')],
        account: [input('push', 'account of image'), input('image-repository', 'account of image')],
        region: [input('push', 'region of image'), input('image-repository', 'region of image')],
      },
    }),
    shows('jenkins withRegistry', {
      when: {
        any: [
          { begins: input('credentials'), with: ['ecr:'] },
          { has: input('url', 'registry of image'), is: ['ecr'] },
        ],
      },
      options: {
        account: input('url', 'account of image'),
        region: [input('region'), input('url', 'region of image')],
      },
    }),
    belongs('jenkins dockerImage', {
      when: { beside: ['jenkins withRegistry'] },
      options: { repositories: input('0', 'name of image') },
    }),
    belongs('uses docker/metadata-action', {
      when: inEcr(input('images')),
      outputs: { tags: '${input:images}:${the tag}' },
    }),
    belongs('$ docker tag', {
      when: { has: argument(1, 'registry of image'), is: ['ecr'] },
      options: parts(argument(1)),
    }),
    belongs('$ docker build', {
      when: { has: { ...builds, as: 'registry of image' }, is: ['ecr'] },
      switches: buildSwitches,
      options: parts(builds),
    }),
    belongs('$ aws ecr create-repository', {
      options: { repositories: flag('--repository-name') },
      sets: { createRepository: true },
    }),
    belongs(
      [
        '$ aws ecr describe-repositories',
        '$ aws ecr describe-images',
        '$ aws ecr list-images',
        '$ aws ecr batch-get-image',
      ],
      {
        options: { repositories: flag(['--repository-names', '--repository-name']) },
      },
    ),
    belongs(['$ aws ecr describe-image-scan-findings', '$ aws ecr wait image-scan-complete'], {
      sets: { scanFindings: true },
    }),
    belongs('$ docker login', {
      when: { has: argument(0, 'registry of image'), is: ['ecr'] },
      switches: ['--password-stdin'],
      options: { account: argument(0, 'account of image'), region: argument(0, 'region of image') },
    }),
    // A job that logs in and shows no image pushes with something that nobody sees, or pulls.
    mayShow(privateLogins, {
      when: {
        all: [
          { not: { has: input('registry-type'), is: ['public'] } },
          { not: { has: input(['public-registry', 'public_registry']), is: ['true'] } },
          mayPush,
        ],
      },
      outputs: { registry: '${account}.dkr.ecr.${region}.amazonaws.com' },
    }),
    belongs(privateLogins, { when: { beside: ['plugin docker-compose'] } }),
    belongs(helper, {
      options: {
        account: input('registries', 'account of image'),
        region: input('registries', 'region of image'),
      },
    }),
    mayShow('uses docker/login-action', {
      when: { all: [ownLogin, mayPush] },
      options: { account: input('registry', 'account of image'), region: input('registry', 'region of image') },
    }),
  ],
});
