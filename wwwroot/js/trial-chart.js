// A server's past with its incidents shaded, and marks where two rules would have alerted: a disc for the one that is tried, a square round it for the rules as they stand.
import * as charts from './chart-life.js';
import { axis, withUnit } from './fan-chart.js';
import { local } from './moments.js';
import { nonce } from './nonce.js';

/** Draws a frame (TrialChartFrame) and its numbers. */
export const draw = (key, element, frame, bytes) => charts.draw(optionsOf, key, element, frame, bytes);

/** Ends a chart. */
export const dispose = charts.dispose;

function optionsOf({ frame, values }) {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name).trim();
  const { firstMilliseconds, pointMilliseconds } = frame;
  const at = x => values[Math.min(values.length - 1, Math.max(0, Math.floor((x - firstMilliseconds) / pointMilliseconds)))];
  const past = Array.from(values, (value, point) => ({ x: firstMilliseconds + point * pointMilliseconds, y: Number.isNaN(value) ? null : value }));
  const marks = times => times.map(x => ({ x, y: Number.isNaN(at(x)) ? frame.threshold : at(x) }));
  const top = Math.max(frame.threshold, ...past.map(point => point.y ?? 0));
  const incidents = [];
  for (let index = 0; index < frame.incidents.length; index += 2) {
    incidents.push({ x: frame.incidents[index], x2: frame.incidents[index + 1], fillColor: colour('--critical'), opacity: 0.22, borderColor: 'transparent', strokeDashArray: 0 });
  }
  return {
    chart: {
      nonce, type: 'line', height: 280, fontFamily: 'inherit', foreColor: colour('--text-muted'), background: 'transparent',
      animations: { enabled: false }, toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false },
      parentHeightOffset: 0, redrawOnParentResize: true, redrawOnWindowResize: false,
    },
    series: [
      { type: 'line', name: 'past', data: past },
      { type: 'scatter', name: 'as they stand', data: marks(frame.today) },
      { type: 'scatter', name: 'this rule', data: marks(frame.tried) },
    ],
    colors: [colour('--data-past'), colour('--data-baseline'), colour('--accent')],
    fill: { type: 'solid', opacity: [1, 0.25, 1] },
    stroke: { curve: 'straight', width: [1.5, 0, 0] },
    legend: { show: false },
    dataLabels: { enabled: false },
    markers: { size: [0, 9, 5], shape: ['circle', 'square', 'circle'], strokeWidth: [0, 2, 0], strokeColors: [colour('--data-past'), colour('--data-baseline'), colour('--accent')], hover: { sizeOffset: 0 } },
    grid: { borderColor: colour('--line-soft'), strokeDashArray: 0, padding: { top: -12, right: 12, bottom: 0, left: 8 } },
    xaxis: {
      type: 'datetime', min: past[0].x, max: past[past.length - 1].x + pointMilliseconds,
      labels: { datetimeUTC: false, datetimeFormatter: { year: 'yyyy', month: 'MMM', day: 'd MMM', hour: 'HH:mm', minute: 'HH:mm' }, style: { fontSize: '10px' } },
      axisBorder: { show: false }, axisTicks: { show: false }, tooltip: { enabled: false },
      crosshairs: { stroke: { color: colour('--text-muted'), width: 1, dashArray: 2 } },
    },
    yaxis: { min: 0, max: frame.maximum ?? top * 1.15, tickAmount: 4, labels: { minWidth: 30, maxWidth: 44, formatter: axis, style: { fontSize: '10px' } } },
    annotations: { yaxis: [{ y: frame.threshold, borderColor: colour('--warning'), strokeDashArray: 2, opacity: 1 }], xaxis: incidents },
    tooltip: {
      shared: false, intersect: false, followCursor: true,
      custom: ({ seriesIndex, dataPointIndex, w }) => {
        const x = w.globals.seriesX[seriesIndex]?.[dataPointIndex];
        const said = [frame.tried.includes(x) && 'this rule alerts', frame.today.includes(x) && 'the rules as they stand alert'].filter(Boolean).join(', ');
        return `<div class="chart-tip"><span>${local(x)}</span> <b>${withUnit(Number.isNaN(at(x)) ? null : at(x), frame.unit)} <span>${said}</span></b></div>`;
      },
    },
  };
}
