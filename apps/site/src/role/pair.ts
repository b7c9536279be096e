import { kindOf, type UseCase } from '@postern/core';

/** Whether a job tells a plan from an apply, so that two roles can share it. */
export function canBePair({ options: { access } }: UseCase): boolean {
  const words = access === undefined ? [] : kindOf(access).settings(access);
  return words.includes('plan') && words.includes('apply');
}
