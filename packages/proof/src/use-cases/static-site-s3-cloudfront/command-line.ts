import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { aliasOf, expectObject, isLarge, isTagged, large, placesOf, reads, syncs } from './site.js';

/** A version of the AWS CLI. */
export type CommandLine = 'aws' | 'aws-1';

/** A deployment of the site, as a pipeline writes it: the files, then the cache. */
export function deploySteps(tool: CommandLine, options: CellOptions): Step[] {
  return [...placesOf(options).flatMap((place) => fileSteps(tool, options, place)), ...cacheSteps(tool, options)];
}

function fileSteps(
  tool: CommandLine,
  options: CellOptions,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
): Step[] {
  const step = (name: string, run: (stage: Stage) => Promise<unknown>): Step => ({
    name,
    tool,
    run: async (stage) => void (await run(stage)),
  });
  const site = `s3://${bucket}/${prefix}`;
  const acl = options.name('acl');
  const opens = acl === undefined ? [] : ['--acl', acl];
  const s3 = (stage: Stage, ...words: string[]) => stage.succeed(tool, ['s3', ...words]);
  const quiet = '--no-progress';
  const deletes = options.is('deleteRemoved', true);
  return [
    step('upload the site', async (stage) => {
      // One file: of several that are refused, another one is told each time.
      stage.write('dist/en/index.html', 'new');
      const how = syncs(options) ? ['sync', ...(deletes ? ['--delete'] : [])] : ['cp', '--recursive'];
      const headers = ['--cache-control', 'max-age=60', '--metadata', 'commit=1a2b3c4'];
      await s3(stage, ...how, 'dist', site, ...opens, ...headers, quiet);
      expectObject(stage, bucket, `${prefix}en/index.html`);
      if (syncs(options)) expectObject(stage, bucket, `${prefix}old.html`, !deletes);
    }),
    ...(deletes && !syncs(options)
      ? [
          step('delete a file', async (stage) => {
            await s3(stage, 'rm', `${site}old.html`);
            expectObject(stage, bucket, `${prefix}old.html`, false);
          }),
        ]
      : []),
    ...(isTagged(options)
      ? [
          step('upload a file with tags', async (stage) => {
            const page = ['--body', stage.write('tagged.html', 'tagged'), '--tagging', 'page=news'];
            await stage.succeed(tool, [
              's3api',
              'put-object',
              '--bucket',
              bucket,
              '--key',
              `${prefix}home.html`,
              ...page,
            ]);
          }),
        ]
      : []),
    ...(isLarge(options)
      ? [
          step('upload a file in parts', async (stage) => {
            stage.write('film.mp4', large);
            await s3(stage, 'cp', 'film.mp4', `${site}new.mp4`, ...opens, quiet);
            expectObject(stage, bucket, `${prefix}new.mp4`);
          }),
          step('give up an upload in parts', async (stage) => {
            const at = ['--bucket', bucket, '--key', `${prefix}gone.mp4`];
            const id = ['--query', 'UploadId', '--output', 'text'];
            const upload = await stage.succeed(tool, ['s3api', 'create-multipart-upload', ...at, ...id]);
            await stage.succeed(tool, ['s3api', 'abort-multipart-upload', ...at, '--upload-id', upload.trim()]);
          }),
        ]
      : []),
    ...(reads(options)
      ? [
          step('download a file', (stage) => s3(stage, 'cp', `${site}en/index.html`, 'down.html', quiet)),
          ...(isTagged(options)
            ? [
                step('copy a file that has tags', async (stage) => {
                  await s3(stage, 'cp', `${site}home.html`, `${site}news.html`, ...opens, quiet);
                  expectObject(stage, bucket, `${prefix}news.html`);
                }),
              ]
            : []),
          step('give a file new metadata', async (stage) => {
            const replaced = ['--metadata-directive', 'REPLACE', '--cache-control', 'no-cache'];
            await s3(stage, 'cp', `${site}en/index.html`, `${site}en/index.html`, ...opens, ...replaced, quiet);
          }),
          ...(isLarge(options)
            ? [
                step('copy a file in parts', async (stage) => {
                  await s3(stage, 'cp', `${site}new.mp4`, `${site}copy.mp4`, ...opens, quiet);
                  expectObject(stage, bucket, `${prefix}copy.mp4`);
                }),
              ]
            : []),
          ...(syncs(options) ? [step('download the site', (stage) => s3(stage, 'sync', site, 'down', quiet))] : []),
        ]
      : []),
  ];
}

function cacheSteps(tool: CommandLine, options: CellOptions): Step[] {
  const finds = options.is('findDistribution', true);
  const cloudfront = (stage: Stage, ...words: string[]) =>
    stage.succeed(tool, ['cloudfront', ...words, '--output', 'text']);
  return options.names('distributions').map((id) => ({
    name: 'invalidate the cache',
    tool,
    run: async (stage) => {
      if (finds) {
        const own = `DistributionList.Items[?Aliases.Items[0]=='${aliasOf(id)}'].Id`;
        const found = await cloudfront(stage, 'list-distributions', '--query', own);
        if (found.trim() !== id) throw new StepFailure(`${found.trim()} was found`);
      }
      const of = ['--distribution-id', id];
      const made = await cloudfront(stage, 'create-invalidation', ...of, '--paths', '/*', '--query', 'Invalidation.Id');
      if (options.is('waitForInvalidation', true))
        await cloudfront(stage, 'wait', 'invalidation-completed', ...of, '--id', made.trim());
      const known = stage.sandbox.world.distributions.get(id)?.invalidations.size ?? 0;
      if (known === 0) throw new StepFailure('nothing was invalidated');
    },
  }));
}
