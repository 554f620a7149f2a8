// Columns, stacked. Options: names, full (long names), series [{name, cls, values}], format, label, share, choose.
function columnChart(options) {
  const { series, names } = options;
  const width = chartWidth;
  const height = options.height || 240;
  const chart = frame(width, height, options.label);
  const sums = names.map((unused, i) => series.reduce((sum, one) => sum + (one.values[i] || 0), 0));
  const scale = linearScale(options.share ? [1] : sums, height, options.share ? percent : options.format);
  const step = (width - LEFT - RIGHT) / Math.max(1, names.length);
  const x = i => LEFT + step * (i + 0.5);
  const thick = Math.max(1, step * (step > 6 ? 0.8 : 1));
  yAxis(chart, scale, width, options.title);
  xAxis(chart, names, x, height);
  names.forEach((unused, i) => {
    let base = 0;
    for (const one of series) {
      const value = one.values[i] || 0;
      const part = options.share ? (sums[i] ? value / sums[i] : 0) : value;
      if (part > 0) {
        const top = scale.of(base + part);
        chart.append(sv('rect', {
          x: (x(i) - thick / 2).toFixed(1), y: top.toFixed(1), width: thick.toFixed(1),
          height: Math.max(0.5, scale.of(base) - top).toFixed(1), class: one.cls,
        }));
      }
      base += part;
    }
  });
  const marker = sv('rect', { y: TOP, height: height - TOP - BOTTOM, width: step, class: 'column', visibility: 'hidden' });
  chart.append(marker);
  const within = i => Math.max(0, Math.min(names.length - 1, i));
  walkable(chart, {
    at: px => (px < LEFT || px > width ? null : within(Math.floor((px - LEFT) / step))),
    move: (place, dx) => within(place === null ? 0 : place + dx),
    show: place => {
      marker.setAttribute('visibility', place === null ? 'hidden' : 'visible');
      if (place === null) {
        return null;
      }
      marker.setAttribute('x', x(place) - step / 2);
      return {
        lines: [(options.full || names)[place]].concat([...series].reverse().map(one =>
          `${one.name}: ${options.format(one.values[place] || 0)}${options.share && sums[place]
            ? ` (${percent((one.values[place] || 0) / sums[place])})` : ''}`)),
        x: x(place),
        y: TOP + 20,
      };
    },
    choose: options.choose,
  });
  return chart;
}

// Columns over time of the series of a table, with legend and the figures as a table.
function columnsOverTime(title, hint, found, series, format, share) {
  series.forEach((one, i) => { one.cls = one.cls || (one.name === 'others' ? 's7' : `s${i % 7}`); });
  if (!series.some(one => one.values.some(value => value > 0))) {
    return figure(title, hint, nothing());
  }
  return figure(title, hint, columnChart({
    names: timeNames(found), full: found.map(group => group.name), series, format, share, label: title,
    choose: place => choosePeriod(found[place].start, found[place].end),
  }), series.length > 1 ? series : null, seriesTable(found, series, format, title));
}
