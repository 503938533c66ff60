// New critical alerts while nobody looks: a count in the tab's title, and a notification where the reader switched them on.
// The page says when it goes to the background: it is then sent no pictures that nobody sees.
const wanted = 'tft-notify';
let portal = null;
let missed = 0;
let title = '';
const heard = 'tft-heard';

// Answers with what was heard before the page was loaded again, or null where it is new: what was raised meanwhile rings.
export function start(page) {
  portal = page;
  document.addEventListener('visibilitychange', look);
  document.addEventListener('tft-connected', look); // what was said while the connection was lost was not heard
  if (document.hidden) look();
  const button = document.querySelector('[data-bell-switch]');
  if (button && 'Notification' in globalThis && isSecureContext) {
    button.hidden = false;
    button.addEventListener('click', toggle);
    show(button);
  }

  try { return JSON.parse(sessionStorage.getItem(heard)); } catch { return null; }
}

export function know(alerts) {
  try { sessionStorage.setItem(heard, JSON.stringify(alerts)); } catch { /* it lasts as long as the page */ }
}

export function stop() {
  document.removeEventListener('visibilitychange', look);
  document.removeEventListener('tft-connected', look);
  portal = null;
}

export function ring(count, message, address) {
  if (!document.hidden) return;
  if (missed === 0) title = document.title;
  missed += count;
  write(`(${missed} critical) ${title}`);
  if (!isOn()) return;
  let notification;
  try {
    notification = new Notification(count === 1 ? 'Critical alert' : `${count} critical alerts`, { body: message, icon: 'favicon.svg', tag: 'tft-critical', renotify: true });
  } catch {
    return; // a phone's browser grants them and shows none; the title says it
  }

  notification.onclick = () => {
    focus();
    notification.close();
    globalThis.Blazor.navigateTo(address);
  };
}

function look() {
  if (!document.hidden && missed > 0) {
    if (document.title.startsWith(`(${missed} critical)`)) write(title); // unless the page has written its own meanwhile
    missed = 0;
  }
  portal?.invokeMethodAsync('Seen', !document.hidden).catch(() => { /* refused by a page that is gone */ });
}

// Blazor holds on to the title's text node: another one in its place would never be written again.
function write(text) {
  const node = document.querySelector('title')?.firstChild;
  if (node) node.data = text;
  else document.title = text;
}

async function toggle(event) {
  const button = event.currentTarget;
  const on = !isOn() && (Notification.permission === 'granted' || await Notification.requestPermission() === 'granted');
  try { localStorage.setItem(wanted, on ? 'yes' : 'no'); } catch { /* it can't be remembered, and stays off */ }
  show(button);
}

function isOn() {
  try { return Notification.permission === 'granted' && localStorage.getItem(wanted) === 'yes'; } catch { return false; }
}

function show(button) {
  button.setAttribute('aria-pressed', String(isOn()));
  button.title = Notification.permission === 'denied'
    ? 'This browser refuses notifications of this page; its settings can allow them.'
    : isOn() ? 'This browser notifies you of new critical alerts' : 'Notify me in this browser of new critical alerts';
}
