import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Findable } from './found.js';
import { longest, readIndex, type SearchAnswer, type SearchData } from './search-index.js';

const shown = 30;
const words: Readonly<Record<Findable['is'], string>> = {
  job: 'Job',
  trust: 'Who may assume',
  action: 'Action',
  documentation: 'Documentation',
  API: 'API',
  page: 'Page',
};

type Search = (text: string) => SearchAnswer;
let loading: Promise<Search> | undefined;

/** Loads the index when somebody first searches; one that did not come is asked for again. */
function loadSearch(root: string): Promise<Search> {
  loading ??= fetch(`${root}data/search.json`)
    .then((answer) => (answer.ok ? (answer.json() as Promise<SearchData>) : Promise.reject(new Error())))
    .then(readIndex);
  loading.catch(() => (loading = undefined));
  return loading;
}

/** Opens the search over the page. */
export function openSearch(): void {
  const root = document.body.dataset['root'] ?? '';
  let dialog = document.querySelector<HTMLDialogElement>('dialog.search');
  if (dialog === null) {
    dialog = document.createElement('dialog');
    dialog.className = 'search';
    dialog.setAttribute('aria-label', 'Search');
    document.body.append(dialog);
    const opened = dialog;
    dialog.addEventListener('click', ({ target }) => {
      if (target === opened) opened.close();
    });
    render(<SearchBox root={root} close={() => opened.close()} />, dialog);
  }
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector('input');
  input?.focus();
  input?.select();
}

function SearchBox({ root, close }: { readonly root: string; readonly close: () => void }) {
  const [text, setText] = useState('');
  const [search, setSearch] = useState<{ readonly is: Search } | undefined>();
  const [hasFailed, setHasFailed] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const load = () => {
    loadSearch(root).then(
      (is) => {
        setSearch({ is });
        setHasFailed(false);
      },
      () => setHasFailed(true),
    );
  };
  useEffect(load, []);

  const query = text.trim();
  const { found, isPartly } = search?.is(query) ?? { found: [], isPartly: false };
  const some = found.slice(0, shown);
  const active = Math.min(at, some.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, text]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (some.length > 0) setAt((to + some.length) % some.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.click();
    }
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label="Search jobs, actions and documentation"
        aria-expanded={some.length > 0}
        aria-controls="search-found"
        aria-autocomplete="list"
        aria-activedescendant={some.length > 0 ? `found-${active}` : undefined}
        placeholder="Search jobs, actions and documentation"
        maxLength={longest}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setAt(0);
          if (hasFailed) load();
        }}
        onKeyDown={onKeyDown}
      />
      <p role="status" class="quiet">
        {statusOf()}
      </p>
      <div role="listbox" id="search-found" aria-label="Found" ref={list}>
        {some.map(({ path, is, title, about }, index) => (
          <a
            key={`${path} ${title} ${about}`}
            role="option"
            id={`found-${index}`}
            aria-selected={index === active}
            tabIndex={-1}
            href={root + path}
            onMouseMove={() => setAt(index)}
            onClick={close}
          >
            <span class="sort">{words[is]}</span>
            <strong>{title}</strong>
            <span class="about">{about}</span>
          </a>
        ))}
      </div>
      <p class="keys quiet">
        <kbd>↑</kbd> <kbd>↓</kbd> choose, <kbd>Enter</kbd> opens, <kbd>Esc</kbd> closes
      </p>
    </>
  );

  function statusOf(): string {
    if (hasFailed) return 'the index of the search could not be loaded: type again to try once more';
    if (query === '') return 'All jobs, trust policies, actions and documentation; it works offline too.';
    if (search === undefined) return 'loading';
    if (found.length === 0) return 'nothing was found: try other words, or fewer';
    const count = `${found.length} found${found.length > shown ? `, the best ${shown} are shown` : ''}`;
    return isPartly ? `nothing has all these words; some of them: ${count}` : count;
  }
}
