// <tft-age since="ms" stale-after="ms" ago> counts on by itself; the words are those of Dashboard/Words/Ages.cs.
import { portalNow } from './clock.js';

const shown = new Set();

export function words(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 1) return 'now';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return pair(Math.floor(seconds / 3600), 'h', Math.floor(seconds / 60) % 60, 'min');
  return pair(Math.floor(seconds / 86400), 'd', Math.floor(seconds / 3600) % 24, 'h');
}

const pair = (large, largeUnit, small, smallUnit) => small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

class Age extends HTMLElement {
  static observedAttributes = ['since', 'stale-after'];

  connectedCallback() { shown.add(this); queueMicrotask(() => this.tick()); }
  disconnectedCallback() { shown.delete(this); }
  attributeChangedCallback() { queueMicrotask(() => this.tick()); }

  tick() {
    const age = portalNow() - Number(this.getAttribute('since'));
    const text = words(age);
    write(this, !this.hasAttribute('ago') ? text : text === 'now' ? 'just now' : `${text} ago`);
    const limit = this.getAttribute('stale-after');
    this.toggleAttribute('data-stale', limit !== null && age > Number(limit));
  }
}

// Blazor keeps hold of the text node that it made: it is written into, never replaced or added. Blazor makes it a moment
// after the element itself, hence the microtasks.
export function write(element, text) {
  const node = element.firstChild;
  if (node !== null && node.data !== text) node.data = text;
}

customElements.define('tft-age', Age);
setInterval(() => { if (!document.hidden) for (const age of shown) age.tick(); }, 1000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) for (const age of shown) age.tick(); });
