const key = 'pasted';

/**
 * Keeps a text for the page that is opened next; it does not leave the browser.
 * @returns whether the browser keeps it
 */
export function hand(text: string): boolean {
  try {
    sessionStorage.setItem(key, text);
    return true;
  } catch {
    // Storage may be refused, and takes about five million characters.
    return false;
  }
}

/** Fills a box with the text that was kept for this page, once. */
export function fillWith(id: string): void {
  const text = handed();
  const box = document.querySelector<HTMLTextAreaElement>(`#${id}`);
  if (box === null || text === '') return;
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

function handed(): string {
  try {
    const text = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
    return text;
  } catch {
    return '';
  }
}
