import type { UseCase } from '@postern/core';
import { advise, type Candidate } from '@postern/why';
import { shellWord } from '../../options/command-line.js';
import { kebabCase } from '../../options/spell.js';

/** The flags that bring a permission: those that name its resource, and those of its predicate. */
export function flagsFor(useCase: UseCase, candidate: Candidate): string[] {
  return advise(useCase, candidate).map(({ option, value }) => {
    const flag = kebabCase(option);
    return typeof value === 'boolean' ? (value ? `--${flag}` : `--no-${flag}`) : `--${flag} ${shellWord(value)}`;
  });
}
