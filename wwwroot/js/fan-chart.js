// A metric's past, its median forecast and its bands of 10–90 % and 2–98 %.
import * as charts from './chart-life.js';
import * as sync from './chart-sync.js';
import './chart-picture.js';
import { local } from './moments.js';
import { nonce } from './nonce.js';

/** Draws a frame (FanChartFrame) and its numbers. */
export function draw(key, element, frame, bytes) {
  const state = charts.draw(optionsOf, key, element, frame, bytes);
  if (!state.tell) sync.join(state, tell);
}

/** Ends a chart. */
export function dispose(key) {
  charts.dispose(key);
  if (charts.all().next().done) sync.left();
}

// The numbers: history, its least and its largest where it has a span, then each of the five quantiles over the steps ahead.
function reader({ frame, values }) {
  const { history, horizon, hasSpan } = frame;
  const number = index => Number.isNaN(values[index]) ? null : values[index];
  const start = (hasSpan ? 3 : 1) * history;
  return {
    past: point => number(point),
    span: point => [number(history + point), number(2 * history + point)],
    quantile: (which, step) => number(start + which * horizon + step),
  };
}

function points(state) {
  const { firstMilliseconds, pointMilliseconds, history, aheadMilliseconds, stepMilliseconds, horizon, hasSpan } = state.frame;
  const read = reader(state);
  const none = [null, null];
  const past = [], span = [], median = [], inner = [], outer = [];
  for (let point = 0; point < history; point++) {
    const x = firstMilliseconds + point * pointMilliseconds;
    span.push({ x, y: hasSpan ? read.span(point) : none });
    past.push({ x, y: read.past(point) });
    median.push({ x, y: null });
    inner.push({ x, y: none });
    outer.push({ x, y: none });
  }
  for (let step = 0; step < horizon; step++) {
    const x = aheadMilliseconds + step * stepMilliseconds;
    past.push({ x, y: null });
    span.push({ x, y: none });
    median.push({ x, y: read.quantile(2, step) });
    inner.push({ x, y: [read.quantile(1, step), read.quantile(3, step)] });
    outer.push({ x, y: [read.quantile(0, step), read.quantile(4, step)] });
  }
  return { past, span, median, inner, outer };
}

// Percentages keep 0–100, so that charts compare; the others start at 0 and leave a little room.
function ceiling({ frame, values }) {
  if (frame.maximum !== null) return frame.maximum;
  let top = 0;
  for (const value of values) if (value > top) top = value;
  if (frame.warning !== null && top > frame.warning / 2) top = Math.max(top, frame.critical ?? frame.warning);
  if (frame.tried !== null) top = Math.max(top, frame.tried);
  if (frame.unit === 'connections') top = Math.max(top, 3);
  if (top <= 0) return 1;
  const rough = top * 1.15, unit = 10 ** Math.floor(Math.log10(rough));
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find(factor => factor * unit >= rough) * unit;
}

export const axis = value => value === null || value === undefined ? '' : value >= 1000 ? `${+(value / 1000).toPrecision(3)}k` : `${+value.toPrecision(3)}`;

export const withUnit = (value, unit) => value === null ? '–' : `${+value.toPrecision(3)}${unit && unit !== 'connections' ? `\u202f${unit.startsWith('%') ? '%' : unit}` : ''}`;

