import type { SignCondition } from '@postern/core';
import { literalsOf, originsOf } from '../values/value.js';
import { hasName, type NamedEvent } from './names.js';
import { valueAt, type SourceOf } from './source.js';

/** Whether a condition of a sign holds for an event among the others of its job. */
export function conditionHolds(condition: SignCondition, of: SourceOf, others: readonly NamedEvent[]): boolean {
  if ('holds' in condition) {
    const value = valueAt(condition.holds, of);
    return (value ?? []).some((text) =>
      text.some((part) => typeof part === 'string' && condition.of.some((piece) => part.includes(piece))),
    );
  }
  if ('all' in condition) return condition.all.every((one) => conditionHolds(one, of, others));
  if ('any' in condition) return condition.any.some((one) => conditionHolds(one, of, others));
  if ('not' in condition) return !conditionHolds(condition.not, of, others);
  if ('beside' in condition) {
    const { beside, that } = condition;
    return others.some((other) => {
      const name = other === of.event ? undefined : beside.find((one) => hasName(other, one));
      return name !== undefined && (that === undefined || conditionHolds(that, { ...of, event: other, name }, others));
    });
  }
  if ('from' in condition) {
    const origins = originsOf(valueAt(condition.from, of) ?? []);
    return origins.some((origin) => condition.of.some((piece) => origin.includes(piece)));
  }
  if ('begins' in condition) {
    const value = valueAt(condition.begins, of);
    return (value ?? []).some((text) =>
      condition.with.some((start) => typeof text[0] === 'string' && text[0].startsWith(start)),
    );
  }
  if ('ends' in condition) {
    const value = valueAt(condition.ends, of);
    return (value ?? []).some((text) => {
      const last = text.at(-1);
      return typeof last === 'string' && condition.with.some((end) => last.endsWith(end));
    });
  }
  const value = valueAt(condition.has, of);
  if (value === undefined || value.length === 0) return false;
  return condition.is === undefined || literalsOf(value).some((known) => condition.is!.includes(known));
}
