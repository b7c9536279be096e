import { render } from 'preact';
import { findPermissions, type FoundPermission } from '../parts/find.js';
import { hand } from '../parts/handed.js';

const field = document.querySelector<HTMLInputElement>('[data-find]')!;
const status = document.querySelector<HTMLElement>('[data-found]')!;
const actions = document.querySelector<HTMLElement>('[data-actions]')!;
const cards = [...document.querySelectorAll<HTMLElement>('[data-card]')];
let permissions: Promise<readonly FoundPermission[]> | undefined;

field.addEventListener('input', () => void find(field.value.trim()));
if (field.value !== '') void find(field.value.trim());

async function find(text: string): Promise<void> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const card of cards) {
    const content = card.textContent.toLowerCase();
    card.hidden = !words.every((word) => content.includes(word));
  }
  for (const section of document.querySelectorAll<HTMLElement>('.cards'))
    section.hidden = section.querySelector('[data-card]:not([hidden])') === null;
  permissions ??= fetch('data/actions.json').then((answer) => answer.json() as Promise<readonly FoundPermission[]>);
  const all = text.includes(':') || words.length === 1 ? await permissions : [];
  if (field.value.trim() !== text) return;
  const found = findPermissions(all, text);
  render(<Found permissions={found ?? []} />, actions);
  const shown = cards.filter(({ hidden }) => !hidden).length;
  // Words are no action: no permission was looked for.
  const permissionsFound = found === undefined ? '' : `, ${counted(found.length, 'permission')}`;
  status.textContent = text === '' ? '' : counted(shown, 'page') + permissionsFound;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function Found({ permissions: found }: { readonly permissions: readonly FoundPermission[] }) {
  if (found.length === 0) return null;
  return (
    <section class="found" aria-label="Who brings the action">
      <ul>
        {found.slice(0, 50).map(({ useCase, action, reason, when, sid }) => (
          <li key={`${useCase} ${sid} ${action}`}>
            <a href={`jobs/${useCase}.html#permissions`}>
              <code>{action}</code> <strong>{useCase}</strong>
              <span>
                {reason}; {when.replaceAll('`', '')}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {found.length > 50 ? <p class="quiet">… and {found.length - 50} more: write more of the action.</p> : null}
    </section>
  );
}

const box = document.querySelector<HTMLTextAreaElement>('[data-paste]')!;
const go = document.querySelector<HTMLButtonElement>('[data-paste-go]')!;
const said = document.querySelector<HTMLElement>('[data-paste-said]')!;
const places = { policy: 'check.html', refusal: 'why.html', workflow: 'init.html' };

box.addEventListener('input', () => {
  go.disabled = box.value.trim() === '';
  said.textContent = '';
});
go.disabled = box.value.trim() === '';
go.addEventListener('click', () => void lookAt(box.value));

async function lookAt(text: string): Promise<void> {
  const { looked, recognise } = await import('../parts/recognise.js');
  const is = recognise(text);
  const where = text.length > looked ? 'what stands in its first million characters, where it was looked at,' : 'this';
  if (is === undefined)
    said.textContent = `${where} is no policy in JSON, no refusal of AWS and no workflow that is known`;
  else if (hand(text)) location.href = places[is];
  else
    said.textContent = `this is a ${is}, and the browser does not keep it for the next page: open ${places[is]} and paste it there`;
}
