// How late mail is, when lists held it, where the time goes, and who held it.
const PARTS = [['inbound', 'before the list', 's0'], ['list', 'at the list', 's5'], ['outbound', 'from list to archive', 's4'],
  ['archive', 'within the archive’s site', 's2']];

const PERCENTILES = [['half of the mails', 0.5, 's0'], ['95 of 100', 0.95, 's1'], ['99 of 100', 0.99, 's5']];

function delaySection() {
  const found = groups(data.fine, 160);
  const cells = data.parts.latency[chosen.row];
  const by = durationsBy(cells, found, data.fine);
  const series = PERCENTILES.map(([name, share, cls]) => ({ name, cls, values: by.map(one => one.percentile(share)) }));
  const all = durationsIn(cells, data.fine);
  if (!all.total) {
    return [nothing('No mail in the chosen list and period shows how long it was under way.')];
  }
  const parts = [
    figure('How long mails were under way', 'From the first host that noted the mail to the archive’s, by the day on which it was sent: up to the time below '
      + 'which so many of the mails stay. The scale is logarithmic: each line is several times as long as the one below.',
    lineChart({ found, series, log: true, format: duration, label: 'Time under way, percentiles over time',
      more: i => counted(by[i].total, 'mail') }), series, seriesTable(found, series, duration, 'Time under way')),
    distribution(all),
  ];
  if (data.names.length > 1) {
    parts.push(listTable());
  }
  return parts;
}

function distribution(all) {
  const limits = [1000, 2000, 5000, 10000, 30000, 60000, 120000, 300000, 900000, 3600000, 6 * 3600000, DAY_MS, 7 * DAY_MS];
  const values = new Array(limits.length + 1).fill(0);
  for (const [bucket, number] of all.counts) {
    const middle = bucketMiddle(bucket);
    const place = limits.findIndex(limit => middle < limit);
    values[place < 0 ? limits.length : place] += number;
  }
  const names = limits.map(limit => `< ${duration(limit)}`).concat(`≥ ${duration(limits[limits.length - 1])}`);
  const full = names.map((name, i) => (i === 0 || i === limits.length ? name : `${duration(limits[i - 1])} to ${duration(limits[i])}`));
  const series = [{ name: 'mails', cls: 's0', values }];
  return figure('How many mails took how long', 'Each column is the mails that took longer than the columns before it, and not longer than it says.',
    columnChart({ names, full, series, format: count, label: 'Mails by time under way', height: 200 }), null,
    () => table([{ title: 'Time under way' }, { title: 'Mails', number: true }], full.map((name, i) => [name, count(values[i])]), 'Mails by time under way'));
}

function listTable() {
  const rows = [];
  for (let row = 1; row < data.names.length; row++) {
    const all = durationsIn(data.parts.latency[row], data.fine);
    const dwell = durationsIn(data.parts.list[row], data.fine);
    if (all.total) {
      const choose = el('button', { type: 'button', class: 'link' }, foreign(data.names[row]));
      choose.addEventListener('click', () => {
        chosen.row = row;
        redraw();
        document.getElementById('list').focus();
      });
      rows.push([choose, count(all.total), duration(all.percentile(0.5)), duration(all.percentile(0.95)), duration(all.percentile(0.99)),
        duration(dwell.percentile(0.5)), duration(dwell.percentile(0.95))]);
    }
  }
  return figure('The lists beside one another', 'Choose a list to see only its mail.'
    + (data.more ? ` ${counted(data.more, 'smaller list')} counted among all only.` : ''),
  table([{ title: 'List' }, { title: 'Mails', number: true }, { title: 'Half took up to', number: true }, { title: '95 of 100', number: true },
    { title: '99 of 100', number: true }, { title: 'Half stayed at the list up to', number: true }, { title: '95 of 100', number: true }], rows, 'Time under way by list'));
}

function dwellSection() {
  const parts = [];
  const days = [];
  eachDay(chosen.row, (day, mails, p95, longest) => days.push({ day, mails, p95, longest }));
  if (!days.length) {
    return [nothing('No mail in the chosen list and period shows how long a list had it.')];
  }
  parts.push(calendar(days));
  if (data.thinned) {
    parts.push(el('p', { class: 'hint' }, 'There are too many days for one page: of each week, or longer period, the worst day of each list is shown. A report on one list or a shorter period has them all.'));
  }
  parts.push(hourMap(), worstDays());
  return parts;
}

