import type { TextForm } from '../../use-case/option.js';

/**
 * A form that says something else of the texts that one of its patterns refuses: the next step is another where an entry has
 * another option for them.
 */
export function sayInstead<Form extends TextForm>(form: Form, pattern: string, say: string): Form {
  const refuse = form.refuse?.map((refused) => (refused.pattern === pattern ? { ...refused, say } : refused));
  return { ...form, refuse };
}
