// The data in the page and what the reader has chosen of it.
const data = JSON.parse(document.getElementById('data').textContent);

// What is chosen: a row (0 is all lists), and days from, to (exclusive).
const chosen = { row: 0, from: 0, to: 0 };

const INTERVALS = ['day', 'week', 'month', 'quarter', 'year'];

function floorDay(day, interval) {
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (interval) {
    case 'day': return day;
    case 'week': return day - (date.getUTCDay() + 6) % 7;
    case 'month': return Date.UTC(year, month, 1) / DAY_MS;
    case 'quarter': return Date.UTC(year, month - month % 3, 1) / DAY_MS;
    default: return Date.UTC(year, 0, 1) / DAY_MS;
  }
}

// The chosen part of some periods, joined to at most so many: [{start, end, first, last, name}], last exclusive.
function groups(periods, most) {
  const starts = periods.starts;
  for (const interval of INTERVALS.slice(INTERVALS.indexOf(periods.interval))) {
    const found = [];
    let key = null;
    for (let i = 0; i + 1 < starts.length; i++) {
      if (starts[i + 1] <= chosen.from || starts[i] >= chosen.to) {
        continue;
      }
      const start = interval === periods.interval ? starts[i] : floorDay(starts[i], interval);
      if (start === key) {
        const last = found[found.length - 1];
        last.last = i + 1;
        last.end = starts[i + 1];
      } else {
        found.push({ start: starts[i], end: starts[i + 1], first: i, last: i + 1 });
        key = start;
      }
    }
    if (found.length <= most || interval === 'year') {
      found.interval = interval;
      for (const group of found) {
        group.name = periodName(interval === 'week' ? group.start : floorDay(group.start, interval), group.end, interval);
      }
      return found;
    }
  }
  return [];
}

// Which of some groups each period lies in.
function groupOf(found, size) {
  const index = new Int32Array(size).fill(-1);
  found.forEach((group, g) => index.fill(g, group.first, group.last));
  return index;
}

// Durations of some row by group.
function durationsBy(cells, found, periods) {
  const index = groupOf(found, periods.starts.length);
  const result = found.map(() => new Durations());
  for (const cell of cells) {
    const g = index[cell[0]];
    if (g >= 0) {
      result[g].addCell(cell);
    }
  }
  return result;
}

// All durations of some row in the chosen time.
function durationsIn(cells, periods) {
  const result = new Durations();
  for (const cell of cells) {
    if (periods.starts[cell[0] + 1] > chosen.from && periods.starts[cell[0]] < chosen.to) {
      result.addCell(cell);
    }
  }
  return result;
}

// Calls take(key, period, numbers) for the chosen part of a table.
function eachIn(tabular, row, take) {
  const cells = tabular.rows[row] || [];
  const starts = data.coarse.starts;
  for (let i = 0; i < cells.length; i += 2 + tabular.width) {
    const period = cells[i + 1];
    if (starts[period + 1] > chosen.from && starts[period] < chosen.to) {
      take(tabular.keys[cells[i]], period, cells.slice(i + 2, i + 2 + tabular.width));
    }
  }
}

// Sums of the chosen part by key; of three numbers the last is the largest.
function totals(tabular, row) {
  const sums = new Map();
  eachIn(tabular, row, (key, period, numbers) => {
    const sum = sums.get(key);
    if (sum) {
      numbers.forEach((number, i) => { sum[i] = i === 2 ? Math.max(sum[i], number) : sum[i] + number; });
    } else {
      sums.set(key, numbers);
    }
  });
  return sums;
}

// The largest keys of a table and the rest as series over the groups: [{name, values}].
function seriesBy(tabular, row, found, most) {
  const index = groupOf(found, data.coarse.starts.length);
  const sums = [...totals(tabular, row)].sort((a, b) => b[1][0] - a[1][0]);
  const named = sums.filter(sum => sum[0] !== '').slice(0, most).map(sum => sum[0]);
  const series = named.map(name => ({ name, values: found.map(() => 0) }));
  const rest = { name: 'others', values: found.map(() => 0) };
  eachIn(tabular, row, (key, period, numbers) => {
    const g = index[period];
    if (g >= 0) {
      const place = named.indexOf(key);
      (place < 0 ? rest : series[place]).values[g] += numbers[0];
    }
  });
  if (rest.values.some(value => value > 0)) {
    series.push(rest);
  }
  return series;
}

// Calls take(day, mails, p95, longest) for the chosen days of a row.
function eachDay(row, take) {
  const cells = data.days[row] || [];
  let day = 0;
  for (let i = 0; i < cells.length; i += 4) {
    day += cells[i];
    if (day >= chosen.from && day < chosen.to) {
      take(day, cells[i + 1], bucketMiddle(cells[i + 2]), bucketMiddle(cells[i + 3]));
    }
  }
}

// Whether a mail or thread is of the chosen list and period.
function isChosen(mail) {
  return mail.time >= chosen.from * DAY_MS && mail.time < chosen.to * DAY_MS
    && (chosen.row === 0 || (mail.lists || []).includes(chosen.row));
}

function isRow(row) {
  return chosen.row === 0 || row === chosen.row;
}

// The name of the list that a mail came by.
function listName(mail) {
  return (mail.lists || []).map(row => data.names[row]).join(', ');
}

// Says that the figures are of whole periods, where the chosen days begin or end within one.
function coarseHint() {
  const starts = data.coarse.starts;
  const begins = chosen.from === whole.from || starts.includes(chosen.from);
  const ends = chosen.to === whole.to || starts.includes(chosen.to);
  return begins && ends || data.coarse.interval === 'day' ? '' : ` Counted by whole ${data.coarse.interval}s.`;
}
