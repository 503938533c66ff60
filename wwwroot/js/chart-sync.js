// What the charts of a page do together: where one is pointed at, all tell the same moment; where a part of one is chosen by dragging, all show that part.
import { all, redraw } from './chart-life.js';

const precise = matchMedia('(pointer: fine)'); // a finger scrolls the page, and must not be caught by a chart
let zoom = null; // { min, max, from, to }: what is shown, of which whole

const spanOf = ({ firstMilliseconds, aheadMilliseconds, stepMilliseconds, horizon }) => ({ from: firstMilliseconds, to: aheadMilliseconds + Math.max(0, horizon - 1) * stepMilliseconds });

/** What a chart shows of its frame, as ApexCharts' least and largest x. */
export function rangeOf(frame) {
  const whole = spanOf(frame);
  if (!zoom || zoom.min >= whole.to || zoom.max <= whole.from || Math.abs((zoom.to - zoom.from) - (whole.to - whole.from)) > 2 * frame.pointMilliseconds) return { min: whole.from, max: whole.to };
  return { min: zoom.min, max: zoom.max };
}

/** ApexCharts' part of it. */
export const zoomOptions = colour => ({ enabled: precise.matches, type: 'x', allowMouseWheelZoom: false, zoomedArea: { fill: { color: colour('--accent'), opacity: 0.2 }, stroke: { color: colour('--accent'), opacity: 0.6, width: 1 } } });

/** Called when a part of a chart was chosen. */
export const zoomed = frame => (_, { xaxis }) => show(xaxis?.min === undefined || xaxis.min === null ? null : { min: xaxis.min, max: xaxis.max, ...spanOf(frame) });

function show(wanted) {
  zoom = wanted;
  offer();
  redraw();
}

// The button may come after the charts, or be made anew by another page.
function offer() {
  for (const button of document.querySelectorAll('[data-zoom-reset]')) button.hidden = zoom === null;
}

document.addEventListener('click', click => {
  if (!click.target.closest?.('[data-zoom-reset]')) return;
  show(null);
  document.querySelector('.fan-chart')?.closest('.chart-grid')?.scrollIntoView({ block: 'nearest' });
});

/** A chart that has come: it tells the others where it is pointed at. `tell(state, x)` gives the text of a moment. */
export function join(state, tell) {
  state.tell = tell;
  state.element.addEventListener('pointermove', move => point(state, move.clientX));
  state.element.addEventListener('pointerleave', () => point(null));
  state.element.addEventListener('dblclick', () => { if (zoom) show(null); });
}

/** The last chart of a page has left: the next one shows the whole. */
export function left() {
  zoom = null;
  offer();
}

let pointed = null, asked = 0;

function point(state, clientX) {
  pointed = state && { state, clientX };
  asked ||= requestAnimationFrame(() => {
    asked = 0;
    const x = pointed && moment(pointed.state, pointed.clientX);
    for (const other of all()) mark(other, other === pointed?.state ? null : x);
  });
}

function moment({ chart, element }, clientX) {
  const globals = chart?.w.globals;
  if (!globals?.gridWidth) return null;
  const share = (clientX - element.getBoundingClientRect().left - globals.translateX) / globals.gridWidth;
  return share < 0 || share > 1 ? null : globals.minX + share * (globals.maxX - globals.minX);
}

function mark(state, x) {
  if (!state.tell) return;
  const globals = state.chart?.w.globals;
  const inside = x !== null && state.near && globals?.gridWidth && x >= globals.minX && x <= globals.maxX;
  if (!inside) {
    state.mark?.remove();
    return;
  }

  state.mark ??= Object.assign(document.createElement('div'), { className: 'chart-mark' });
  const share = (x - globals.minX) / (globals.maxX - globals.minX);
  state.mark.innerHTML = state.tell(state, x);
  state.mark.style.left = `${globals.translateX + share * globals.gridWidth}px`;
  state.mark.classList.toggle('is-late', share > 0.5);
  if (state.mark.parentNode !== state.element) state.element.append(state.mark);
}
