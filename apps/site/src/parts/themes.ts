const themes = ['system', 'light', 'dark'] as const;

/** Shows the button that changes the theme; `public/theme.js` sets it when a page is opened. */
export function offerThemes(document: Document): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-switch]');
  if (button === null) return;
  const root = document.documentElement;
  const show = () => {
    button.textContent = `Theme: ${root.dataset['theme'] ?? 'system'}`;
  };
  button.addEventListener('click', () => {
    const at = themes.findIndex((theme) => theme === (root.dataset['theme'] ?? 'system'));
    const next = themes[(at + 1) % themes.length]!;
    if (next === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = next;
    keep(next);
    show();
  });
  show();
  button.hidden = false;
}

function keep(theme: string): void {
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage may be refused: the theme holds for this page.
  }
}
