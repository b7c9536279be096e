import type { CiEvent } from '../event.js';
import { parseCall, type ParsedCall } from '../commands/parse-call.js';
import { onlyLiteral, settled } from '../values/value.js';

/** An event with the names that signs may know it by. */
export interface NamedEvent {
  readonly event: CiEvent;
  /** Its place among the events of its job. */
  readonly index: number;
  /** `$ aws ecs update-service`, `$ aws ecs` and `$ aws`, or the name of a step. */
  readonly names: readonly string[];
  /** The program alone, where what stands behind it is not known. */
  readonly vague: string | undefined;
  parsed(switches: readonly string[]): ParsedCall | undefined;
}

const mostWords = 4;

export function nameEvent(event: CiEvent, index: number): NamedEvent {
  const cache = new Map<string, ParsedCall | undefined>();
  const parsed = (switches: readonly string[]): ParsedCall | undefined => {
    if (event.kind === 'step') return undefined;
    const key = switches.join(' ');
    if (!cache.has(key)) cache.set(key, parseCall(event, switches));
    return cache.get(key);
  };
  if (event.kind === 'step') return { event, index, names: [plainName(event.name)], vague: undefined, parsed };
  const call = parsed([]);
  if (call === undefined) return { event, index, names: [], vague: undefined, parsed };
  const names = [`$ ${call.program}`];
  let vague: string | undefined;
  for (const [at, word] of call.words.slice(0, mostWords).entries()) {
    const known = onlyLiteral(settled(word));
    if (known === undefined) {
      if (at === 0) vague = call.program;
      break;
    }
    names.push(`${names.at(-1)!} ${known}`);
  }
  return { event, index, names, vague, parsed };
}

/** GitHub takes the names of actions in whatever letters they are written. */
export function plainName(name: string): string {
  return name.startsWith('uses ') ? name.toLowerCase() : name;
}

/** Whether an event has a name: one that ends with `*` is the beginning of it. */
export function hasName(event: NamedEvent, name: string): boolean {
  if (name.endsWith('*')) return event.names.some((own) => own.startsWith(name.slice(0, -1)));
  return event.names.includes(plainName(name));
}
