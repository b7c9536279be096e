import type { Repository } from '../ecr/state.js';

interface UncheckedDescriptor {
  readonly digest?: unknown;
}

/** What a manifest lacks: ECR takes none whose layers or child images it does not have. */
export function manifestProblem(repository: Repository, body: Buffer): string | undefined {
  let manifest: {
    config?: UncheckedDescriptor;
    layers?: UncheckedDescriptor[];
    manifests?: UncheckedDescriptor[];
  } | null;
  try {
    manifest = JSON.parse(body.toString('utf8')) as typeof manifest;
  } catch {
    return 'the manifest is no JSON';
  }
  if (typeof manifest !== 'object' || manifest === null) return 'the manifest is no JSON object';
  const list = (value: unknown) => (Array.isArray(value) ? (value as UncheckedDescriptor[]) : []);
  for (const { digest } of [...(manifest.config === undefined ? [] : [manifest.config]), ...list(manifest.layers)]) {
    if (!repository.blobs.has(String(digest))) return `the layer with digest '${String(digest)}' does not exist`;
  }
  for (const { digest } of list(manifest.manifests)) {
    if (!repository.manifests.has(String(digest))) return `the image with digest '${String(digest)}' does not exist`;
  }
  return undefined;
}
