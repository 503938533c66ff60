// Before the first paint: the theme chosen here, else the system's; and whether this is a wall's screen (?wall).
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem('tft-theme'); } catch { /* storage is refused: follow the system */ }
  const system = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  if (new URLSearchParams(location.search).has('wall')) document.documentElement.dataset.wall = '';
  document.documentElement.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : system;
})();
