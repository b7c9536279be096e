import type { ContextValue, Request } from '../../access/request.js';
import type { PolicyDocument } from '../../document/document.js';
import type { AskedRequest } from './ways.js';

/** A request as it is; for one whose other keys may have any value, with those that the statements of its action ask for. */
export function completions(request: AskedRequest, document: PolicyDocument): Request[] {
  if (request.open !== true) return [request];
  // What a variable stands for is not known either, so it is given a value that the context has as well.
  const variables = [...request.resource.matchAll(/\$\{([^}]+)\}/g)].map(([, key]) => [key!, 'any'] as const);
  const resource = request.resource.replace(/\$\{[^}]+\}/g, 'any');
  const own = new Set(Object.keys(request.context ?? {}).map((key) => key.toLowerCase()));
  const action = request.action.toLowerCase();
  const filled = document.Statement.flatMap(({ Action = [], Condition = {} }): Request[] => {
    if (!Action.some((name) => name.toLowerCase() === action)) return [];
    const context: Record<string, ContextValue> = { ...Object.fromEntries(variables), ...request.context };
    for (const [operator, keys] of Object.entries(Condition)) {
      if (operator === 'Null') continue;
      for (const [key, values] of Object.entries(keys)) {
        const [first] = values;
        if (!own.has(key.toLowerCase()) && first !== undefined) context[key] = String(first);
      }
    }
    return [{ ...request, resource, context }];
  });
  return [request, ...filled];
}