function calendar(days) {
  const first = floorDay(chosen.from, 'week');
  const weeks = Math.ceil((chosen.to - first) / 7);
  const tell = day => [longDay(day.day), `95 of 100 mails stayed up to ${duration(day.p95)}`, `the longest ${duration(day.longest)}`, counted(day.mails, 'mail')];
  const title = 'How long the list had mails, day by day';
  const asTable = () => longTable([{ title: 'Day' }, { title: 'Mails', number: true }, { title: '95 of 100 stayed up to', number: true },
    { title: 'Longest', number: true }], [...days].sort((a, b) => b.p95 - a.p95).map(day =>
    [longDay(day.day), count(day.mails), duration(day.p95), duration(day.longest)]), 'Days, the longest waits first');
  if (weeks <= 120) {
    const columns = [];
    for (let week = 0; week < weeks; week++) {
      const date = dateOf(first + week * 7 + 6);
      const monday = dateOf(first + week * 7);
      columns.push(weeks <= 26 ? `${monday.getUTCDate()} ${MONTHS[monday.getUTCMonth()].slice(0, 3)}`
        : date.getUTCDate() <= 7 ? `${MONTHS[date.getUTCMonth()].slice(0, 3)} ${date.getUTCFullYear()}` : '');
    }
    const cells = days.map(day => ({ column: Math.floor((day.day - first) / 7), row: (day.day - first) % 7, wait: day.p95, lines: tell(day), from: day.day, to: day.day + 1 }));
    return figure(title, 'One square a day, one column a week: the time within which 95 of 100 mails had left the list again. Those that stand out are days on which mail waited.',
      heatChart({ columns, rows: WEEKDAYS, cells, least: 15, label: title, empty: place => `${longDay(first + place.column * 7 + place.row)}: no mail` }), heatLegend(), asTable);
  }
  const from = dateOf(chosen.from).getUTCFullYear();
  const to = dateOf(chosen.to - 1).getUTCFullYear();
  const years = Array.from({ length: to - from + 1 }, (unused, i) => String(from + i));
  const weeksOf = new Map();
  for (const day of days) {
    const year = dateOf(day.day).getUTCFullYear();
    const week = Math.min(52, Math.floor((day.day - Date.UTC(year, 0, 1) / DAY_MS) / 7));
    const key = (year - from) * 53 + week;
    const worst = weeksOf.get(key);
    if (!worst || worst.p95 < day.p95) {
      weeksOf.set(key, day);
    }
  }
  const cells = [...weeksOf].map(([key, day]) => {
    const start = Date.UTC(from + Math.floor(key / 53), 0, 1) / DAY_MS + (key % 53) * 7;
    return { row: Math.floor(key / 53), column: key % 53, wait: day.p95, lines: tell(day), from: start, to: start + 7 };
  });
  const columns = Array.from({ length: 53 }, (unused, week) => {
    const date = dateOf(Date.UTC(2021, 0, 1) / DAY_MS + week * 7 + 6);
    return date.getUTCDate() <= 7 ? MONTHS[date.getUTCMonth()].slice(0, 3) : '';
  });
  return figure('How long the list had mails, week by week', 'One line a year, one square a week, coloured by its worst day: the time within which '
    + '95 of 100 mails of that day had left the list again. Those that stand out have days on which mail waited. Double-click one, or press Enter on it, to see that week alone.',
  heatChart({ columns, rows: years, cells, tall: 18, label: title }), heatLegend(), asTable);
}

function hourMap() {
  const found = groups({ interval: 'day', starts: dayStarts() }, 130);
  const index = new Map();
  let hour = 0;
  const cells = data.hours[chosen.row] || [];
  for (let i = 0; i < cells.length; i += 3) {
    hour += cells[i];
    const day = Math.floor(hour / 24);
    if (day < chosen.from || day >= chosen.to) {
      continue;
    }
    let low = 0;
    let high = found.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (found[middle].start <= day) { low = middle; } else { high = middle - 1; }
    }
    const key = low * 24 + hour % 24;
    const cell = index.get(key) || { column: low, row: hour % 24, wait: 0, mails: 0, from: found[low].start, to: found[low].end };
    cell.wait = Math.max(cell.wait, bucketMiddle(cells[i + 2]));
    cell.mails += cells[i + 1];
    index.set(key, cell);
  }
  const two = number => String(number).padStart(2, '0');
  for (const cell of index.values()) {
    cell.lines = [`${found[cell.column].name}, ${two(cell.row)}:00 to ${two((cell.row + 1) % 24)}:00 UTC`,
      `longest stay at the list ${duration(cell.wait)}`, counted(cell.mails, 'mail')];
  }
  const list = [...index.values()];
  const title = 'At what hours mails were sent that the list kept';
  return figure(title, `One column a ${found.interval || 'day'}, one line an hour of the day (UTC) at which mails were sent, coloured by the longest that the list kept one of them.`,
    list.length ? heatChart({ columns: timeNames(found), rows: Array.from({ length: 24 }, (unused, i) => (i % 3 ? '' : `${two(i)}:00`)), cells: list, tall: 9, label: title }) : nothing(),
    heatLegend(), () => longTable([{ title: 'When' }, { title: 'Mails', number: true }, { title: 'Longest stay', number: true }],
      list.sort((a, b) => b.wait - a.wait).map(cell => [cell.lines[0], count(cell.mails), duration(cell.wait)]), 'Hours, the longest waits first'));
}

function dayStarts() {
  const starts = [];
  for (let day = chosen.from; day <= chosen.to; day++) {
    starts.push(day);
  }
  return starts;
}

