// A metric's past, its median forecast and its 10–90 % band. draw() makes a chart or gives it new points; dispose() ends it.
// A chart goes by its component's key: when it ends, its element has left the page and can be named no more.
// A chart is made when it comes near the screen, and made anew when the theme changes: ApexCharts takes no CSS variables.
import ApexCharts from '../lib/apexcharts.esm.js';
import { local } from './moments.js';

const charts = new Map(); // key → { element, frame, values, chart, near, dirty, repaint, work }
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

/** Draws a frame (FanChartFrame) and its numbers (float32, NaN where there is none). */
export function draw(key, element, frame, bytes) {
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  let state = charts.get(key);
  if (state) Object.assign(state, { frame, values, dirty: true });
  else {
    state = { element, frame, values, gone: false, chart: null, near: false, dirty: true, repaint: false, work: Promise.resolve() };
    charts.set(key, state);
    byElement.set(element, state);
    near.observe(element);
  }
  if (state.near) show(state);
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
  state.dirty = false;
  state.work = state.work.then(async () => {
    if (state.gone) return;
    const options = optionsOf(state);
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

function points({ frame, values }) {
  const { firstMilliseconds, stepMilliseconds, history, horizon } = frame;
  const number = index => Number.isNaN(values[index]) ? null : values[index];
  const past = [], median = [], band = [];
  for (let step = 0; step < history + horizon; step++) {
    const x = firstMilliseconds + step * stepMilliseconds;
    const ahead = step - history;
    past.push({ x, y: ahead < 0 ? number(step) : null });
    if (ahead < 0) continue;
    median.push({ x, y: number(history + horizon + ahead) });
    band.push({ x, y: [number(history + ahead), number(history + 2 * horizon + ahead)] });
  }
  return { past, median, band };
}

// Percentages keep 0–100, so that charts compare; the others start at 0 and leave a little room.
function ceiling({ frame, values }) {
  if (frame.maximum !== null) return frame.maximum;
  let top = 0;
  for (const value of values) if (value > top) top = value;
  if (frame.warning !== null && top > frame.warning / 2) top = Math.max(top, frame.critical ?? frame.warning);
  if (frame.unit === 'connections') top = Math.max(top, 3);
  if (top <= 0) return 1;
  const rough = top * 1.15, unit = 10 ** Math.floor(Math.log10(rough));
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find(factor => factor * unit >= rough) * unit;
}

const axis = value => value === null || value === undefined ? '' : value >= 1000 ? `${+(value / 1000).toPrecision(3)}k` : `${+value.toPrecision(3)}`;

const withUnit = (value, unit) => value === null ? '–' : `${+value.toPrecision(3)}${unit && unit !== 'connections' ? `\u202f${unit.startsWith('%') ? '%' : unit}` : ''}`;

function optionsOf(state) {
  const { frame } = state;
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name).trim();
  const forecast = colour(`--data-${frame.source || 'baseline'}`);
  const { past, median, band } = points(state);
  const max = ceiling(state);
  const threshold = (value, name, dash) => value === null || value > max ? [] : [{ y: value, borderColor: colour(name), strokeDashArray: dash, opacity: 1 }];
  return {
    chart: {
      type: 'rangeArea', height: 150, fontFamily: 'inherit', foreColor: colour('--text-muted'), background: 'transparent',
      animations: { enabled: false }, toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false },
      parentHeightOffset: 0, redrawOnParentResize: true, redrawOnWindowResize: false,
    },
    series: [
      { type: 'rangeArea', name: '10–90 %', data: band },
      { type: 'line', name: 'median', data: median },
      { type: 'line', name: 'past', data: past },
    ],
    colors: [forecast, forecast, colour('--data-past')],
    fill: { type: 'solid', opacity: [0.2, 1, 1] },
    stroke: { curve: 'straight', width: [0, 1.75, 1.5], dashArray: [0, frame.source === 'baseline' ? 4 : 0, 0] },
    legend: { show: false },
    dataLabels: { enabled: false },
    markers: { size: 0, hover: { size: 0, sizeOffset: 0 } },
    grid: { borderColor: colour('--line-soft'), strokeDashArray: 0, padding: { top: -18, right: 8, bottom: 0, left: 4 } },
    xaxis: {
      type: 'datetime', min: past[0].x, max: past[past.length - 1].x,
      labels: { datetimeUTC: false, datetimeFormatter: { year: 'yyyy', month: 'MMM', day: 'HH:mm', hour: 'HH:mm', minute: 'HH:mm' }, style: { fontSize: '10px' } },
      axisBorder: { show: false }, axisTicks: { show: false }, tooltip: { enabled: false },
      crosshairs: { stroke: { color: colour('--text-muted'), width: 1, dashArray: 2 } },
    },
    yaxis: { min: 0, max, tickAmount: 4, labels: { minWidth: 30, maxWidth: 40, formatter: axis, style: { fontSize: '10px' } } },
    annotations: {
      yaxis: [...threshold(frame.warning, '--warning', 2), ...threshold(frame.critical, '--critical', 6)], // told apart without colour too
      xaxis: [{ x: frame.nowMilliseconds, borderColor: colour('--gauge-fill'), strokeDashArray: 0, opacity: 0.7 }],
    },
    tooltip: {
      shared: true, intersect: false, followCursor: true,
      custom: ({ seriesIndex, dataPointIndex, w }) => tooltip(state, w.globals.seriesX[seriesIndex]?.[dataPointIndex]),
    },
  };
}

function tooltip({ frame, values }, x) {
  const step = Math.round((x - frame.firstMilliseconds) / frame.stepMilliseconds);
  const ahead = step - frame.history;
  const at = index => withUnit(Number.isNaN(values[index]) ? null : values[index], frame.unit);
  const when = local(frame.firstMilliseconds + step * frame.stepMilliseconds);
  const what = ahead < 0 ? at(step)
    : `${at(frame.history + frame.horizon + ahead)} <span>${at(frame.history + ahead)}…${at(frame.history + 2 * frame.horizon + ahead)}</span>`;
  return `<div class="chart-tip"><span>${when}</span> <b>${what}</b></div>`;
}
