/** Shows the button of the search, and opens it for that and for the key `/`; what searches is loaded then. */
export function offerSearch(document: Document): void {
  const button = document.querySelector<HTMLButtonElement>('[data-search]');
  if (button === null) return;
  const open = () => void import('../search/dialog.js').then(({ openSearch }) => openSearch());
  button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    event.preventDefault();
    open();
  });
  button.hidden = false;
}

/** Whether a key that was pressed there is a letter of a text. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
}
