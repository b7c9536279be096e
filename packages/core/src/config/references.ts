import { didYouMean, quote, type Problem } from '../document/problem.js';
import { within } from './members.js';

/** What a file may refer to, and nothing else. */
export const references = ['account', 'region', 'environment'] as const;

/** What the references stand for; undefined where nothing says. */
export type ReferenceValues = Readonly<Record<(typeof references)[number], string | undefined>>;

/**
 * Puts what they stand for in the place of references, in every text of a value.
 * @param problems gets what refers to nothing
 */
export function withReferences(value: unknown, values: ReferenceValues, path: string, problems: Problem[]): unknown {
  if (typeof value === 'string') return inText(value, values, path, problems);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => withReferences(item, values, `${path}[${index}]`, problems));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withReferences(item, values, within(path, key), problems)]),
  );
}

function allReferences(): string {
  const spelled = references.map((name) => quote(`\${${name}}`));
  return `${spelled.slice(0, -1).join(', ')} and ${spelled.at(-1)}`;
}

function inText(text: string, values: ReferenceValues, path: string, problems: Problem[]): string {
  return text.replace(/\$\{([^{}]*)\}?/g, (whole: string, name: string) => {
    const known = references.find((one) => whole === `\${${one}}`);
    if (known === undefined) {
      const hint = didYouMean(name, references) || `: ${allReferences()} are`;
      problems.push({ path, message: `${quote(whole)} is no reference${hint}` });
      return whole;
    }
    const value = values[known];
    if (value === undefined)
      problems.push({ path, message: `${quote(whole)} stands for nothing here: ${next[known]}` });
    return value ?? whole;
  });
}

const next = {
  account: 'give `account` at the top of the file, in the environment or in the role',
  region: 'give `region` at the top of the file, in the environment or in the role',
  environment: 'the role has no `environments`, so write the text out',
} as const;
