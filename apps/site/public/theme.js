// Sets the theme that was chosen before anything is drawn; without a choice, that of the system holds.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused: the theme of the system holds.
}
