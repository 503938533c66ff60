// Before the first paint: the theme chosen here, else the system's.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem('tft-theme'); } catch { /* storage is refused: follow the system */ }
  const system = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : system;
})();
