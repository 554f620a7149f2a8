// The choice of list and period: a select, buttons, two dates, and a strip of all time to drag over.
let whole = { from: 0, to: 0 };
let redraw = () => {};

function choosePeriod(from, to) {
  chosen.from = Math.max(whole.from, Math.min(from, whole.to - 1));
  chosen.to = Math.min(whole.to, Math.max(to, chosen.from + 1));
  hideTip();
  redraw();
}

function controls(holder) {
  const select = el('select', { id: 'list' }, data.names.map((name, row) => el('option', { value: row }, name)));
  select.addEventListener('change', () => {
    chosen.row = Number(select.value);
    redraw();
  });
  const from = el('input', { type: 'date', id: 'from', min: isoDay(whole.from), max: isoDay(whole.to - 1) });
  const to = el('input', { type: 'date', id: 'to', min: isoDay(whole.from), max: isoDay(whole.to - 1) });
  const typed = () => {
    const first = Date.parse(from.value) / DAY_MS;
    const last = Date.parse(to.value) / DAY_MS + 1;
    if (first < last && last > whole.from && first < whole.to) {
      choosePeriod(first, last);
    }
  };
  from.addEventListener('change', typed);
  to.addEventListener('change', typed);
  const presets = [['All', null], ['Last 30 days', 30], ['Last 90 days', 90], ['Last year', 365]]
    .filter(preset => preset[1] === null || preset[1] < whole.to - whole.from)
    .map(([name, days]) => {
      const button = el('button', { type: 'button' }, name);
      button.addEventListener('click', () => choosePeriod(days === null ? whole.from : whole.to - days, whole.to));
      return button;
    });
  const strip = el('div', { class: 'strip' });
  holder.replaceChildren(
    el('div', { class: 'row', role: 'group', 'aria-label': 'What is shown' },
      data.names.length > 1 ? el('label', { for: 'list' }, 'List ', select) : el('span', null, foreign(data.names[0])),
      el('label', { for: 'from' }, 'From ', from), el('label', { for: 'to' }, 'to ', to), presets),
    strip);
  return () => {
    select.value = String(chosen.row);
    from.value = isoDay(chosen.from);
    to.value = isoDay(chosen.to - 1);
    strip.replaceChildren(overview());
  };
}

// Mails of all time, with the chosen part marked; dragging chooses another.
function overview() {
  const width = chartWidth;
  const height = 54;
  const chart = frame(width, height, 'Mails of all time; drag to choose a period, or use the dates above');
  const starts = data.fine.starts;
  const size = Math.min(starts.length - 1, Math.floor(width / 3));
  const span = whole.to - whole.from;
  const counts = new Array(size).fill(0);
  let period = 0;
  const cells = data.mails[chosen.row];
  for (let i = 0; i < cells.length; i += 2) {
    period += cells[i];
    const place = Math.floor((starts[period] - whole.from) * size / span + 1e-6);
    counts[Math.max(0, Math.min(size - 1, place))] += cells[i + 1];
  }
  const most = Math.max(1, ...counts);
  const step = width / size;
  counts.forEach((value, i) => {
    if (value) {
      const tall = Math.max(1, value / most * (height - 18));
      chart.append(sv('rect', { x: (i * step).toFixed(1), y: height - 16 - tall, width: Math.max(1, step - 0.5).toFixed(1), height: tall, class: 's4' }));
    }
  });
  const x = day => (day - whole.from) / span * width;
  const mark = sv('rect', { x: x(chosen.from), y: 0, width: Math.max(2, x(chosen.to) - x(chosen.from)), height: height - 16, class: 'brush' });
  chart.append(mark);
  let name = null;
  let free = -Infinity;
  for (let day = whole.from; day < whole.to; day++) {
    const date = dateOf(day);
    const next = span > 800 ? `${date.getUTCFullYear()}` : `${MONTHS[date.getUTCMonth()].slice(0, 3)} ${date.getUTCFullYear()}`;
    if (next !== name && date.getUTCDate() === 1 && x(day) > free && x(day) < width - 60) {
      chart.append(sv('text', { x: x(day), y: height - 3, class: 'tick' }, next));
      free = x(day) + 64;
      name = next;
    }
  }
  let began = null;
  const dayAt = event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
    return Math.max(whole.from, Math.min(whole.to, Math.round(whole.from + point.x / width * span)));
  };
  chart.addEventListener('pointerdown', event => {
    began = dayAt(event);
    chart.setPointerCapture(event.pointerId);
  });
  chart.addEventListener('pointermove', event => {
    if (began !== null) {
      const now = dayAt(event);
      mark.setAttribute('x', x(Math.min(began, now)));
      mark.setAttribute('width', Math.max(1, x(Math.max(began, now)) - x(Math.min(began, now))));
    }
  });
  chart.addEventListener('pointerup', event => {
    if (began !== null) {
      const now = dayAt(event);
      const from = began;
      began = null;
      choosePeriod(Math.min(from, now), Math.max(from, now) + (from === now ? 1 : 0));
    }
  });
  chart.setAttribute('tabindex', '0');
  chart.addEventListener('keydown', event => {
    const dx = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (dx) {
      event.preventDefault();
      const days = chosen.to - chosen.from;
      const shift = dx * Math.max(1, Math.round(days / 4));
      const first = Math.max(whole.from, Math.min(whole.to - days, chosen.from + shift));
      choosePeriod(first, first + days);
      document.querySelector('.strip svg').focus();
    }
  });
  return chart;
}
