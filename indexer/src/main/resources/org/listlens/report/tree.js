// One discussion: its mails as a tree, each with its time and its way.
function threadView(thread) {
  const facts = [counted(thread.mails, 'mail'), counted(thread.people, 'person').replace('persons', 'people'),
    thread.missing ? `${counted(thread.missing, 'mail')} missing` : null,
    thread.robots ? `${counted(thread.robots, 'mail')} by programs` : null,
    `answers ${count(thread.depth)} deep`, thread.quoted !== undefined ? `quotes ${count(thread.quoted)} deep` : null,
    thread.answer !== undefined ? `first answer after ${duration(thread.answer)}${thread.answered ? ` by ${thread.answered}` : ''}`
      : thread.unanswered ? 'nobody has answered yet' : null].filter(fact => fact);
  const parts = [el('p', { class: 'facts', dir: 'auto' }, facts.join(' · '))];
  if (thread.lists.length) {
    parts.push(el('p', null, 'On ', foreign(thread.lists.join(', '))));
  }
  parts.push(timeline(thread), wayChart(thread), treeList(thread));
  if (thread.tree.length < thread.mails) {
    parts.push(el('p', null, `The first ${count(thread.tree.length)} mails of the tree are shown.`));
  }
  return parts;
}

function way(mail) {
  return mail.copies.map(copy => [copy.by || 'without a list', copy.latency === undefined ? 'no way shown' : `${duration(copy.latency)} under way`,
    ...PARTS.filter(part => copy[part[0]] !== undefined).map(part => `${part[1]} ${duration(copy[part[0]])}`),
    copy.host ? `held longest by ${copy.host}${copy.held !== undefined ? ` (${duration(copy.held)})` : ''}` : null].filter(text => text).join(' · '));
}

function treeList(thread) {
  const rows = thread.tree.map(mail => {
    const who = el('span', { class: 'who' }, foreign(mail.from || 'unknown'), mail.robot ? ' (a program)' : '');
    const cell = el('div', { class: 'node' }, who, ' ', mailLink(mail));
    cell.style.marginInlineStart = `${Math.min(mail.depth, 24) * 1.1}em`;
    return [mail.time === undefined ? '' : minute(mail.time), cell, duration(mail.after), mail.quoted === undefined ? '' : count(mail.quoted), foreign(mail.quotes.join(', ')),
      el('ul', { class: 'plain' }, way(mail).map(text => el('li', { dir: 'auto' }, text)))];
  });
  return figure('The tree', 'Each mail stands below the one it answers.', table([{ title: 'Written (UTC)', cls: 'time' }, { title: 'Who and what', cls: 'tree' }, { title: 'After the mail above', number: true }, { title: 'Quotes deep', number: true }, { title: 'Quotes whom' }, { title: 'The way of each copy' }], rows, 'The tree'));
}

// Mails by time, one line each person, with a curve from each answer to its mail.
function timeline(thread) {
  const mails = thread.tree.filter(mail => mail.time !== undefined);
  if (mails.length < 2) {
    return null;
  }
  const people = [...new Set(mails.map(mail => mail.from || 'unknown'))];
  const kept = people.slice(0, 30);
  const lane = mail => { const place = kept.indexOf(mail.from || 'unknown'); return place < 0 ? kept.length : place; };
  const lanes = kept.concat(people.length > kept.length ? ['others'] : []);
  const width = chartWidth;
  const left = Math.min(190, width / 3);
  const tall = 22;
  const height = TOP + tall * lanes.length + BOTTOM;
  const chart = frame(width, height, 'Who wrote when');
  const first = Math.min(...mails.map(mail => mail.time));
  const last = Math.max(...mails.map(mail => mail.time), first + 60000);
  const x = time => left + (time - first) / (last - first) * (width - left - 16);
  const y = mail => TOP + tall * (lane(mail) + 0.5);
  lanes.forEach((name, i) => chart.append(sv('line', { x1: left, x2: width, y1: TOP + tall * (i + 0.5), y2: TOP + tall * (i + 0.5), class: 'grid' }),
    sv('text', { x: left - 8, y: TOP + tall * (i + 0.5) + 4, class: 'tick end' }, name.length > 26 ? `${name.slice(0, 25)}…` : name)));
  for (const share of [0, 0.5, 1]) {
    const time = first + (last - first) * share;
    chart.append(sv('text', { x: x(time), y: height - 8, class: `tick ${share === 0 ? '' : share === 1 ? 'end' : 'middle'}` }, minute(time)));
  }
  for (const mail of mails) {
    const parent = mail.parent === undefined ? null : thread.tree[mail.parent];
    if (parent && parent.time !== undefined) {
      const middle = (x(parent.time) + x(mail.time)) / 2;
      chart.append(sv('path', { d: `M${x(parent.time)} ${y(parent)}C${middle} ${y(parent)} ${middle} ${y(mail)} ${x(mail.time)} ${y(mail)}`, class: 'line s7 thin' }));
    }
  }
  mails.forEach(mail => chart.append(sv('circle', { cx: x(mail.time), cy: y(mail), r: 4, class: mail.robot ? 's7' : 's0' })));
  const ring = sv('circle', { r: 7, class: 'ring', visibility: 'hidden' });
  chart.append(ring);
  walkable(chart, {
    at: (px, py) => {
      let best = null;
      let least = 24 * 24;
      mails.forEach((mail, i) => {
        const distance = (x(mail.time) - px) ** 2 + (y(mail) - py) ** 2;
        if (distance < least) { least = distance; best = i; }
      });
      return best;
    },
    move: (place, dx, dy) => Math.max(0, Math.min(mails.length - 1, place === null ? 0 : place + (dx || dy))),
    show: place => {
      ring.setAttribute('visibility', place === null ? 'hidden' : 'visible');
      if (place === null) { return null; }
      const mail = mails[place];
      ring.setAttribute('cx', x(mail.time));
      ring.setAttribute('cy', y(mail));
      return { lines: [mail.from || 'unknown', mail.subject, minute(mail.time), mail.after === undefined ? null : `${duration(mail.after)} after the mail above`, ...way(mail)], x: x(mail.time), y: y(mail) };
    },
  });
  return figure('Who wrote when', 'A point is a mail, a curve leads from a mail to its answer.', chart);
}

// The parts of the way of each mail as a bar.
function wayChart(thread) {
  const rows = thread.tree.flatMap(mail => mail.copies.filter(copy => copy.latency !== undefined).map(copy => ({ mail, copy }))).slice(0, 400);
  if (!rows.length) {
    return null;
  }
  const names = rows.map((unused, i) => String(i + 1));
  const series = PARTS.map(([part, name, cls]) => ({ name, cls, values: rows.map(row => Math.max(0, row.copy[part] || 0)) }));
  return figure('The way of each mail', 'One column for each copy, in the order of the tree.', columnChart({ names, full: rows.map(row => `${row.mail.from || 'unknown'}, ${minute(row.copy.time)}${row.copy.by ? `, by ${row.copy.by}` : ''}`), series, format: duration, label: 'The way of each mail', height: 200 }), series);
}
