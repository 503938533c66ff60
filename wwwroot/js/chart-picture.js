// A chart as a PNG file: its own SVG on the theme's ground, with a line above that says what it is and of when.
import { all } from './chart-life.js';

const scale = 2; // sharp on a dense screen, and in a slide
const head = 28;
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

document.addEventListener('click', async click => {
  const button = click.target.closest?.('[data-chart-picture]');
  if (!button) return;
  const element = button.closest('.metric-card')?.querySelector('.fan-chart');
  const state = [...all()].find(known => known.element === element);
  if (!state?.chart) return;
  const link = Object.assign(document.createElement('a'), { href: await picture(state, button.dataset.server), download: `${button.dataset.chartPicture}.png` });
  link.click();
});

async function picture({ element, frame }, server) {
  const svg = element.querySelector('svg');
  const { width, height } = svg.getBoundingClientRect();
  const style = getComputedStyle(document.documentElement);
  const colour = token => style.getPropertyValue(token).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const copy = svg.cloneNode(true);
  // The legend is not shown, and some browsers refuse a picture with its foreignObject; the cross of the pointer is hidden by a stylesheet that a picture has not.
  for (const part of copy.querySelectorAll('foreignObject, [class*="crosshairs"]')) part.remove();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', width * scale);
  copy.setAttribute('height', height * scale);
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('font-family', font);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: width * scale, height: (height + head) * scale });
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour('--surface');
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = colour('--text');
  pen.font = `600 ${13 * scale}px ${font}`;
  pen.fillText(`${server}: ${frame.label}${frame.unit ? ` (${frame.unit})` : ''}, ${moment.format(new Date(frame.nowMilliseconds))}`, 10 * scale, 19 * scale, canvas.width - 20 * scale);
  pen.drawImage(image, 0, head * scale);
  return canvas.toDataURL('image/png');
}
