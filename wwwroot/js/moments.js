// <tft-time at="ms" seconds> is a moment in the browser's own zone; another day than today is named, unless it begins within 12 hours: 04:40 at night is this night's.
import { portalNow } from './clock.js';
import { write } from './ages.js';

const short = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const precise = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export function local(milliseconds, seconds = false) {
  const moment = new Date(milliseconds);
  const time = (seconds ? precise : short).format(moment);
  const now = new Date(portalNow());
  if (moment.toDateString() === now.toDateString() || (moment > now && moment - now < 12 * 3_600_000)) return time;
  return `${Math.abs(moment - now) < 6 * 86_400_000 ? day.format(moment) : date.format(moment)} ${time}`;
}

class Moment extends HTMLElement {
  static observedAttributes = ['at', 'seconds'];

  connectedCallback() { queueMicrotask(() => this.show()); }
  attributeChangedCallback() { queueMicrotask(() => this.show()); }

  show() {
    const at = Number(this.getAttribute('at'));
    write(this, local(at, this.hasAttribute('seconds')));
    this.title = full.format(new Date(at));
  }
}

// <tft-zone> says in which zone the times beside it are.
class Zone extends HTMLElement {
  connectedCallback() {
    queueMicrotask(() => {
      const { timeZone } = full.resolvedOptions();
      const offset = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' }).formatToParts(new Date(portalNow())).find(part => part.type === 'timeZoneName');
      write(this, `times in ${timeZone}${timeZone === 'UTC' || !offset ? '' : `, ${offset.value.replace('GMT', 'UTC')}`}`);
    });
  }
}

customElements.define('tft-time', Moment);
customElements.define('tft-zone', Zone);
