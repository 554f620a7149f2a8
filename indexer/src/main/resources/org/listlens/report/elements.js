// Elements of the page. All text goes in as text, never as markup.
const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return element;
}

function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function sv(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

// What strangers wrote: its direction stays within.
function foreign(text) {
  return el('bdi', null, text || '');
}

// A link to where a mail can be read; the text alone where that is not known.
function mailLink(mail) {
  const text = mail.subject || mail.id || '(no subject)';
  if (mail.url && /^https?:\/\//.test(mail.url)) {
    return el('a', { href: mail.url, rel: 'noreferrer noopener', dir: 'auto' }, text);
  }
  return foreign(text);
}

// Columns: {title, number: whether it is one, bar: a share of 1 to draw}. Cells are texts or elements.
function table(columns, rows, caption) {
  const head = el('tr', null, columns.map(column => el('th', { scope: 'col', class: column.number ? 'n' : column.cls }, column.title)));
  const body = rows.map(row => el('tr', null, row.map((cell, i) =>
    el('td', { class: columns[i].number ? 'n' : columns[i].cls }, cell))));
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', null, el('caption', null, caption), el('thead', null, head), el('tbody', null, body)));
}

const SHOWN = 12;

// A table of which the first rows are shown, and all when asked for.
function longTable(columns, rows, caption) {
  if (rows.length <= SHOWN + 3) {
    return table(columns, rows, caption);
  }
  const holder = el('div');
  const show = all => {
    const shown = table(columns, all ? rows : rows.slice(0, SHOWN), caption);
    const button = el('button', { type: 'button', class: 'more', 'aria-expanded': String(all) },
      all ? 'Show fewer' : `Show all ${count(rows.length)}`);
    button.addEventListener('click', () => {
      show(!all);
      holder.querySelector('.more').focus();
    });
    holder.replaceChildren(shown, button);
  };
  show(false);
  return holder;
}

// A bar within a table.
function bar(share, cls) {
  const inner = el('span', { class: `bar ${cls || 's0'}` });
  inner.style.width = `${Math.max(0.5, Math.min(100, share * 100))}%`;
  return el('span', { class: 'track', 'aria-hidden': 'true' }, inner);
}

// Bars with labels and values, which are a table as well: rows of {label, value, text, more}.
function barTable(rows, label, value, caption, more) {
  const most = rows.reduce((largest, row) => Math.max(largest, row.value), 0) || 1;
  const columns = [{ title: label, cls: 'name' }, { title: value, number: true }, { title: '', cls: 'wide' }]
    .concat((more || []).map(title => ({ title, number: true })));
  return longTable(columns, rows.map(row =>
    [foreign(row.label), row.text || count(row.value), bar(row.value / most)].concat(row.more || [])), caption);
}

// A chart with its title, what it tells, its legend, and the same figures as a table behind a disclosure.
function figure(title, hint, chart, legendItems, asTable) {
  return el('figure', null,
    el('figcaption', null, el('h3', null, title), hint ? el('p', { class: 'hint' }, hint) : null),
    legendItems ? legend(legendItems) : null,
    chart,
    asTable ? lazyDetails(asTable) : null);
}

function lazyDetails(make) {
  const details = el('details', null, el('summary', null, 'The same as a table'));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) {
      details.append(make());
    }
  });
  return details;
}

function legend(items) {
  return el('ul', { class: 'legend' }, items.map(item =>
    el('li', null, el('span', { class: `key ${item.cls}`, 'aria-hidden': 'true' }), foreign(item.name))));
}

function nothing(text) {
  return el('p', { class: 'nothing' }, text || 'No mail tells of this in the chosen list and period.');
}

// The tip beside the pointer or the chosen point. What it says is read aloud as well.
const tip = el('div', { class: 'tip', role: 'status' });

function showTip(lines, x, y) {
  tip.replaceChildren(...lines.filter(line => line).map((line, i) => el(i === 0 ? 'strong' : 'span', { dir: 'auto' }, line)));
  tip.classList.add('on');
  const box = tip.getBoundingClientRect();
  const left = x + 14 + box.width > window.innerWidth ? x - 14 - box.width : x + 14;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, Math.min(y + 14, window.innerHeight - box.height - 4))}px`;
}

function hideTip() {
  tip.classList.remove('on');
}

// Lets pointer and arrow keys walk over the places of a chart: at(x, y) finds one, move(place, dx, dy) the next,
// show(place) marks it and tells {lines, x, y} in the chart's own units; null leaves.
function walkable(chart, walk) {
  let place = null;
  const tell = next => {
    place = next;
    const told = walk.show(place);
    if (!told) {
      hideTip();
      return;
    }
    const point = new DOMPoint(told.x, told.y).matrixTransform(chart.getScreenCTM());
    showTip(told.lines, point.x, point.y);
  };
  chart.addEventListener('pointermove', event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
    tell(walk.at(point.x, point.y));
  });
  chart.addEventListener('pointerleave', () => tell(null));
  chart.addEventListener('blur', () => tell(null));
  chart.addEventListener('keydown', event => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === 'Escape') {
      tell(null);
    } else if (step) {
      event.preventDefault();
      tell(walk.move(place, step[0], step[1]));
    } else if (event.key === 'Enter' && place !== null && walk.choose) {
      walk.choose(place);
    }
  });
  if (walk.choose) {
    chart.addEventListener('dblclick', () => place !== null && walk.choose(place));
  }
  chart.setAttribute('tabindex', '0');
}
