const deepest = 20;

/**
 * The first member of an input whose path fits, as `SSESpecification.KMSMasterKeyId`; what is empty is not there. Items of a
 * list have the path of the list.
 * @param path what the paths begin with
 */
export function findPath(value: unknown, path: string, pattern: RegExp, depth = 0): string | undefined {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return undefined;
  if (pattern.test(path)) return path.slice(path.indexOf('.') + 1);
  if (typeof value !== 'object' || value instanceof Uint8Array || depth > deepest) return undefined;
  for (const [name, part] of Object.entries(value)) {
    const found = findPath(part, Array.isArray(value) ? path : `${path}.${name}`, pattern, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
