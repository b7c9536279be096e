import type { Stage } from '../../src/stage.js';
import { StepFailure } from '../../src/stage.js';
import type { BuiltImage } from '../../src/use-cases/ecr-docker-push/image.js';

/** Calls of the distribution API, as the principal of the stage. */
export interface RegistryClient {
  /** @returns the status; 403 and other refusals are failures, unless `allow` has them */
  send(method: string, path: string, body?: Buffer, mediaType?: string): Promise<Response>;
}

/** Logs in as `amazon-ecr-login` does, and speaks to the registry. */
export async function logIn(stage: Stage): Promise<RegistryClient> {
  const { authorizationData } = await stage.call('ECR', 'GetAuthorizationToken', {});
  const [{ authorizationToken } = { authorizationToken: '' }] = authorizationData as { authorizationToken: string }[];
  return {
    async send(method, path, body, mediaType) {
      const response = await fetch(`${stage.sandbox.endpoint}/v2/${path}`, {
        method,
        headers: {
          authorization: `Basic ${authorizationToken}`,
          ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
        },
        ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      });
      // The body of HEAD is empty, so the tools that are replayed see the status only.
      if (![200, 201, 202, 404].includes(response.status))
        throw new StepFailure(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response;
    },
  };
}

/** The order of containerd's pusher: HEAD first, of which only 200 and 404 go on; each blob in one PUT. */
export async function pushAsContainerd(
  client: RegistryClient,
  repository: string,
  image: BuiltImage,
  tag: string,
): Promise<void> {
  const top = image.manifests.at(-1)!;
  await client.send('HEAD', `${repository}/manifests/${tag}`);
  for (const [digest, bytes] of image.blobs) {
    const found = await client.send('HEAD', `${repository}/blobs/${digest}`);
    if (found.status === 200) continue;
    const started = await client.send('POST', `${repository}/blobs/uploads/`);
    const path = uploadPath(started);
    await client.send('PUT', `${path}?digest=${digest}`, bytes, 'application/octet-stream');
  }
  for (const { descriptor, body } of image.manifests) {
    const reference = descriptor === top.descriptor ? tag : descriptor.digest;
    await client.send('PUT', `${repository}/manifests/${reference}`, body, descriptor.mediaType);
  }
}

function uploadPath(response: Response): string {
  return (response.headers.get('location') ?? '').replace(/^.*\/v2\//, '');
}
