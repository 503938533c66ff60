// The life of charts: draw() makes a chart or gives it new points; dispose() ends it.
// A chart goes by its component's key: when it ends, its element has left the page and can be named no more.
// A chart is made when it comes near the screen, and made anew when the theme changes: ApexCharts takes no CSS variables.
import ApexCharts from '../lib/apexcharts.esm.js';

const charts = new Map(); // key → { element, frame, values, options, chart, near, dirty, repaint, work }
const byElement = new WeakMap();
const near = new IntersectionObserver(entries => {
  for (const entry of entries) {
    const state = byElement.get(entry.target);
    if (!state) continue;
    state.near = entry.isIntersecting;
    if (state.near && state.dirty) show(state);
  }
}, { rootMargin: '300px 0px' });

new MutationObserver(() => {
  for (const state of charts.values()) {
    state.repaint = true;
    state.dirty = true;
    if (state.near) show(state);
  }
}).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

/** Draws a frame and its numbers (float32, NaN where there is none), as ApexCharts' options that a function makes of the two. Returns the chart's state. */
export function draw(options, key, element, frame, bytes) {
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  let state = charts.get(key);
  if (state) Object.assign(state, { frame, values, dirty: true });
  else {
    state = { element, frame, values, options, gone: false, chart: null, near: false, dirty: true, repaint: false, work: Promise.resolve() };
    charts.set(key, state);
    byElement.set(element, state);
    near.observe(element);
  }
  if (state.near) show(state);
  return state;
}

/** Every chart of the page. */
export const all = () => charts.values();

/** Draws every chart anew from what it has: those off screen when they come near. */
export function redraw() {
  for (const state of charts.values()) {
    state.dirty = true;
    if (state.near) show(state);
  }
}

/** Ends a chart. */
export function dispose(key) {
  const state = charts.get(key);
  if (!state) return;
  charts.delete(key);
  state.gone = true;
  near.unobserve(state.element);
  state.work.then(() => state.chart?.destroy());
}

// One after the other: ApexCharts draws asynchronously, and two drawings at once leave a broken chart.
function show(state) {
  if (state.waits) return; // it will draw what there is then
  state.waits = true;
  state.work = state.work.then(async () => {
    state.waits = false;
    state.dirty = false;
    if (state.gone) return;
    const options = state.options(state);
    if (state.chart && !state.repaint) {
      await state.chart.updateOptions(options, false, false, false);
      return;
    }
    state.repaint = false;
    state.chart?.destroy();
    state.chart = new ApexCharts(state.element, options);
    await state.chart.render();
  }).catch(fault => console.error('A chart could not be drawn.', fault));
}
