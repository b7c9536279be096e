import { headings, type Report } from '@postern/cli/browser';
import { useRef, useState } from 'preact/hooks';
import { asker } from '../parts/ask.js';
import { Listing } from '../parts/listing.js';
import { Take } from '../parts/take.js';
import { Words } from '../tool/reasons.js';
import type { InitAnswer, InitQuestion } from './answer.js';
import { Questions } from './questions.js';
import {
  givenByDrop,
  givenByPick,
  readGiven,
  readText,
  type GivenItem,
  type ReadItems,
  type UnreadItem,
} from './read.js';

/** What is shown: nothing yet, that it is being read, or the answer. */
type InitState =
  | { readonly is: 'nothing' }
  | { readonly is: 'reading' }
  | { readonly is: 'failed'; readonly says: readonly string[] }
  | { readonly is: 'answer'; readonly answer: InitAnswer; readonly name: string; readonly leftOut: readonly string[] };

const ask = asker<InitQuestion, InitAnswer>(
  () => new Worker(new URL('./work.ts', import.meta.url), { type: 'module' }),
);

/** A repository or a workflow, and the roles that it needs. */
export function Init() {
  const [shown, setShown] = useState<InitState>({ is: 'nothing' });
  const [pasted, setPasted] = useState('');
  const [isOver, setIsOver] = useState(false);
  // What was given last counts, whichever comes to its end first.
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [answers, setAnswers] = useState<readonly string[]>([]);
  const given = useRef<ReadItems | undefined>(undefined);

  const answer = (next: readonly string[]) => {
    setAnswers(next);
    clearTimeout(timer.current);
    const own = (latest.current += 1);
    timer.current = setTimeout(() => {
      if (given.current !== undefined) askOf(given.current, next, own);
    }, 200);
  };
  const askOf = (read: ReadItems, answered: readonly string[], own: number) => {
    const { name, repository, leftOut } = read;
    ask({ name, repository, answers: answered }, (asked) => {
      if (latest.current !== own) return;
      if ('failed' in asked) setShown({ is: 'failed', says: [asked.failed] });
      else if (asked.answer.problems.length > 0)
        setShown({ is: 'failed', says: [...asked.answer.problems, ...leftOut] });
      else setShown({ is: 'answer', answer: asked.answer, name, leftOut });
    });
  };

  const take = (reading: () => Promise<ReadItems | UnreadItem>) => {
    const own = (latest.current += 1);
    const show = (next: InitState) => {
      if (latest.current === own) setShown(next);
    };
    show({ is: 'reading' });
    const fail = (problem: string) => show({ is: 'failed', says: [problem] });
    reading().then(
      (read) => {
        if (latest.current !== own) return;
        if ('problem' in read) return fail(read.problem);
        given.current = read;
        setAnswers([]);
        askOf(read, [], own);
      },
      () => fail('the browser does not let this page read it: choose it once more'),
    );
  };
  const takeGiven = (given: readonly GivenItem[]) => {
    setPasted('');
    take(() => readGiven(given));
  };
  const paste = (text: string) => {
    setPasted(text);
    clearTimeout(timer.current);
    latest.current += 1;
    if (text.trim() === '') setShown({ is: 'nothing' });
    else timer.current = setTimeout(() => take(async () => readText('pasted.yml', text)), 200);
  };

  return (
    <div class="stack">
      <div class="two">
        <div
          class={isOver ? 'drop over' : 'drop'}
          onDragOver={(event) => {
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setIsOver(false);
            if (event.dataTransfer !== null) takeGiven(givenByDrop(event.dataTransfer));
          }}
        >
          <p>
            <strong>Drop the folder of a repository here</strong>, or files of it.
          </p>
          <div class="actions">
            <Pick title="Choose a folder" isFolder onPick={takeGiven} />
            <Pick title="Choose files" isFolder={false} onPick={takeGiven} />
          </div>
          <p class="quiet small">
            CI files are read, and the scripts and settings that they may call. Not read are what git leaves out,
            submodules, folders such as <code>node_modules</code>, <code>vendor</code> and <code>target</code>, scripts
            of more than 1 MiB and what is no text. The browser may ask whether you mean to upload a folder: it is read
            here, and nothing is sent.
          </p>
        </div>
        <div class="stack-small">
          <label for="workflow">Or paste one CI file</label>
          <textarea
            id="workflow"
            rows={9}
            spellcheck={false}
            value={pasted}
            placeholder="on: push"
            onInput={(event) => paste(event.currentTarget.value)}
          />
        </div>
      </div>
      <section class="result stack" aria-label="The roles that it needs">
        <div aria-live="polite">
          <Said shown={shown} />
        </div>
        {shown.is === 'answer' ? <Answer answer={shown.answer} answers={answers} onAnswer={answer} /> : null}
      </section>
    </div>
  );
}

