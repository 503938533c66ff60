// A button with data-copy="id" copies that element's text and says so for two seconds.
document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  if (!source || !await copy(source)) return;
  button.dataset.copied = '';
  setTimeout(() => delete button.dataset.copied, 2000);
});

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.innerText);
    return true;
  } catch {
    // No clipboard without HTTPS: the text is selected, so that the keyboard copies it.
    getSelection().selectAllChildren(source);
    return false;
  }
}
