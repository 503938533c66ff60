// "/" goes to the page's search and Escape leaves it; j and k go down and up the rows, and Enter opens the one that has the focus.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key === 'Escape' && typing?.matches('[data-search]')) typing.blur();
  if (typing || document.querySelector('dialog[open]')) return;
  if (event.key === '/') toSearch(event);
  if (event.key === 'j') toRow(1);
  if (event.key === 'k') toRow(-1);
});

function toSearch(event) {
  const search = document.querySelector('[data-search]');
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

function toRow(step) {
  const rows = [...document.querySelectorAll('[data-rows] tbody th a')];
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}