interface PickProps {
  readonly title: string;
  readonly isFolder: boolean;
  readonly onPick: (given: readonly GivenItem[]) => void;
}

function Pick({ title, isFolder, onPick }: PickProps) {
  return (
    <label class="button pick">
      {title}
      <input
        type="file"
        multiple
        {...(isFolder ? { webkitdirectory: true } : {})}
        onChange={(event) => {
          const { files } = event.currentTarget;
          onPick(givenByPick([...(files ?? [])]));
          // The same folder can be chosen once more, after a change in it.
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}

/** How it went, in a few lines: what screen readers say. */
function Said({ shown }: { readonly shown: InitState }) {
  if (shown.is === 'nothing') return <p class="quiet">What it needs stands here.</p>;
  if (shown.is === 'reading') return <p class="quiet">Reading …</p>;
  const problems = shown.is === 'failed' ? shown.says : shown.leftOut;
  return (
    <>
      {shown.is === 'answer' ? (
        <p class="lead" data-summary>
          {shown.answer.report?.summary}
        </p>
      ) : null}
      <div class="problems">
        {problems.map((line) => (
          <p key={line}>
            <Words text={line} />
          </p>
        ))}
      </div>
    </>
  );
}

interface AnswerProps {
  readonly answer: InitAnswer;
  readonly answers: readonly string[];
  readonly onAnswer: (answers: readonly string[]) => void;
}

function Answer({ answer, answers, onAnswer }: AnswerProps) {
  return (
    <>
      {answer.report === undefined ? null : <Found report={answer.report} answer={answer} />}
      <Questions questions={answer.questions} answers={answers} onAnswer={onAnswer} />
      {answer.noFile === undefined ? null : <p>{answer.noFile}</p>}
      {answer.file === undefined ? null : <File text={answer.file} />}
    </>
  );
}

function Found({ report, answer }: { readonly report: Report; readonly answer: InitAnswer }) {
  return (
    <div class="stack">
      {report.roles.map(({ name, trust, jobs }) => (
        <article key={name} class="role">
          <h2>
            Role <code>{name}</code>
          </h2>
          <p class="quiet">
            trust: <Linked address={answer.roles[name] ?? ''} text={trust} />
          </p>
          <ul>
            {jobs.map(({ place, title, at, options, open }) => (
              <li key={place}>
                <p>
                  <Linked address={answer.jobs[place] ?? ''} text={title} /> <span class="at">{at}</span>
                </p>
                <dl>
                  {options.map((line) => (
                    <Option key={line} line={line} isOpen={false} />
                  ))}
                  {open.map((line) => (
                    <Option key={line} line={line} isOpen />
                  ))}
                </dl>
              </li>
            ))}
          </ul>
        </article>
      ))}
      {(['notCovered', 'unknown', 'leftOut', 'unread'] as const).map((part) =>
        report[part].length === 0 ? null : (
          <div key={part} class="stack-small">
            <h3>{headings[part]}</h3>
            <ul class="notes">
              {report[part].map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ),
      )}
      <p class="quiet">{report.limit}</p>
    </div>
  );
}

function Linked({ address, text }: { readonly address: string; readonly text: string }) {
  return address === '' ? <>{text}</> : <a href={address}>{text}</a>;
}

/** An option with its value; the value of one that is open is a question. */
function Option({ line, isOpen }: { readonly line: string; readonly isOpen: boolean }) {
  const colon = line.indexOf(': ');
  return (
    <div class={isOpen ? 'open' : undefined}>
      <dt>{line.slice(0, colon)}</dt>
      <dd>{line.slice(colon + 2)}</dd>
    </div>
  );
}

function File({ text }: { readonly text: string }) {
  return (
    <div class="stack-small">
      <h2>postern.yaml</h2>
      <p class="quiet">
        Put it at the root of the repository; what stands in comments is not in the repository. Then{' '}
        <code>postern build</code> makes the roles.
      </p>
      <Take text={text} copies="Copy" file="postern.yaml" />
      <Listing text={text} label="postern.yaml" />
    </div>
  );
}
