/** Makes a value when it is first asked for: what few callers need shall not cost all who import the package. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
