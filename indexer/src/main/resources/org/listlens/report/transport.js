// Whose clock is wrong, and how mails are carried.
function clockSection() {
  const clocks = data.clocks.filter(clock => chosen.row === 0 || clock.lists.includes(chosen.row))
    .map(clock => ({ ...clock, points: clock.points.filter(point => point[0] >= chosen.from - 6 && point[0] < chosen.to) }))
    .filter(clock => clock.points.length);
  const parts = [];
  if (clocks.length) {
    parts.push(figure('Hosts whose clock was wrong', 'How far each clock was ahead (or behind, with a minus) on the median of the windows in which the mails of others contradict it, and the extremes.',
      table([{ title: 'Host' }, { title: 'Wrong in windows', number: true }, { title: 'Time stamps', number: true }, { title: 'Median', number: true }, { title: 'Most behind', number: true }, { title: 'Most ahead', number: true }],
        clocks.map(clock => [foreign(clock.host), count(clock.wrong), count(clock.stamps), duration(clock.middle), duration(clock.behind), duration(clock.ahead)]), 'Hosts whose clock was wrong')));
    const drawn = clocks.filter(clock => clock.points.filter(point => point[1] !== null).length > 1).slice(0, 6);
    parts.push(...drawn.map(clockChart));
  } else {
    parts.push(nothing('No host’s clock was found wrong in the chosen list and period.'));
  }
  const found = groups(data.coarse, 80);
  const sums = seriesBy(data.negative, chosen.row, found, 3);
  const of = name => (sums.find(one => one.name === name) || { values: found.map(() => 0) }).values;
  const series = [['by the stamps as they are', 'raw', 's1'], ['with clocks set right', 'corrected', 's0']]
    .map(([name, key, cls]) => ({ name, cls, values: of(key).map((value, i) => (of('hops')[i] ? value / of('hops')[i] : 0)) }));
  const scale = linearScale(series.flatMap(one => one.values), 200, value => percent(value));
  parts.push(figure('Hops that seem to go back in time', `The share of hops that a mail left before it came, because two clocks disagree: by the stamps as they are, and after the clocks were set right.${coarseHint()}`,
    lineChart({ found, series, scale, height: 200, format: percent, label: 'Negative delays, raw and corrected' }), series, seriesTable(found, series, percent, 'Share of hops with a negative delay')));
  return parts;
}

// One host's offset, above 0 ahead, with the bounds that mails set.
function clockChart(clock) {
  const height = 170;
  const found = clock.points.map(point => ({ start: point[0], end: point[0] + 1, name: longDay(point[0]) }));
  found.interval = 'week';
  const values = clock.points.map(point => point[1]);
  const known = values.filter(value => value !== null).map(Math.abs).sort((a, b) => a - b);
  // One wild value does not flatten the curve: it is cut at the edge.
  const reach = Math.max(2000, Math.min(known[known.length - 1] * 1.4, known[Math.floor((known.length - 1) * 0.95)] * 3));
  const unit = durationSteps(reach);
  const limit = unit[unit.length - 1];
  const clip = value => (value === null ? null : Math.max(-limit, Math.min(limit, value)));
  const scale = {
    of: value => TOP + (height - TOP - BOTTOM) * (1 - (clip(value) + limit) / (2 * limit)),
    ticks: [-limit, -limit / 2, 0, limit / 2, limit],
    format: value => (value > 0 ? `+${duration(value)}` : duration(value)),
  };
  const series = [{ name: 'offset', cls: 's0', values }];
  return figure(`The clock of ${clock.host}`, 'How far it was ahead; the grey lines are what the mails allow. What is beyond the scale is cut at its edge.',
    lineChart({
      found, series, scale, height, format: scale.format, label: `Offset of the clock of ${clock.host}`,
      band: [clock.points.map(point => clip(point[2])), clock.points.map(point => clip(point[3]))],
      more: i => `at least ${duration(clock.points[i][2]) || 'unknown'}, at most ${duration(clock.points[i][3]) || 'unknown'}`,
    }), null, () => longTable([{ title: 'From' }, { title: 'Offset', number: true }, { title: 'at least', number: true }, { title: 'at most', number: true }],
      clock.points.map(point => [longDay(point[0]), duration(point[1]), duration(point[2]), duration(point[3])]), `Offset of ${clock.host}`));
}

const TLS_CLASSES = { __proto__: null, 'TLS 1.3': 's2', 'TLS 1.2': 's0', 'TLS 1.1': 's3', 'TLS 1.0': 's5', 'no TLS noted': 's7', 'TLS, version unknown': 's4' };
const RESULT_CLASSES = { __proto__: null, pass: 's0', fail: 's5', none: 's7', neutral: 's4', softfail: 's1', temperror: 's3', permerror: 's6', policy: 's2' };

// Sorts series by their names, so that they lie on one another in the same way in all charts.
function inOrder(series, names) {
  series.sort((a, b) => (names.indexOf(a.name) + 99) % 99 - (names.indexOf(b.name) + 99) % 99);
}

function carriageSection() {
  const found = groups(data.coarse, 80);
  const tls = seriesBy(data.tls, chosen.row, found, 6);
  tls.forEach(one => { one.cls = TLS_CLASSES[one.name]; });
  inOrder(tls, ['TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0', 'TLS, version unknown', 'no TLS noted']);
  const parts = [
    columnsOverTime('Hops with TLS', `The share of transfers between hosts whose trace line tells of TLS. Many hosts do not note it.${coarseHint()}`, found, tls, count, true),
    columnsOverTime('Protocols', 'What the trace lines say the mail was taken with: an S in ESMTPS stands for TLS, an A for a sender that logged in.', found, seriesBy(data.protocols, chosen.row, found, 6), count, true),
  ];
  for (const [method, title] of [['dkim', 'DKIM: is the mail what its signer signed?'], ['spf', 'SPF: did it come from a host that may send for its domain?'], ['dmarc', 'DMARC: does that fit the author’s domain?'], ['arc', 'ARC: is the chain of those who passed it on whole?']]) {
    const series = seriesBy(data.authentication[method], chosen.row, found, 7);
    series.forEach(one => { one.cls = RESULT_CLASSES[one.name]; });
    inOrder(series, ['pass', 'bestguesspass', 'policy', 'neutral', 'softfail', 'fail', 'reject', 'temperror', 'permerror', 'none']);
    if (series.length) {
      parts.push(columnsOverTime(title, 'By the newest host on the way that says so.', found, series, count, true));
    }
  }
  const signatures = seriesBy(data.broken.signatures, chosen.row, found, 2);
  inOrder(signatures, ['whole', 'broken']);
  signatures.forEach(one => { one.cls = one.name === 'broken' ? 's5' : 's0'; });
  parts.push(columnsOverTime('Signatures that broke on the way', 'Signed mails of which hosts could tell whether the signature still held. What lists change breaks it.', found, signatures, count, true));
  const by = [...totals(data.broken.broken_by, chosen.row)].filter(entry => entry[0] !== '').map(([label, [value]]) => ({ label, value }));
  const at = [...totals(data.broken.broken_at, chosen.row)].filter(entry => entry[0] !== '').map(([label, [value]]) => ({ label, value }));
  const rows = (by.length ? by : at).sort((a, b) => b.value - a.value);
  if (rows.length) {
    parts.push(figure(by.length ? 'Who broke signatures' : 'Where broken signatures were noticed first', null, barTable(rows, 'Host', 'Mails', 'Hosts and broken signatures')));
  }
  return parts;
}
