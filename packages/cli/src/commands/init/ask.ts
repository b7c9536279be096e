import { setImmediate } from 'node:timers/promises';
import type { Found, Told } from '@postern/detect';
import { InputError } from '../../errors.js';
import { plainLine } from '../../reports/plain.js';
import { choicesOf, messageOf, openQuestions, readAnswer, withAnswers, type OpenQuestion } from './open-questions.js';

const leave = 'leave it open';

/**
 * Asks on the terminal what the repository does not say. An empty answer leaves a question open.
 * @param interrupted by Ctrl-C where no question takes it
 * @param questions what is asked, by default all that is open
 * @returns what was found, with the answers in it
 * @throws {InputError} where the questions are interrupted
 */
export async function askOpen(
  found: Found,
  interrupted: AbortSignal,
  questions: readonly OpenQuestion[] = openQuestions(found),
): Promise<Found> {
  const { isCancel, log, select, text } = await import('@clack/prompts');
  // A signal that came meanwhile is told now.
  await setImmediate();
  if (interrupted.aborted) throw interruption();
  log.info(`${questions.length} ${questions.length === 1 ? 'question' : 'questions'}; Enter alone leaves one open.`);
  const answers = new Map<OpenQuestion, Told>();
  for (const question of questions) {
    const message = plainLine(messageOf(question));
    const choices = choicesOf(question);
    const given =
      choices.length > 0
        ? await select<string | boolean>({
            message,
            signal: interrupted,
            options: [leave, ...choices].map((value) => ({ value, label: String(value) })),
          })
        : await text({ message, signal: interrupted, validate: (written) => problemOf(question, written ?? '') });
    if (isCancel(given)) throw interruption();
    if (typeof given !== 'string') answers.set(question, given);
    else if (given.trim() !== '' && given !== leave) {
      const answer = readAnswer(question, given);
      if ('value' in answer) answers.set(question, answer.value);
    }
  }
  return withAnswers(found, answers);
}

/** What is said where somebody ends the questions. */
export function interruption(): InputError {
  return new InputError([
    'the questions were interrupted, and nothing was written: run it again, or answer them in the file that `--no-input` writes',
  ]);
}

function problemOf(question: OpenQuestion, written: string): string | undefined {
  if (written.trim() === '') return undefined;
  const answer = readAnswer(question, written);
  return 'problem' in answer ? plainLine(answer.problem) : undefined;
}
