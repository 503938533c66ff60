// A screen on a wall (?wall): it must not go dark, and Escape leaves it.
const root = document.documentElement;

async function stayAwake() {
  if (!('wall' in root.dataset) || document.hidden) return;
  try { await navigator.wakeLock?.request('screen'); } catch { /* this screen keeps its own hours */ }
}

document.addEventListener('visibilitychange', stayAwake); // the lock ends when the tab is hidden
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !('wall' in root.dataset) || document.querySelector('dialog[open]')) return;
  delete root.dataset.wall;
  const address = new URL(location.href);
  address.searchParams.delete('wall');
  globalThis.Blazor.navigateTo(address.href, { replaceHistoryEntry: true });
});
stayAwake();
