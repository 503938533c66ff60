// The portal's clock as this browser can tell it: a laptop's own may be wrong by minutes.
const told = Number(document.querySelector('meta[name="server-time"]')?.content);
const [navigation] = performance.getEntriesByType('navigation');
const heard = performance.timeOrigin + (navigation?.responseStart ?? performance.now());
const offset = Number.isFinite(told) && told > 0 ? told - heard : 0;

/** Milliseconds since 1970 UTC by the portal's clock. */
export const portalNow = () => Date.now() + offset;
