// Threads, answers and patches.
const SIZES = [['1', 1], ['2', 2], ['3–5', 5], ['6–10', 10], ['11–20', 20], ['21–50', 50], ['51–100', 100], ['more', Infinity]];

function threadSection() {
  const sizes = classes(data.threadSizes.messages, SIZES);
  const depths = classes(data.threadSizes.depth, [['0', 0], ['1', 1], ['2', 2], ['3', 3], ['4', 4], ['5–6', 6], ['7–9', 9], ['10–19', 19], ['more', Infinity]]);
  const busiest = data.busiest.filter(isChosen).sort((a, b) => b.mails - a.mails);
  const waiting = data.unanswered.filter(isChosen).sort((a, b) => b.time - a.time);
  const unanswered = totals(data.threadSizes.unanswered, chosen.row);
  const sum = name => [...unanswered].filter(entry => entry[0] === name).reduce((all, entry) => all + entry[1][0], 0);
  const open = sum('true') + sum('1');
  const closed = sum('false') + sum('0');
  return [
    classFigure('Threads by size', 'How many mails a discussion has.', 'mails', sizes),
    classFigure('Threads by depth', 'How long the longest line of answers is: 0 when nobody answered.', 'answers deep', depths),
    responseFigure('answer', 'How long until the first answer', 'From the first mail of a discussion to the first answer by another person, programs aside.'),
    figure('The busiest discussions', null, busiest.length ? longTable([{ title: 'Began (UTC)', cls: 'time' }, { title: 'Discussion', cls: 'subject' }, { title: 'Begun by' }, { title: 'Mails', number: true }, { title: 'People', number: true }, { title: 'Depth', number: true }, { title: 'Lasted', number: true }, { title: 'First answer after', number: true }],
      busiest.map(thread => [minute(thread.time), mailLink(thread), foreign(thread.from), count(thread.mails), count(thread.people || 0), count(thread.depth || 0), duration(thread.lasted), duration(thread.answer)]), 'The busiest discussions') : nothing()),
    figure('Who waits for an answer', `${open + closed ? `${percent(open / (open + closed))} of ${counted(open + closed, 'discussion')} have no answer by another person. ` : ''}The newest of those that people began:`,
      waiting.length ? longTable([{ title: 'Since (UTC)', cls: 'time' }, { title: 'Mail', cls: 'subject' }, { title: 'From' }, { title: 'List' }, { title: 'Mails so far', number: true }],
        waiting.map(thread => [minute(thread.time), mailLink(thread), foreign(thread.from), foreign(listName(thread) || data.names[0]), count(thread.mails)]), 'Discussions without an answer, the newest first') : nothing('Nobody does, in the chosen list and period.')),
  ];
}

function classes(tabular, limits) {
  const values = limits.map(() => 0);
  for (const [key, [number]] of totals(tabular, chosen.row)) {
    const place = limits.findIndex(limit => Number(key) <= limit[1]);
    if (key !== '' && place >= 0) {
      values[place] += number;
    }
  }
  return { names: limits.map(limit => limit[0]), values };
}

function classFigure(title, hint, unit, { names, values }) {
  return figure(title, `${hint}${coarseHint()}`, values.some(value => value) ? columnChart({ names, full: names.map(name => `${name} ${unit}`), series: [{ name: 'discussions', cls: 's0', values }], format: count, label: title, height: 180 }) : nothing(), null,
    () => table([{ title: unit }, { title: 'Discussions', number: true }], names.map((name, i) => [name, count(values[i])]), title));
}

function responseFigure(part, title, hint) {
  const found = groups(data.coarse, 80);
  const by = durationsBy(data.responses[part][chosen.row], found, data.coarse);
  const series = [['half', 0.5, 's0'], ['90 of 100', 0.9, 's1']].map(([name, share, cls]) => ({ name, cls, values: by.map(one => one.percentile(share)) }));
  return figure(title, `${hint} The scale is logarithmic.`, by.some(one => one.total)
    ? lineChart({ found, series, log: true, height: 220, format: duration, label: title, more: i => `${count(by[i].total)} counted` }) : nothing(),
  by.some(one => one.total) ? series : null, seriesTable(found, series, duration, title));
}

function patchSection() {
  const series = data.series.filter(isChosen).sort((a, b) => b.versions - a.versions || b.mails - a.mails);
  const versions = classes(data.versions, [['1', 1], ['2', 2], ['3', 3], ['4', 4], ['5', 5], ['6–10', 10], ['more', Infinity]]);
  if (!series.length && !versions.values.some(value => value)) {
    return [nothing('There are no patches in the chosen list and period.')];
  }
  const review = one => [['Reviewed-by', one.reviewed], ['Acked-by', one.acked], ['Tested-by', one.tested]].filter(entry => entry[1]).map(entry => `${entry[1]} ${entry[0]}`).join(', ');
  return [
    figure('Versions of patch series', `How many times a series was sent.${coarseHint()}`, columnChart({ names: versions.names, full: versions.names.map(name => `${name} versions`), series: [{ name: 'series', cls: 's3', values: versions.values }], format: count, label: 'Patch series by versions', height: 180 }), null,
      () => table([{ title: 'Versions' }, { title: 'Series', number: true }], versions.names.map((name, i) => [name, count(versions.values[i])]), 'Patch series by versions')),
    responseFigure('review', 'How long until the first review', 'From the first mail of a series to the first Reviewed-by, Acked-by, Tested-by or Nacked-by by another person.'),
    figure('Series with the most versions', null, longTable([{ title: 'Begun (UTC)', cls: 'time' }, { title: 'Newest version', cls: 'subject' }, { title: 'From' }, { title: 'Versions', number: true }, { title: 'Mails', number: true }, { title: 'Answers', number: true }, { title: 'First to newest version', number: true }, { title: 'First review after', number: true }, { title: 'Reviews' }],
      series.map(one => [minute(one.time), mailLink(one), foreign(one.from), count(one.versions), count(one.mails || 0), count(one.replies || 0), duration(one.span), duration(one.review), review(one)]), 'Series with the most versions')),
  ];
}
