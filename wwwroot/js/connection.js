// What happens when the portal cannot be reached: one line that says since when, and tries until it is back.
import { local } from './moments.js';
import { portalNow } from './clock.js';

const root = document.documentElement;
const pause = attempt => Math.min(250 * 2 ** attempt, 1500);
let lostAt = 0;

function say() {
  const banner = document.getElementById('connection-banner');
  if (!banner) return;
  banner.hidden = lostAt === 0;
  banner.textContent = lostAt === 0 ? '' : `Connection lost since ${local(lostAt, true)} – reconnecting. What you see is from before.`;
  if (lostAt === 0) delete root.dataset.connection; else root.dataset.connection = 'lost';
}

async function comeBack() {
  for (let attempt = 0; lostAt !== 0; attempt++) {
    await new Promise(done => setTimeout(done, pause(attempt)));
    try {
      // True: the same page goes on. False: the portal is there but knows this page no more, after a restart.
      if (await globalThis.Blazor.reconnect() === false) location.reload();
    } catch {
      // Not there yet.
    }
  }
}

export const reconnectionHandler = {
  onConnectionDown() {
    if (lostAt !== 0) return;
    lostAt = portalNow();
    say();
    comeBack();
  },
  onConnectionUp() {
    lostAt = 0;
    say();
    document.dispatchEvent(new Event('tft-connected'));
  },
};
