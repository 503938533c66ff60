// A metric's past, its median forecast and its 10–90 % band.
import * as charts from './chart-life.js';
import { local } from './moments.js';
import { nonce } from './nonce.js';

/** Draws a frame (FanChartFrame) and its numbers. */
export const draw = (key, element, frame, bytes) => charts.draw(optionsOf, key, element, frame, bytes);

/** Ends a chart. */
export const dispose = charts.dispose;

function points({ frame, values }) {
  const { firstMilliseconds, stepMilliseconds, history, horizon, hasSpan } = frame;
  const number = index => Number.isNaN(values[index]) ? null : values[index];
  const past = [], median = [], band = [];
  for (let step = 0; step < history + horizon; step++) {
    const x = firstMilliseconds + step * stepMilliseconds;
    const ahead = step - history;
    past.push({ x, y: ahead < 0 ? number(step) : null });
    if (hasSpan) {
      median.push({ x, y: null });
      band.push({ x, y: [number(history + step), number(2 * history + step)] });
    }
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

export const axis = value => value === null || value === undefined ? '' : value >= 1000 ? `${+(value / 1000).toPrecision(3)}k` : `${+value.toPrecision(3)}`;

export const withUnit = (value, unit) => value === null ? '–' : `${+value.toPrecision(3)}${unit && unit !== 'connections' ? `\u202f${unit.startsWith('%') ? '%' : unit}` : ''}`;

function optionsOf(state) {
  const { frame } = state;
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name).trim();
  const forecast = frame.hasSpan ? colour('--data-past') : colour(`--data-${frame.source || 'baseline'}`);
  const { past, median, band } = points(state);
  const max = ceiling(state);
  const threshold = (value, name, dash) => value === null || value > max ? [] : [{ y: value, borderColor: colour(name), strokeDashArray: dash, opacity: 1 }];
  return {
    chart: {
      nonce, type: 'rangeArea', height: 150, fontFamily: 'inherit', foreColor: colour('--text-muted'), background: 'transparent',
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
      labels: { datetimeUTC: false, datetimeFormatter: { year: 'yyyy', month: 'MMM', day: frame.hasSpan ? 'd MMM' : 'HH:mm', hour: 'HH:mm', minute: 'HH:mm' }, style: { fontSize: '10px' } },
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
  const what = frame.hasSpan ? `${at(step)} <span>${at(frame.history + step)}…${at(2 * frame.history + step)}</span>`
    : ahead < 0 ? at(step)
    : `${at(frame.history + frame.horizon + ahead)} <span>${at(frame.history + ahead)}…${at(frame.history + 2 * frame.horizon + ahead)}</span>`;
  return `<div class="chart-tip"><span>${when}</span> <b>${what}</b></div>`;
}
