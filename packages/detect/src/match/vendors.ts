import type { CiEvent } from '../event.js';
import { parseCall } from '../commands/parse-call.js';
import { cutAt, literalOf, type Value } from '../values/value.js';

const registries = new Set([
  'docker',
  'docker-compose',
  'podman',
  'buildah',
  'skopeo',
  'crane',
  'executor',
  'helm',
  'kubectl',
  'ko',
  'pack',
]);

/** Whether an event speaks to another vendor, or to a stand-in, by an endpoint of its own, or signs nothing. */
export function isOtherVendor(event: CiEvent): boolean {
  if (event.kind === 'step') {
    const endpoint =
      event.inputs.get('endpoint') ?? event.inputs.get('endpoint-url') ?? event.inputs.get('aws_s3_endpoint');
    if (namesEndpoint([...event.inputs.values(), ...backendOf(event)])) return true;
    return leadsElsewhere(endpoint) || leadsElsewhere(event.variables.get('AWS_S3_ENDPOINT'));
  }
  const call = parseCall(event);
  if (call === undefined) return false;
  if (
    call.program === 'awslocal' ||
    call.program === 'tflocal' ||
    call.program === 'samlocal' ||
    call.program === 'cdklocal'
  )
    return true;
  if (call.program === 'pulumi' && namesEndpoint([...call.words, ...backendOf(event)])) return true;
  if (call.program === 's3cmd') return leadsElsewhere(call.flags.get('--host')?.[0]);
  // Every SDK of AWS follows this variable; what speaks to registries and clusters uses none.
  if (!registries.has(call.program) && leadsElsewhere(event.variables.get('AWS_ENDPOINT_URL'))) return true;
  if (call.program !== 'aws') return false;
  // What is public is read without credentials.
  if (call.flags.has('--no-sign-request')) return true;
  return (
    leadsElsewhere(call.flags.get('--endpoint-url')?.[0] ?? call.flags.get('--endpoint')?.[0]) ||
    leadsElsewhere(event.variables.get('AWS_ENDPOINT_URL_S3'))
  );
}

function backendOf({ variables }: CiEvent): readonly Value[] {
  const address = variables.get('PULUMI_BACKEND_URL');
  return address === undefined ? [] : [address];
}

/** Whether an address as `s3://bucket?endpoint=host`, as Pulumi has it for its state, leads to another vendor. */
export function namesEndpoint(addresses: readonly Value[]): boolean {
  return addresses.some((address) =>
    address.some((text) => {
      const first = text[0];
      const cut = typeof first === 'string' && first.startsWith('s3://') ? cutAt(text, 'endpoint=') : undefined;
      return cut !== undefined && leadsElsewhere([cut.after]);
    }),
  );
}

/** Whether a bucket is behind an endpoint of its own that is none of AWS, or behind one that nobody knows. */
export function leadsElsewhere(endpoint: Value | undefined): boolean {
  if (endpoint === undefined) return false;
  return !endpoint.every((text) => {
    const known = literalOf(text);
    return (
      known === '' ||
      known?.includes('.amazonaws.com') === true ||
      text.some((part) => typeof part === 'string' && part.includes('.amazonaws.com'))
    );
  });
}
