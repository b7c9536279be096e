import { detect, type Found } from '../src/index.js';

/** What is found in files, in few words: `use-case option=value …` with `?option` for what is open, and what is not covered. */
export function found(files: Readonly<Record<string, string>>): {
  readonly jobs: string[];
  readonly notCovered: string[];
  readonly whole: Found;
} {
  const whole = detect(new Map(Object.entries(files)));
  const jobs = whole.jobs.map(({ useCase, certain, options, open, at }) => {
    const told = Object.entries(options).map(([name, value]) => `${name}=${[value].flat().join('|')}`);
    const lines = at.map(({ line }) => line).join(',');
    return [
      `${useCase}${certain ? '' : '?'}`,
      ...told.sort(),
      ...open.map((name) => `?${name}`).sort(),
      `@${lines}`,
    ].join(' ');
  });
  return { jobs, notCovered: whole.notCovered.map(({ what, line }) => `${what} @${line}`), whole };
}

/** A workflow of GitHub Actions with one job of these steps. */
export function workflow(steps: string, more = ''): Readonly<Record<string, string>> {
  const text = `on: { push: { branches: [main] } }\n${more}jobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^/gm, '      ')}\n`;
  return { '.github/workflows/ship.yml': text };
}
