// Scales and axes. A chart is as wide as its place; its units are pixels.
const LEFT = 78;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 26;

const DURATION_TICKS = [1, 10, 100, 1000, 10000, 60000, 600000, 3600000, 6 * 3600000, DAY_MS, 7 * DAY_MS, 30 * DAY_MS,
  365 * DAY_MS, 3650 * DAY_MS];

let chartWidth = 900;

function frame(width, height, label) {
  return sv('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label, class: 'chart' });
}

// From durations to heights, by logarithm; what is below a second lies at the bottom.
function logScale(values, height) {
  const low = 1000;
  const largest = values.reduce((most, value) => Math.max(most, value || 0), low * 10);
  const high = DURATION_TICKS.find(tick => tick >= largest) || largest;
  const of = value => TOP + (height - TOP - BOTTOM)
    * (1 - Math.log(Math.max(low, value) / low) / Math.log(high / low));
  return { of, ticks: DURATION_TICKS.filter(tick => tick >= low && tick <= high), format: duration };
}

// From numbers to heights, from 0 on.
function linearScale(values, height, format) {
  const largest = values.reduce((most, value) => Math.max(most, value || 0), 0) || 1;
  const steps = format === duration ? durationSteps(largest) : roundSteps(largest);
  const high = steps[steps.length - 1];
  return {
    of: value => TOP + (height - TOP - BOTTOM) * (1 - value / high),
    ticks: steps,
    format: format === count && high < 4 ? value => (Number.isInteger(value) ? count(value) : '') : format,
  };
}

function roundSteps(largest) {
  const power = 10 ** Math.floor(Math.log10(largest / 4 || 1));
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(size => size * 4 >= largest);
  return Array.from({ length: Math.ceil(largest / step - 1e-9) + 1 }, (unused, i) => i * step);
}

function durationSteps(largest) {
  const units = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 900000,
    1800000, 3600000, 2 * 3600000, 3 * 3600000, 6 * 3600000, 12 * 3600000, DAY_MS, 2 * DAY_MS, 5 * DAY_MS, 10 * DAY_MS,
    30 * DAY_MS, 100 * DAY_MS, 365 * DAY_MS, 1000 * DAY_MS, 5000 * DAY_MS];
  const step = units.find(unit => unit * 5 >= largest) || largest;
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (unused, i) => i * step);
}

function yAxis(chart, scale, width, title) {
  for (const tick of scale.ticks) {
    const y = scale.of(tick);
    chart.append(sv('line', { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, class: 'grid' }),
      sv('text', { x: LEFT - 6, y: y + 4, class: 'tick end' }, scale.format(tick)));
  }
  if (title) {
    chart.setAttribute('aria-label', `${chart.getAttribute('aria-label')}. ${title}`);
  }
}

// Names below columns: as many as there is room for.
function xAxis(chart, names, x, height) {
  let free = -Infinity;
  names.forEach((name, i) => {
    if (!name) {
      return;
    }
    const at = x(i);
    const half = name.length * 3.4 + 8;
    if (at - half >= free && at + half <= Number(chart.getAttribute('width')) + 4) {
      chart.append(sv('text', { x: at, y: height - 8, class: 'tick middle' }, name));
      free = at + half;
    }
  });
}

// Short names for groups of time: a name where the year or the month changes.
function timeNames(found) {
  const days = found.interval === 'day' || found.interval === 'week';
  const span = found.length ? found[found.length - 1].end - found[0].start : 0;
  let last = null;
  return found.map(group => {
    const date = dateOf(group.start);
    const month = MONTHS[date.getUTCMonth()].slice(0, 3);
    const year = date.getUTCFullYear();
    const name = days && span < 70 ? `${date.getUTCDate()} ${month}` : span < 900 ? `${month} ${year}` : `${year}`;
    const shown = name === last ? '' : name;
    last = name;
    return shown;
  });
}
