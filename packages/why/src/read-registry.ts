import { partitionOfRegion } from '@postern/core';
import { denialOf, type FoundDenial, type ReadDenial } from './denial.js';
import type { Rules } from './rules.js';

/** A registry of ECR, whose account may be masked. */
const hostOf = String.raw`(?<host>[^\s"'\`/@\\]{1,60}\.dkr\.ecr(?:-fips)?\.[^\s"'\`/\\]{1,40}\.amazonaws\.(?:com(?:\.cn)?|eu))`;
const nameOf = String.raw`(?<name>[a-z0-9*<>\[\]][^\s"'\`\\:@]{0,254}?)`;
const pathOf = String.raw`/v2/${nameOf}/(?<rest>(?:manifests|blobs|tags)/[^\s"'\`\\,\]]{0,600})`;
const url = String.raw`["'\`\\]{0,3}https?://${hostOf}${pathOf}`;
const method = String.raw`\b(?<method>HEAD|GET|PUT|POST|PATCH|DELETE|Head|Get|Put|Post|Patch|Delete)`;
const refused = String.raw`[^\n]{0,160}?(?<status>\b40[13]\b|\bdenied\b|\bDENIED\b|\bForbidden\b|\bUNAUTHORIZED\b|\b[Uu]nauthorized\b|no basic auth credentials|authentication required|Not Authorized)`;

const patterns: readonly RegExp[] = [
  new RegExp(String.raw`${method}(?: request to)?:? ${url}${refused}`, 'g'),
  // containerd reads a layer with GET, and does not say so.
  new RegExp(String.raw`unexpected status(?: code)? ${url}${refused}`, 'g'),
  // Proxies write the request line.
  new RegExp(String.raw`${method} ${pathOf} HTTP/[0-9.]+"?\s(?<status>40[13])\b`, 'g'),
  // BuildKit's own log has them as fields, in alphabetical order.
  new RegExp(
    String.raw`request\.method=${method}[^\n]{0,1500}?response\.status="(?<status>40[13])[^\n]{0,600}?url="?${url.replace('["\'`\\\\]{0,3}', '')}`,
    'g',
  ),
];

/** What skopeo, buildah and podman say they did, and what the older containerd says: the request behind the words. */
const worded: readonly { readonly says: RegExp; readonly method: string; readonly path: string }[] = [
  {
    says: new RegExp(
      String.raw`checking whether a blob (?<reference>\S{1,200}) exists in ${hostOf}/${nameOf}:${refused}`,
      'g',
    ),
    method: 'HEAD',
    path: 'blobs/',
  },
  {
    says: new RegExp(String.raw`initiating layer upload to ${pathOf} in ${hostOf}:${refused}`, 'g'),
    method: 'POST',
    path: '',
  },
  {
    says: new RegExp(String.raw`uploading manifest (?<reference>\S{1,200}) to ${hostOf}/${nameOf}:${refused}`, 'g'),
    method: 'PUT',
    path: 'manifests/',
  },
  {
    says: new RegExp(String.raw`reading manifest (?<reference>\S{1,200}) in ${hostOf}/${nameOf}:${refused}`, 'g'),
    method: 'GET',
    path: 'manifests/',
  },
  {
    says: new RegExp(
      String.raw`${hostOf}/${nameOf}(?::[^\s":]{1,128})?(?:@\S{1,120}?)?"?:? pulling from host \S{1,120} failed with status code \[(?<kind>manifests|blobs) (?<reference>[^\]\s]{1,200})\]:${refused}`,
      'g',
    ),
    method: 'GET',
    path: '',
  },
  {
    // A push asks with HEAD which layers are there, and HEAD has no body to say more.
    says: new RegExp(
      String.raw`The push refers to (?:a )?repository \[${hostOf}/${nameOf}\](?:(?!The push refers)[^]){0,4000}?error parsing HTTP (?<status>40[13]) response body`,
      'g',
    ),
    method: 'HEAD',
    path: 'blobs/layer',
  },
];

/** Finds requests of the registry's HTTP API that were refused, as docker, BuildKit, kaniko, crane and podman tell them. */
export function readRegistry(text: string, rules: Rules): FoundDenial[] {
  if (!text.includes('/v2/') && !text.includes('.dkr.ecr')) return [];
  const requests = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ match, ...match.groups })),
  );
  const words = worded.flatMap(({ says, method: verb, path }) =>
    [...text.matchAll(says)].map((match) => {
      const { rest, reference = '', kind } = match.groups ?? {};
      return {
        match,
        ...match.groups,
        method: verb,
        rest: rest ?? `${kind === undefined ? path : `${kind}/`}${reference}`,
      };
    }),
  );
  return [...requests, ...words].flatMap(({ match, ...parts }) => {
    const behind = text.slice(match.index, match.index + match[0].length + 80);
    const expired = behind.includes('authorization token has expired') ? { status: '401' } : {};
    const denial = denialFor(rules, { method: 'GET', ...(parts as Omit<RegistryParts, 'method'>), ...expired });
    return denial === undefined ? [] : [{ at: match.index, end: match.index + match[0].length, denial }];
  });
}

/** A registry of ECR that refused something, in a text that says no more. */
export function readBareRegistry(text: string): ReadDenial | undefined {
  const named = text.includes('.dkr.ecr');
  if (text.includes('authorization token has expired')) return denialOf({ service: 'ecr', status: 401 });
  // Docker says so of any registry.
  if (text.includes('no basic auth credentials'))
    return denialOf({ status: 401, ...(named ? { service: 'ecr' } : {}) });
  const [, address, status] =
    /unexpected status(?: code)?(?: (?:from [A-Z]{3,6} request to )?(https?:\/\/\S{1,600}))?:? (40[13])\b/.exec(text) ??
    [];
  if (!named || status === undefined || address?.includes('.dkr.ecr') === false) return undefined;
  return denialOf({ service: 'ecr', ...(status === '401' ? { status: 401 } : {}) });
}

interface RegistryParts {
  readonly method: string;
  readonly host?: string;
  readonly name: string;
  readonly rest: string;
  readonly status?: string;
}

function denialFor(rules: Rules, { method: verb, host, name, rest, status }: RegistryParts): ReadDenial | undefined {
  const [path = '', question = ''] = rest.replace(/[:.;)]+$/, '').split('?');
  const request = { method: verb.toUpperCase(), host: host ?? '', path: `/v2/${name}/${path}`, question };
  const [, account, region] = /^([^.]+)\.dkr\.ecr(?:-fips)?\.([^.]+)\./.exec(host ?? '') ?? [];
  const [check] = rules.readRequest('registry', request, { region }, { account, name })?.checks ?? [];
  if (check === undefined) return undefined;
  const partition = partitionOfRegion.get(region ?? '') ?? (host?.endsWith('.cn') === true ? 'aws-cn' : 'aws');
  return denialOf({
    action: check.action,
    resource:
      host === undefined ? `repository/${name}` : `arn:${partition}:ecr:${region}:${account}:repository/${name}`,
    operation: `${request.method} ${request.path}`,
    service: 'ecr',
    ...(/401|UNAUTHORIZED|[Uu]nauthorized|no basic|authentication required|Not Authorized/.test(status ?? '')
      ? { status: 401 }
      : {}),
  });
}
