// The switch between dark and light. Everything that shows colours reads them from data-theme on <html>.
const root = document.documentElement;
const lightSystem = matchMedia('(prefers-color-scheme: light)');

function stored() {
  try { return localStorage.getItem('tft-theme'); } catch { return null; }
}

document.addEventListener('click', event => {
  if (!event.target.closest?.('[data-theme-switch]')) return;
  const theme = root.dataset.theme === 'light' ? 'dark' : 'light';
  root.dataset.theme = theme;
  try { localStorage.setItem('tft-theme', theme); } catch { /* it lasts as long as the page */ }
});

lightSystem.addEventListener('change', () => {
  if (!stored()) root.dataset.theme = lightSystem.matches ? 'light' : 'dark';
});
