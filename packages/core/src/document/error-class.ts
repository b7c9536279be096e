/**
 * Whether an error is of a class. A program may hold core twice, as an ES module and as CommonJS: an error of one is also
 * of the class of the other, by its name.
 */
export function isOfClass(
  errorClass: typeof Error | { readonly prototype: Error },
  name: string,
  value: unknown,
): boolean {
  if (!(value instanceof Error)) return false;
  const derived = Object.getPrototypeOf(errorClass) !== Error;
  return Object.prototype.isPrototypeOf.call(errorClass.prototype, value) || (!derived && value.name === name);
}
