import { devNull } from 'node:os';
import type { Credentials } from '../principals/principals.js';
import type { Sandbox } from '../server/sandbox.js';

/**
 * The environment in which an unchanged command reaches the sandbox instead of AWS: a proxy with an authority of its own,
 * credentials, and nothing of the user's configuration.
 * @param certificateFile where the authority's certificate lies
 */
export function environmentFor(
  sandbox: Pick<Sandbox, 'proxy' | 'place'>,
  credentials: Credentials,
  certificateFile: string,
): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_REGION: sandbox.place.region,
    AWS_DEFAULT_REGION: sandbox.place.region,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    HTTPS_PROXY: sandbox.proxy,
    https_proxy: sandbox.proxy,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    AWS_CA_BUNDLE: certificateFile,
    SSL_CERT_FILE: certificateFile,
    REQUESTS_CA_BUNDLE: certificateFile,
    CURL_CA_BUNDLE: certificateFile,
    NODE_EXTRA_CA_CERTS: certificateFile,
    // Node 24 takes HTTPS_PROXY with this.
    NODE_USE_ENV_PROXY: '1',
  };
}
