import {
  allowing,
  answerOf,
  areGuessed,
  commandLine,
  describeReference,
  findInText,
  fitsOf,
  inputOf,
  InputError,
  lintText,
  placeOf,
  proposeFix,
  ServiceReference,
  subjectOf,
  tell,
  verdictOf,
  type FoundPolicies,
  type LintAnswer,
  type ProposedPolicy,
  type ToldAnswer,
} from '@postern/cli/browser';
import { quote, tryBuild, useCases, visible, type Problem, type UseCase } from '@postern/core';
import { markLines, type Marked } from './mark.js';

/** What is asked: a policy, and the job that it is held against. */
export interface CheckQuestion {
  readonly text: string;
  /** What the policy is called. */
  readonly file: string;
  /** Which policy of the file is meant, where there are several; `*` for all. */
  readonly name: string | undefined;
  /** The job; undefined where it is to be guessed. */
  readonly useCase: string | undefined;
  /** The options of the job; where there are none but those of the place, they are guessed. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether a policy is proposed: with what is missing, or exactly what the job needs. */
  readonly propose: 'more' | 'exact' | undefined;
}

/** A job that the policy fits. */
export interface ShownFit {
  readonly useCase: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly says: string;
  readonly command: string;
  readonly untold: readonly string[];
}

/** What `postern check` and `postern lint` say of a policy. */
export interface CheckAnswer {
  /** Why the policy cannot be checked. */
  readonly problems: readonly string[];
  /** What is wrong with the options: beside their fields. */
  readonly ofOptions: readonly Problem[];
  /** The policies of the file, where there are several. */
  readonly names: readonly string[];
  readonly notes: readonly string[];
  /** The jobs that fit best, where none was named. */
  readonly fits: { readonly says: readonly string[]; readonly fits: readonly ShownFit[] } | undefined;
  /** How the policy stands to the job. */
  readonly told: ToldAnswer | undefined;
  /** That it is not what the job needs. */
  readonly verdict: string | undefined;
  /** The policy as it would be for the job, where that is asked. */
  readonly proposal: ProposedPolicy | undefined;
  /** The options that were guessed. */
  readonly guessed: Readonly<Record<string, unknown>> | undefined;
  /** What the linter says; undefined where the service reference could not be loaded. */
  readonly lint: LintAnswer | undefined;
  /** Which service reference was used. */
  readonly reference: string;
  /** The lines of the text, those with findings marked. */
  readonly lines: Marked;
}

const nothing = {
  problems: [],
  ofOptions: [],
  names: [],
  notes: [],
  fits: undefined,
  told: undefined,
  verdict: undefined,
  proposal: undefined,
  guessed: undefined,
} as const;

let loaded: Promise<ServiceReference | undefined> | undefined;
const reference = () => (loaded ??= ServiceReference.load().catch(() => undefined));

/** Checks a policy against a job, or says which jobs it fits, and looks at it as the linter does. */
export async function answerCheck(question: CheckQuestion): Promise<CheckAnswer> {
  const known = await reference();
  const lint = known === undefined ? undefined : await lintText(question.text, question.file, known);
  const answer = {
    ...nothing,
    ...(await checkText(question)),
    lint,
    reference: known === undefined ? '' : describeReference(known, new Date()),
    lines: markLines(question.text, lint?.findings ?? []),
  };
  return plain(answer);
}

async function checkText(question: CheckQuestion): Promise<Partial<CheckAnswer>> {
  const { text, file, useCase: id, options, name, propose } = question;
  const label = name === undefined ? file : `${file}#${name}`;
  let names: readonly string[] = [];
  let notes: readonly string[] = [];
  const choose = (found: FoundPolicies) => {
    const several = found.policies.filter(({ documents, name: own }) => documents.length > 0 && own !== '');
    names = several.length > 1 ? several.map((one) => one.name) : [];
    const input = inputOf(found, { path: file, name, label }, { type: 'identity', takes: 'identity' });
    ({ notes } = input);
    return input;
  };
  try {
    if (id === undefined) {
      const input = choose(await findInText(text, quote(file), placeOf({})));
      const { none, says, fits } = fitsOf(label, allowing(label, input), {});
      if (none !== undefined) return { problems: [none], names, notes };
      const shown = fits.map(({ useCase, ...fit }) => ({ ...fit, useCase: useCase.id }));
      return { fits: { says, fits: shown }, names, notes };
    }
    const useCase = (useCases as readonly UseCase[]).find((one) => one.id === id);
    if (useCase === undefined) return { problems: [`${quote(id)} is no use case`] };
    const { problems } = tryBuild(useCase, options, commandLine);
    if (problems.length > 0 && !areGuessed(options)) return { ofOptions: problems };
    const given = { options, spelling: commandLine };
    const subject = await subjectOf(label, useCase, given, new Map(), async (place) =>
      choose(await findInText(text, quote(file), place)),
    );
    const answer = await answerOf(subject, reference);
    return {
      told: tell(subject, answer),
      verdict: verdictOf(label, id, answer.findings, subject.input),
      proposal: propose && (await proposeFix(subject, reference, propose === 'exact')),
      guessed: subject.guessed?.options,
      names,
      notes,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems: error.problems, names, notes };
  }
}

/** What stands in a text may turn or hide it: none of it reaches the page. */
function plain(answer: CheckAnswer): CheckAnswer {
  const { guessed, fits } = answer;
  const shown = JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
    typeof value === 'string' ? visibleLines(value) : value,
  ) as CheckAnswer;
  // Options are values and no text to read: the form has them as they are.
  return {
    ...shown,
    guessed,
    fits: shown.fits && {
      ...shown.fits,
      fits: shown.fits.fits.map((fit, index) => ({ ...fit, options: fits!.fits[index]!.options })),
    },
  };
}

/** Line ends stay where they are. */
function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
