import {
  argument,
  belongs,
  defineDetection,
  field,
  flag,
  input,
  mayShow,
  shows,
  type SignCondition,
  type ValueSource,
} from '../../../use-case/detection.js';

const logins = [
  'uses aws-actions/amazon-ecr-login',
  '$ aws ecr get-login-password',
  '$ aws ecr get-login',
  'orb circleci/aws-ecr/ecr-login',
  'plugin ecr',
  'docker credential ecr-login',
];

/** The image is in ECR: one of an unknown registry is as likely the one that was just built. */
function inEcr(image: ValueSource): SignCondition {
  return { has: { ...image, as: 'registry of image' }, is: ['ecr'] };
}

function parts(image: ValueSource) {
  return {
    repositories: { ...image, as: 'repository of image' },
    account: { ...image, as: 'account of image' },
    region: { ...image, as: 'region of image' },
  } as const;
}

const builds = [
  '$ docker push',
  '$ docker buildx build',
  '$ docker buildx imagetools create',
  'uses docker/build-push-action',
  '$ docker image push',
  '$ docker build',
];

export const ecrImagePullDetection = defineDetection({
  signs: [
    shows(['$ docker pull', '$ docker image pull', '$ podman pull', '$ crane pull'], {
      when: {
        all: [
          {
            any: [
              inEcr(argument(0)),
              { all: [{ has: argument(0, 'registry of image'), is: ['unknown'] }, { beside: logins }] },
            ],
          },
          { not: { beside: builds } },
        ],
      },
      switches: ['-q', '--quiet', '-a', '--all-tags'],
      options: parts(argument(0)),
    }),
    shows('$ docker run', {
      when: { all: [inEcr(argument(0)), { not: { beside: builds } }] },
      switches: ['--rm', '-i', '-t', '-it', '-d', '--privileged', '--init', '--detach', '--interactive', '--tty'],
      options: parts(argument(0)),
    }),
    shows('uses jwalton/gh-ecr-push', {
      when: { has: input('direction'), is: ['pull'] },
      options: { repositories: input('image', 'name of image'), region: input('region') },
    }),
    // What a build begins from is pulled.
    mayShow(['$ docker build', '$ docker buildx build', '$ docker image build', 'uses docker/build-push-action'], {
      file: 'base images',
      options: parts(field('images')),
    }),
    shows('task ECRPullImage', {
      options: { repositories: input(['repository', 'repositoryName']), region: input('regionName') },
    }),
    shows(['plugin docker', 'container'], { when: inEcr(input('image')), options: parts(input('image')) }),
    // It runs what its file names, which may be in ECR where the step logs in there.
    mayShow('plugin docker-compose', { when: { all: [{ beside: logins }, { not: { has: input('push') } }] } }),
    belongs('$ aws ecr describe-images', {
      sets: { checkExisting: true },
      options: { repositories: flag('--repository-name') },
    }),
    belongs('$ aws ecr list-images', {
      sets: { listTags: true },
      options: { repositories: flag('--repository-name') },
    }),
    belongs(['$ aws ecr describe-image-scan-findings', '$ aws ecr wait image-scan-complete'], {
      sets: { scanFindings: true },
      options: { repositories: flag('--repository-name') },
    }),
    belongs('$ aws ecr start-image-scan', {
      sets: { startScan: true },
      options: { repositories: flag('--repository-name') },
    }),
    belongs(logins, { when: { not: { beside: builds } } }),
  ],
});
