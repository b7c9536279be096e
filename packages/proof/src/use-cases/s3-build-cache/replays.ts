import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { bucketIn, bucketOf, expectObject, isLarge, prefixesOf, writes } from './cache.js';

/** Clients that are not run here, where their calls were read, and whether they take a refusal for a miss. */
const clients = {
  turborepo: {
    source: 'ducktors/turborepo-remote-cache at 1b1581e: src/plugins/remote-cache/storage/s3.ts',
    looks: 'HeadObject',
    missOnRefusal: true,
  },
  nx: {
    source: 'bojanbass/nx-aws at 059e857: packages/nx-aws-cache/src/tasks-runner/aws-cache.ts',
    looks: 'HeadObject',
    missOnRefusal: false,
  },
  gradle: {
    source: 'burrunan/gradle-s3-build-cache at 1c6d710: AwsS3BuildCacheService.kt',
    looks: 'GetObject',
    missOnRefusal: true,
  },
  buildkit: {
    source: 'moby/buildkit at 0070379: cache/remotecache/s3/s3.go',
    looks: 'HeadObject',
    missOnRefusal: false,
  },
  'runs-on': {
    source: 'runs-on/cache at 88d9064: src/custom/backend.ts',
    looks: 'ListObjectsV2',
    missOnRefusal: false,
  },
} as const;

export type Replayed = keyof typeof clients;
export const replayed = Object.keys(clients) as readonly Replayed[];

/** The calls that a client makes, in its order: a miss, a hit, and an artifact that is written. */
export function replaySteps(client: Replayed, options: CellOptions): Step[] {
  const { source, looks, missOnRefusal } = clients[client];
  const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'replay', source, run });
  const [prefix = ''] = prefixesOf(options);
  const at = (name: string) => ({ Bucket: bucketOf(options), Key: `${prefix}${name}` });

  return [
    step('look for what is not there', async (stage) => {
      if (looks === 'ListObjectsV2') {
        const found = await stage.call('S3', looks, { Bucket: bucketOf(options), Prefix: `${prefix}miss` });
        if (Number(found['KeyCount']) > 0) throw new StepFailure('something is found that is not there');
        return;
      }
      try {
        await stage.call('S3', looks, at('miss'));
      } catch (error) {
        const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
        const status = $metadata?.httpStatusCode;
        if (status === 404 || (status === 403 && missOnRefusal)) return;
        throw error;
      }
      throw new StepFailure('something is found that is not there');
    }),
    step('read what is there', async (stage) => {
      if (looks === 'HeadObject') await stage.call('S3', 'HeadObject', at('hit'));
      await stage.call('S3', 'GetObject', at('hit'));
    }),
    ...(writes(options)
      ? [
          step('write an artifact', async (stage) => {
            await stage.call('S3', 'PutObject', { ...at('artifact'), Body: 'built' });
            expectObject(stage, options, `${prefix}artifact`, 5);
          }),
          // What is there already is copied onto itself, so that it is not expired.
          ...(client === 'buildkit'
            ? [
                step('touch an artifact', async (stage) => {
                  const CopySource = `${bucketOf(options)}/${prefix}hit`;
                  await stage.call('S3', 'CopyObject', { ...at('hit'), CopySource, MetadataDirective: 'REPLACE' });
                }),
              ]
            : []),
        ]
      : []),
    ...(isLarge(options)
      ? [
          step('give up an upload in parts', async (stage) => {
            const { UploadId } = await stage.call('S3', 'CreateMultipartUpload', at('large'));
            await stage.call('S3', 'UploadPart', { ...at('large'), UploadId, PartNumber: 1, Body: 'a part' });
            await stage.call('S3', 'AbortMultipartUpload', { ...at('large'), UploadId });
            if (bucketIn(stage, options).uploads.size > 0) throw new StepFailure('parts are left');
          }),
        ]
      : []),
  ];
}
