/** A time as the wire writes it: seconds, RFC 3339 or RFC 1123. What is no date stands as it is. */
export function writeTime(value: unknown, form: string): unknown {
  if (!(value instanceof Date)) return value;
  if (form === 'time-epoch') return value.getTime() / 1000;
  return form === 'time-http' ? value.toUTCString() : value.toISOString();
}

/** A time as a client reads it. */
export function readTime(value: unknown): unknown {
  if (typeof value === 'number') return new Date(value * 1000);
  return typeof value === 'string' && value !== ''
    ? new Date(/^[0-9.]+$/.test(value) ? Number(value) * 1000 : value)
    : undefined;
}

/** A time of this type in a protocol whose times are written so where nothing else is said. */
export const timeForm = (type: string, otherwise: string): string => (type === 'time' ? otherwise : type);
