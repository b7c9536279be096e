import { Words } from '../tool/reasons.js';
import type { AskedQuestion } from './answer.js';

interface QuestionsProps {
  readonly questions: readonly AskedQuestion[];
  /** What is written so far, in the order of the questions. */
  readonly answers: readonly string[];
  readonly onAnswer: (answers: readonly string[]) => void;
}

/** What the repository does not say, each with a field; one that is empty leaves its question open. */
export function Questions({ questions, answers, onAnswer }: QuestionsProps) {
  if (questions.length === 0) return null;
  const set = (at: number, text: string) =>
    onAnswer(questions.map((_, index) => (index === at ? text : (answers[index] ?? ''))));
  return (
    <form
      class="stack-small questions"
      aria-label="What the repository does not say"
      onSubmit={(event) => event.preventDefault()}
    >
      <h2>What the repository does not say</h2>
      <p class="quiet">What you answer goes into the roles and the file; what you leave empty stays open.</p>
      {questions.map(({ says, option, choices, problem }, index) => {
        const id = `question-${index}`;
        const shared = {
          id,
          'aria-describedby': `${id}-problem`,
          'aria-invalid': problem !== undefined,
          value: answers[index] ?? '',
        };
        return (
          <div key={id} class="field" data-question={option}>
            <label for={id}>
              <Words text={says} />
            </label>
            {choices.length > 0 ? (
              <select {...shared} onChange={(event) => set(index, event.currentTarget.value)}>
                <option value="">leave it open</option>
                {choices.map((choice) => (
                  <option key={choice} value={choice}>
                    {choice}
                  </option>
                ))}
              </select>
            ) : (
              <input
                {...shared}
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                onInput={(event) => set(index, event.currentTarget.value)}
              />
            )}
            <div id={`${id}-problem`} class="problems" aria-live="polite">
              {problem === undefined ? null : (
                <p>
                  <Words text={problem} />
                </p>
              )}
            </div>
          </div>
        );
      })}
    </form>
  );
}
