import { didYouMean, kindOf, quote, tryBuild, useCases, type UseCase } from '@postern/core';
import { InputError } from './errors.js';
import { flagsText } from './options/command-line.js';

/** Whether a word is the id of a use case. */
export function isUseCase(word: string): boolean {
  return useCases.some(({ id }) => id === word);
}

/**
 * Finds a use case by its id.
 * @throws {InputError} with the nearest id where there is none
 */
export function findUseCase(id: string): UseCase {
  const found = (useCases as readonly UseCase[]).find((useCase) => useCase.id === id);
  if (found !== undefined) return found;
  const ids = useCases.map((useCase) => useCase.id);
  throw new InputError([
    `${quote(id)} is no use case${didYouMean(id, ids) || `: choose one of ${ids.map(quote).join(', ')}`}`,
  ]);
}

/** The shortest options that build: the example of every option that is missed. */
export function exampleOptions(useCase: UseCase): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (let round = 0; round < Object.keys(useCase.options).length; round += 1) {
    const missing = tryBuild(useCase, options).problems.filter(({ path }) => !(path in options));
    if (missing.length === 0) break;
    for (const { path } of missing) {
      const option = useCase.options[path];
      if (option !== undefined) options[path] = kindOf(option).example(option);
    }
  }
  return options;
}

/** A use case with flags, as a command takes it. */
function exampleWords(useCase: UseCase): string {
  return `${useCase.id} ${flagsText(useCase, exampleOptions(useCase))}`.trimEnd();
}

/** A command that works as it stands. */
export function exampleCommand(useCase: UseCase): string {
  return `postern generate ${exampleWords(useCase)}`;
}

/** What the help of a command is written with: the first use case, alone and with flags that build. */
export function exampleJob(): { readonly useCase: UseCase; readonly id: string; readonly words: string } {
  const [useCase] = useCases as readonly UseCase[] as readonly [UseCase];
  return { useCase, id: useCase.id, words: exampleWords(useCase) };
}
