// "/" goes to the page's search and Escape leaves it; j and k go down and up the rows, and Enter opens the one that has the focus. "?" lists the keys.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key === 'Escape') closeMenus();
  if (event.key === 'Escape' && typing?.matches('[data-search]')) typing.blur();
  if (typing || document.querySelector('dialog[open]')) return;
  if (event.key === '/') toSearch(event);
  if (event.key === 'j') toRow(1);
  if (event.key === 'k') toRow(-1);
  if (event.key === '?') document.querySelector('[data-keys-help]')?.showModal();
});

document.addEventListener('click', event => {
  if (event.target.closest?.('[data-keys-open]')) document.querySelector('[data-keys-help]')?.showModal();
  for (const menu of document.querySelectorAll('[data-menu][open]')) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener('focusout', event => {
  const menu = event.target.closest?.('[data-menu][open]');
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

function closeMenus() {
  for (const menu of document.querySelectorAll('[data-menu][open]')) {
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
    menu.open = false;
  }
}

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
