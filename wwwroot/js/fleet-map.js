// <tft-map columns names levels> is a group of servers as cells, a digit of levels each: 0 healthy, 1 degrading, 2 warning, 3 critical. With names the pointer finds a cell's server:
// nothing is sent for a movement. All cells of a level are one path, so that 10,000 servers are a dozen elements.
const words = ['Healthy', 'Degrading', 'Warning', 'Critical'];
const classes = ['cell-healthy', 'cell-degrading', 'cell-warning', 'cell-critical'];
const shapes = ['m2 2h8v8h-8z', 'm1 1h10v10h-10zm3 3v4h4v-4z', 'm6 1l5 10h-10z', 'm6 0l6 6l-6 6l-6-6z']; // those of LevelMark, as far as cells allow
const cell = 12;
const svg = 'http://www.w3.org/2000/svg';

class FleetMap extends HTMLElement {
  static observedAttributes = ['columns', 'levels'];

  attributeChangedCallback() { queueMicrotask(() => this.draw()); }

  draw() {
    const levels = this.getAttribute('levels') ?? '';
    const columns = Number(this.getAttribute('columns'));
    if (levels === this.drawn && columns === this.columns) return;
    [this.drawn, this.columns] = [levels, columns];
    const paths = ['', '', '', ''];
    for (let index = 0; index < levels.length; index++) paths[levels[index]] += `M${(index % columns) * cell} ${Math.floor(index / columns) * cell}${shapes[levels[index]]}`;
    const drawing = document.createElementNS(svg, 'svg');
    drawing.setAttribute('viewBox', `0 0 ${columns * cell} ${Math.ceil(levels.length / columns) * cell}`);
    paths.forEach((shape, level) => {
      if (!shape) return;
      const path = document.createElementNS(svg, 'path');
      path.setAttribute('class', classes[level]);
      path.setAttribute('d', shape);
      drawing.append(path);
    });
    this.replaceChildren(drawing);
  }

  serverAt(event) {
    const box = this.getBoundingClientRect();
    const size = box.width / this.columns;
    const column = Math.floor((event.clientX - box.left) / size);
    const index = Math.floor((event.clientY - box.top) / size) * this.columns + column;
    const name = column >= 0 && column < this.columns ? this.getAttribute('names').split('\n')[index] : undefined;
    return name ? { name, level: this.drawn[index] } : null;
  }
}

customElements.define('tft-map', FleetMap);

const tip = document.createElement('div');
tip.className = 'map-tip';
tip.hidden = true;
tip.setAttribute('aria-hidden', 'true');
const find = event => event.target.closest?.('tft-map[names]')?.serverAt(event);

addEventListener('pointermove', event => {
  const found = find(event);
  if (tip.hidden && !found) return;
  tip.hidden = !found;
  if (!found) return;
  if (!tip.isConnected) document.body.append(tip);
  tip.textContent = `${found.name} · ${words[found.level]}`;
  tip.style.left = `${Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)}px`;
});

addEventListener('click', event => {
  const found = find(event);
  if (!found || event.button !== 0) return;
  tip.hidden = true;
  globalThis.Blazor.navigateTo(`servers/${encodeURIComponent(found.name)}`);
});

addEventListener('scroll', () => { tip.hidden = true; }, { passive: true });
