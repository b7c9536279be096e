import { isObject, objectsIn, textOf } from './json-values.js';

type Json = Record<string, unknown>;

/** A resource of a plan or a state, and the part of the configuration that it is from. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly values: Json;
  /** The address of its module, with indices; empty for the root. */
  readonly module: string;
  /** What the configuration says of it; empty where there is none, as in a state. */
  readonly expressions: Json;
}

/** How deep modules are followed. */
const deepest = 32;

/** Every managed resource, with what the configuration of a plan says of it. */
export function resourcesIn(show: Json): PlannedResource[] {
  const found: PlannedResource[] = [];
  const root = show['planned_values'] ?? show['values'];
  const configuration = isObject(show['configuration']) ? show['configuration'] : {};
  const visit = (module: Json, config: Json, depth: number): void => {
    for (const resource of objectsIn(module['resources'])) {
      const [type, address, values] = [textOf(resource['type']), textOf(resource['address']), resource['values']];
      if (!isObject(values)) continue;
      const said = objectsIn(config['resources']).find((one) => textOf(one['address']) === localOf(address));
      const expressions = isObject(said?.['expressions']) ? said['expressions'] : {};
      found.push({ address, type, values, module: textOf(module['address']), expressions });
    }
    if (depth > deepest) return;
    for (const child of objectsIn(module['child_modules'])) {
      visit(child, moduleOf(config, callOf(textOf(child['address']))), depth + 1);
    }
  };
  if (isObject(root) && isObject(root['root_module'])) {
    visit(root['root_module'], isObject(configuration['root_module']) ? configuration['root_module'] : {}, 0);
  }
  return found;
}

/** `module.a["x"].aws_iam_role.ci[0]` in its own module: `aws_iam_role.ci`. */
function localOf(address: string): string {
  return /([^.\]]+\.[^.[\]]+)(\[[^\]]*\])?$/.exec(address)?.[1] ?? address;
}

/** The name of a module's call: `module.a.module.b["x"]` is `b`. */
function callOf(address: string): string {
  return /module\.([^.[\]]+)(\[[^\]]*\])?$/.exec(address)?.[1] ?? '';
}

function moduleOf(config: Json, call: string): Json {
  const calls = config['module_calls'];
  const found = isObject(calls) && Object.hasOwn(calls, call) ? calls[call] : undefined;
  return isObject(found) && isObject(found['module']) ? found['module'] : {};
}

/** Which resources of a plan an argument of another refers to, by what stands in the configuration. */
export class References {
  private readonly root: Json;

  constructor(show: Json) {
    const configuration = isObject(show['configuration']) ? show['configuration'] : {};
    this.root = isObject(configuration['root_module']) ? configuration['root_module'] : {};
  }

  /** The addresses, without indices, of the resources that an argument takes its value from. */
  of({ expressions, module }: PlannedResource, argument: string): ReadonlySet<string> {
    const path = Array.from(module.matchAll(/module\.([^.[\]]+)/g), (match) => match[1]!);
    const found = new Set<string>();
    for (const text of referencesIn(expressions[argument])) this.follow(text, path, found, 0);
    return found;
  }

  private follow(text: string, path: readonly string[], found: Set<string>, depth: number): void {
    if (depth > deepest) return;
    const parts = text.replace(/\[[^\]]*\]/g, '').split('.');
    const [first = '', second = '', third] = parts;
    if (first === 'var' && path.length > 0) {
      const parent = this.at(path.slice(0, -1));
      const calls = isObject(parent['module_calls']) ? parent['module_calls'] : {};
      const call = calls[path[path.length - 1]!];
      const given = isObject(call) && isObject(call['expressions']) ? call['expressions'][second] : undefined;
      for (const next of referencesIn(given)) this.follow(next, path.slice(0, -1), found, depth + 1);
    } else if (first === 'module' && third !== undefined) {
      const inside = [...path, second];
      const outputs = this.at(inside)['outputs'];
      const output = isObject(outputs) && Object.hasOwn(outputs, third) ? outputs[third] : undefined;
      for (const next of referencesIn(isObject(output) ? output['expression'] : undefined)) {
        this.follow(next, inside, found, depth + 1);
      }
    } else if (first.includes('_') && second !== '') {
      found.add([...path.map((name) => `module.${name}`), `${first}.${second}`].join('.'));
    }
  }

  private at(path: readonly string[]): Json {
    return path.reduce(moduleOf, this.root);
  }
}

function referencesIn(expression: unknown): string[] {
  const list = isObject(expression) ? expression['references'] : undefined;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

/** An address without its indices: as a reference has it. */
export function withoutIndices(address: string): string {
  return address.replace(/\[("(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}
