import table from './rest-operations.json' with { type: 'json' };

/**
 * Operations of services whose requests tell them by method and path, by the name that signs for the service. Read in
 * November 2026 from the API models of botocore 1.43.11 (Apache-2.0), for the services that CI jobs call most.
 */
const operations: Readonly<Record<string, Readonly<Record<string, string>>>> = table;

/** The operation of a request, where the service is in the table. */
export function restOperation(
  signingName: string,
  method: string,
  path: string,
  query: URLSearchParams,
): string | undefined {
  if (!Object.hasOwn(operations, signingName)) return undefined;
  const asked = segments(path);
  let best: { readonly operation: string; readonly fixed: number } | undefined;
  for (const [request, operation] of Object.entries(operations[signingName]!)) {
    const [verb = '', address = ''] = request.split(' ');
    const [wanted = '', needed = ''] = address.split('?');
    if (verb !== method) continue;
    const fixed = likeness(segments(wanted), asked);
    const parameters = [...new URLSearchParams(needed)];
    const given = parameters.every(([name, value]) => query.has(name) && (value === '' || query.get(name) === value));
    if (fixed === undefined || !given) continue;
    const score = fixed * 4 + parameters.length;
    if (best === undefined || score > best.fixed) best = { operation, fixed: score };
  }
  return best?.operation;
}

const segments = (path: string) => path.split('/').filter((part) => part !== '');

/** How many parts are the same; undefined where one differs that is no parameter. */
function likeness(wanted: readonly string[], asked: readonly string[]): number | undefined {
  const greedy = wanted.includes('{+}');
  if (greedy ? asked.length < wanted.length : asked.length !== wanted.length) return undefined;
  let fixed = 0;
  for (const [index, part] of wanted.entries()) {
    if (part === '{+}') return fixed;
    if (part === asked[index]) fixed += 1;
    else if (!part.includes('{')) return undefined;
  }
  return fixed;
}