function optionsOf(state) {
  const { frame } = state;
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name).trim();
  const forecast = colour(`--data-${frame.source || 'baseline'}`);
  const { past, span, median, inner, outer } = points(state);
  const shown = sync.rangeOf(frame);
  const max = ceiling(state);
  const threshold = (value, name, dash) => value === null || value > max ? [] : [{ y: value, borderColor: colour(name), strokeDashArray: dash, opacity: 1 }];
  return {
    chart: {
      nonce, type: 'rangeArea', height: 150, fontFamily: 'inherit', foreColor: colour('--text-muted'), background: 'transparent',
      animations: { enabled: false }, toolbar: { show: false }, zoom: sync.zoomOptions(colour), selection: { enabled: false }, events: { zoomed: sync.zoomed(frame) },
      parentHeightOffset: 0, redrawOnParentResize: true, redrawOnWindowResize: false,
    },
    series: [
      { type: 'rangeArea', name: 'least to largest', data: span },
      { type: 'rangeArea', name: '2–98 %', data: outer },
      { type: 'rangeArea', name: '10–90 %', data: inner },
      { type: 'line', name: 'median', data: median },
      { type: 'line', name: 'past', data: past },
    ],
    colors: [colour('--data-past'), forecast, forecast, forecast, colour('--data-past')],
    fill: { type: 'solid', opacity: [0.25, 0.12, 0.2, 1, 1] },
    stroke: { curve: 'straight', width: [0, 0, 0, 1.75, 1.5], dashArray: [0, 0, 0, frame.source === 'baseline' ? 4 : 0, 0] },
    legend: { show: false },
    dataLabels: { enabled: false },
    markers: { size: 0, hover: { size: 0, sizeOffset: 0 } },
    grid: { borderColor: colour('--line-soft'), strokeDashArray: 0, padding: { top: -18, right: 8, bottom: 0, left: 4 } },
    xaxis: {
      type: 'datetime', min: shown.min, max: shown.max,
      labels: { datetimeUTC: false, datetimeFormatter: { year: 'yyyy', month: 'd MMM', day: shown.max - shown.min > 36 * 3_600_000 ? 'd MMM' : 'HH:mm', hour: 'HH:mm', minute: 'HH:mm' }, style: { fontSize: '10px' } },
      axisBorder: { show: false }, axisTicks: { show: false }, tooltip: { enabled: false },
      crosshairs: { stroke: { color: colour('--text-muted'), width: 1, dashArray: 2 } },
    },
    yaxis: { min: 0, max, tickAmount: 4, labels: { minWidth: 30, maxWidth: 40, formatter: axis, style: { fontSize: '10px' } } },
    annotations: {
      yaxis: [...threshold(frame.warning, '--warning', 2), ...threshold(frame.critical, '--critical', 6), ...threshold(frame.tried, '--accent', 0)], // told apart without colour too
      xaxis: [{ x: frame.nowMilliseconds, borderColor: colour('--gauge-fill'), strokeDashArray: 0, opacity: 0.7 }],
    },
    tooltip: {
      shared: true, intersect: false, followCursor: true,
      custom: ({ seriesIndex, dataPointIndex, w }) => tell(state, w.globals.seriesX[seriesIndex]?.[dataPointIndex]),
    },
  };
}

// A moment in words: a value of the past and its span, or the median and its 10–90 %, and 2–98 % below.
function tell(state, x) {
  const { firstMilliseconds, pointMilliseconds, history, aheadMilliseconds, stepMilliseconds, horizon, hasSpan, unit } = state.frame;
  const read = reader(state);
  const within = ([low, high]) => `${withUnit(low, unit)}…${withUnit(high, unit)}`;
  const isAhead = horizon > 0 && x >= aheadMilliseconds;
  const index = isAhead ? Math.min(horizon - 1, Math.floor((x - aheadMilliseconds) / stepMilliseconds)) : Math.max(0, Math.min(history - 1, Math.floor((x - firstMilliseconds) / pointMilliseconds)));
  const when = local(isAhead ? aheadMilliseconds + index * stepMilliseconds : firstMilliseconds + index * pointMilliseconds);
  const quantile = which => read.quantile(which, index);
  const what = isAhead ? `${withUnit(quantile(2), unit)} <span>${within([quantile(1), quantile(3)])}</span> <small>${within([quantile(0), quantile(4)])}</small>`
    : `${withUnit(read.past(index), unit)}${hasSpan ? ` <span>${within(read.span(index))}</span>` : ''}`;
  return `<div class="chart-tip"><span>${when}</span> <b>${what}</b></div>`;
}
