import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { bucketIn, bucketOf, expectObject, isLarge, prefixesOf, writes } from './cache.js';

/** Above eight MiB the AWS CLI uploads in parts. */
const large = Buffer.alloc(9 * 1024 * 1024, 'cache');

/** Artifacts by the AWS CLI itself: down, up, and whole folders. */
export function commandLineSteps(options: CellOptions): Step[] {
  const step = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'aws', run });
  const bucket = bucketOf(options);
  const s3 = (stage: Stage, ...words: string[]) => stage.succeed('aws', ['s3', ...words, '--no-progress']);
  return prefixesOf(options).flatMap((prefix) => [
    step('download an artifact', async (stage) => {
      const text = await s3(stage, 'cp', `s3://${bucket}/${prefix}hit`, 'hit');
      if (!text.includes('download')) throw new StepFailure('nothing was downloaded');
    }),
    ...(options.is('sync', true)
      ? [step('download a folder', async (stage) => void (await s3(stage, 'sync', `s3://${bucket}/${prefix}`, 'down')))]
      : []),
    ...(writes(options)
      ? [
          step('upload an artifact', async (stage) => {
            stage.write('up/artifact', 'built');
            await s3(stage, 'cp', 'up/artifact', `s3://${bucket}/${prefix}artifact`);
            expectObject(stage, options, `${prefix}artifact`, 5);
          }),
          ...(options.is('sync', true)
            ? [
                step('upload a folder', async (stage) => {
                  await s3(stage, 'sync', 'up', `s3://${bucket}/${prefix}up`);
                  expectObject(stage, options, `${prefix}up/artifact`, 5);
                }),
              ]
            : []),
        ]
      : []),
    ...(isLarge(options)
      ? [
          step('upload an artifact in parts', async (stage) => {
            stage.write('large', large);
            await s3(stage, 'cp', 'large', `s3://${bucket}/${prefix}large`);
            expectObject(stage, options, `${prefix}large`, large.length);
          }),
          step('give up an upload in parts', async (stage) => {
            const at = ['--bucket', bucket, '--key', `${prefix}gone`];
            const id = ['--query', 'UploadId', '--output', 'text'];
            const upload = await stage.succeed('aws', ['s3api', 'create-multipart-upload', ...at, ...id]);
            await stage.succeed('aws', ['s3api', 'abort-multipart-upload', ...at, '--upload-id', upload.trim()]);
            if (bucketIn(stage, options).uploads.size > 0) throw new StepFailure('parts are left');
          }),
        ]
      : []),
  ]);
}
