// Who writes, to whom, and how.
function talkSection() {
  const fine = groups(data.fine, 160);
  const index = groupOf(fine, data.fine.starts.length);
  const values = fine.map(() => 0);
  let period = 0;
  const cells = data.mails[chosen.row];
  for (let i = 0; i < cells.length; i += 2) {
    period += cells[i];
    if (index[period] >= 0) {
      values[index[period]] += cells[i + 1];
    }
  }
  const found = groups(data.coarse, 80);
  const parts = [columnsOverTime('Mails', 'A mail that several lists carried counts once.', fine, [{ name: 'mails', cls: 's0', values }], count)];
  // Persons cannot be added up over periods: the chart has the periods that were counted.
  const own = ownPeriods();
  const persons = ownSeries(data.participants, own);
  const written = persons.find(one => one.name === 'participants');
  const fresh = persons.find(one => one.name === 'newcomers');
  if (written) {
    const zero = own.map(() => 0);
    const newcomers = fresh ? fresh.values : zero;
    parts.push(columnsOverTime('People', `Who wrote in each ${data.coarse.interval}, programs aside; newcomers had never written before.`, own, [
      { name: 'newcomers', cls: 's1', values: newcomers.map((value, i) => Math.min(value, written.values[i])) },
      { name: 'others who wrote', cls: 's0', values: written.values.map((value, i) => Math.max(0, value - newcomers[i])) }], count));
  }
  const ranked = tabular => [...totals(tabular, chosen.row)].filter(entry => entry[0] !== '').map(([label, [value]]) => ({ label, value })).sort((a, b) => b.value - a.value);
  const people = ranked(data.people);
  parts.push(figure('Who writes most', `Mails by author, whatever address they wrote from; programs aside.${coarseHint()}`, people.length ? barTable(people, 'Author', 'Mails', 'Authors by mails') : nothing()));
  const organizations = ranked(data.organizations);
  parts.push(figure('Organisations', `For whom authors write, by the domains of their addresses, where these tell.${coarseHint()}`, organizations.length ? barTable(organizations, 'Organisation', 'Mails', 'Organisations by mails') : nothing()));
  parts.push(answering(), zones());
  const styles = seriesBy(data.styles, chosen.row, found, 5);
  const names = { __proto__: null, none: ['nothing is quoted', 's7'], inline: ['between the quoted lines', 's0'], top: ['above the quote', 's1'], bottom: ['below the quote', 's4'], 'full-quote': ['nothing but quotes', 's5'] };
  styles.forEach(one => { [one.name, one.cls] = names[one.name] || [one.name, 's6']; });
  parts.push(columnsOverTime('How people reply', 'Where the new text stands.', found, styles, count, true));
  const depths = seriesBy(data.depths, chosen.row, found, 30);
  const classes = [['no quote', 's7'], ['one deep', 's4'], ['two deep', 's0'], ['three deep', 's1'], ['four and more', 's5']];
  const deep = classes.map(([name, cls], i) => ({ name, cls, values: found.map((unused, g) => depths.reduce((sum, one) => {
    const depth = Number(one.name);
    return sum + ((i < 4 ? depth === i : !(depth < 4)) ? one.values[g] : 0);
  }, 0)) }));
  parts.push(columnsOverTime('How deep mails quote', 'Two deep is a quote within a quote.', found, deep, count, true));
  return parts;
}

function ownPeriods() {
  const kept = [];
  const starts = data.coarse.starts;
  for (let i = 0; i + 1 < starts.length; i++) {
    if (starts[i + 1] > chosen.from && starts[i] < chosen.to) {
      kept.push({ start: starts[i], end: starts[i + 1], first: i, last: i + 1, name: periodName(starts[i], starts[i + 1], data.coarse.interval) });
    }
  }
  kept.interval = data.coarse.interval;
  return kept;
}

function ownSeries(tabular, found) {
  return seriesBy(tabular, chosen.row, found, 2);
}

// A matrix of who quotes whom, over the whole time of the report.
function answering() {
  const cells = data.answers.rows[chosen.row] || [];
  const hint = 'How many times the mails of the person on the left quote the person at the top, told by the quoted lines themselves; over the whole time of this report.';
  if (!cells.length) {
    return figure('Who answers whom', hint, nothing());
  }
  const given = new Map();
  const taken = new Map();
  let most = 0;
  for (let i = 0; i < cells.length; i += 3) {
    if (cells[i] !== cells[i + 1]) {
      given.set(cells[i], (given.get(cells[i]) || 0) + cells[i + 2]);
      taken.set(cells[i + 1], (taken.get(cells[i + 1]) || 0) + cells[i + 2]);
      most = Math.max(most, cells[i + 2]);
    }
  }
  const top = map => [...map].sort((a, b) => b[1] - a[1]).slice(0, 14).map(entry => entry[0]);
  const rows = top(given);
  const columns = top(taken);
  const index = new Map();
  for (let i = 0; i < cells.length; i += 3) {
    index.set(`${cells[i]} ${cells[i + 1]}`, cells[i + 2]);
  }
  const name = key => data.answers.keys[key];
  const head = el('tr', null, el('td'), columns.map(column => el('th', { scope: 'col', class: 'turned' }, el('span', null, foreign(name(column))))));
  const body = rows.map(row => el('tr', null, el('th', { scope: 'row' }, foreign(name(row))), columns.map(column => {
    const value = index.get(`${row} ${column}`) || 0;
    const level = value === 0 || row === column ? '' : `m${Math.min(5, 1 + Math.floor(Math.log(value) / Math.log(most + 1) * 5))}`;
    return el('td', { class: `n ${level}` }, value && row !== column ? count(value) : '');
  })));
  return figure('Who answers whom', hint, el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Who answers whom' },
    el('table', { class: 'matrix' }, el('caption', null, 'Who answers whom'), el('thead', null, head), el('tbody', null, body))));
}

function zones() {
  const minutes = zone => (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const rows = [...totals(data.zones, chosen.row)].filter(entry => /^[+-]\d\d:\d\d/.test(entry[0])).map(([zone, [value]]) => [zone, value])
    .sort((a, b) => minutes(a[0]) - minutes(b[0]));
  const values = rows.map(row => row[1]);
  const names = rows.map(row => row[0].slice(0, 6));
  return figure('Time zones', `Of the clocks that mails were written by, west to east. Summer time moves many by one hour.${coarseHint()}`,
    rows.length ? columnChart({ names, full: names.map(zone => `UTC${zone}`), series: [{ name: 'mails', cls: 's4', values }], format: count, label: 'Mails by time zone', height: 180 }) : nothing(), null,
    () => table([{ title: 'Zone' }, { title: 'Mails', number: true }], rows.map(row => [row[0], count(row[1])]), 'Mails by time zone'));
}
