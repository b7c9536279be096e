import {
  argument,
  belongs,
  defineDetection,
  flag,
  mayShow,
  shows,
  type SignCondition,
  type ValueSource,
} from '../../../use-case/detection.js';

function inEcr(image: ValueSource): SignCondition {
  return { has: { ...image, as: 'registry of image' }, is: ['ecr'] };
}

export const ecrImagePromoteDetection = defineDetection({
  signs: [
    shows(['$ crane copy', '$ crane cp', '$ skopeo copy'], {
      when: { all: [inEcr(argument(0)), inEcr(argument(1))] },
      switches: ['--all', '-a', '--quiet', '-q'],
      options: {
        from: argument(0, 'repository of image'),
        to: argument(1, 'repository of image'),
        region: argument(1, 'region of image'),
      },
      sets: { pushClient: 'classic' },
    }),
    shows('$ aws ecr put-image', {
      options: { from: flag('--repository-name'), to: flag('--repository-name') },
      sets: { retagOnly: true },
    }),
    mayShow('$ crane tag', {
      when: inEcr(argument(0)),
      options: { from: argument(0, 'repository of image'), to: argument(0, 'repository of image') },
      sets: { retagOnly: true },
    }),
    belongs('$ aws ecr batch-get-image'),
  ],
});