function worstDays() {
  const days = data.worst.filter(day => isRow(day.row) && day.day >= chosen.from && day.day < chosen.to);
  const columns = [{ title: 'Day', cls: 'time' }, { title: 'List' }, { title: 'Mails', number: true }, { title: 'of them late', number: true },
    { title: '95 of 100 stayed up to', number: true }, { title: 'as a rule', number: true }, { title: 'Longest', number: true }, { title: 'Kept by' }, { title: 'The mail kept longest', cls: 'subject' }];
  const rows = days.map(day => [dayButton(day.day), foreign(data.names[day.row]), count(day.mails), count(day.late), duration(day.p95), duration(day.usual), duration(day.longest),
    foreign(day.host), mailLink(day.mail || {})]);
  if (data.single || chosen.row > 0) {
    columns.splice(1, 1);
    rows.forEach(row => row.splice(1, 1));
  }
  return figure('Days out of the ordinary', 'Days on which the list kept mails at least ten times as long as it uses to, and five minutes or more; first those on which most mail waited longest.',
    rows.length ? longTable(columns, rows, 'Days out of the ordinary, the worst first')
      : nothing('There was no such day in the chosen list and period.'));
}

function dayButton(day) {
  const button = el('button', { type: 'button', class: 'link', title: 'Show this day and those around it' }, longDay(day));
  button.addEventListener('click', () => {
    choosePeriod(day - 3, day + 4);
    document.getElementById('held').scrollIntoView();
  });
  return button;
}

function waySection() {
  const found = groups(data.fine, 120);
  const latency = durationsBy(data.parts.latency[chosen.row], found, data.fine);
  const series = PARTS.map(([part, name, cls]) => ({
    name, cls, values: averages(data.parts[part][chosen.row], found, latency),
  }));
  const holders = [...totals(data.holders, chosen.row)].filter(entry => entry[0] !== '')
    .map(([label, [sum, mails, longest]]) => ({ label, value: sum, text: duration(sum), more: [count(mails), duration(longest)] }))
    .sort((a, b) => b.value - a.value);
  const hops = [...totals(data.hops, chosen.row)].filter(entry => entry[0] !== '').map(([key, [number]]) => [Number(key), number]).sort((a, b) => a[0] - b[0]);
  const most = hops.length ? hops[hops.length - 1][0] : 0;
  const values = new Array(most + 1).fill(0);
  hops.forEach(([key, number]) => { values[key] = number; });
  return [
    columnsOverTime('Where the time goes', 'How long a mail was on each part of its way, on average. The slowest 5 of 1,000 count like the slowest of the others, so that one mail does not hide all.', found, series, duration),
    figure('Hosts that hold mail', `For each mail, the host that had it longest: how much time that makes in all, for how many mails, and the longest.${coarseHint()}`,
      holders.length ? barTable(holders, 'Host', 'Time in all', 'Hosts that hold mail', ['Mails', 'Longest']) : nothing()),
    figure('How many hosts a mail passes', `The hops that mails show.${coarseHint()}`,
      hops.length ? columnChart({ names: values.map((unused, i) => String(i)), full: values.map((unused, i) => counted(i, 'hop')), series: [{ name: 'mails', cls: 's2', values }], format: count, label: 'Mails by number of hops', height: 180 }) : nothing(), null,
      () => table([{ title: 'Hops', number: true }, { title: 'Mails', number: true }], hops.map(([key, number]) => [count(key), count(number)]), 'Mails by number of hops')),
  ];
}

// What each mail was on a part of its way on average; the few that took longest count like the longest of the others.
function averages(cells, found, latency) {
  const limit = durationsIn(cells, data.fine).percentile(0.995) || 0;
  return durationsBy(cells, found, data.fine).map((one, i) => (latency[i].total ? one.sum(limit) / latency[i].total : 0));
}

function slowSection() {
  const rows = data.slowest.filter(isChosen);
  const ranked = key => rows.filter(mail => mail[key] !== undefined).sort((a, b) => b[key] - a[key]).slice(0, 60);
  const columns = [{ title: 'Sent (UTC)', cls: 'time' }, { title: 'Mail', cls: 'subject' }, { title: 'From' }, { title: 'All of the way', number: true }, { title: 'before the list', number: true },
    { title: 'at the list', number: true }, { title: 'to the archive', number: true }, { title: 'Held longest by' }, { title: 'for', number: true }];
  const row = mail => [minute(mail.time), mailLink(mail), foreign(mail.from), duration(mail.latency), duration(mail.inbound), duration(mail.list),
    duration(mail.outbound), foreign(mail.host), duration(mail.held)];
  return [
    figure('Mails that were under way longest', 'The way of each in parts. A link leads to the mail in its archive on the web.',
      rows.length ? longTable(columns, ranked('latency').map(row), 'Mails that were under way longest') : nothing()),
    figure('Mails that a list kept longest', null, rows.length ? longTable(columns, ranked('list').map(row), 'Mails that a list kept longest') : nothing()),
  ];
}
