import type { CiEvent } from '../event.js';
import { parseCall } from '../commands/parse-call.js';
import { literalOf, type Value } from '../values/value.js';

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

function leadsElsewhere(endpoint: Value | undefined): boolean {
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
