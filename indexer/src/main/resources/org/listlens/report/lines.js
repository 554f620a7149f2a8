// Lines over time. Options: found (groups), series [{name, cls, values}], log, format, label, height, band [low, high].
function lineChart(options) {
  const { found, series } = options;
  const width = chartWidth;
  const height = options.height || 260;
  const chart = frame(width, height, options.label);
  const all = series.flatMap(one => one.values);
  const scale = options.scale || (options.log ? logScale(all, height) : linearScale(all, height, options.format));
  const step = (width - LEFT - RIGHT) / Math.max(1, found.length);
  const x = i => LEFT + step * (i + 0.5);
  yAxis(chart, scale, width, options.title);
  xAxis(chart, timeNames(found), x, height);
  if (options.band) {
    chart.append(band(options.band, x, scale));
  }
  for (const one of series) {
    chart.append(sv('path', { d: linePath(one.values, x, scale), class: `line ${one.cls}` }));
    one.values.forEach((value, i) => {
      const alone = value !== null && (i === 0 || one.values[i - 1] === null) && (one.values[i + 1] ?? null) === null;
      if (alone) {
        chart.append(sv('circle', { cx: x(i), cy: scale.of(value), r: 2.5, class: `dot ${one.cls}` }));
      }
    });
  }
  const marker = sv('line', { y1: TOP, y2: height - BOTTOM, class: 'marker', visibility: 'hidden' });
  chart.append(marker);
  const within = i => Math.max(0, Math.min(found.length - 1, i));
  walkable(chart, {
    at: px => (px < LEFT || px > width ? null : within(Math.floor((px - LEFT) / step))),
    move: (place, dx) => within(place === null ? 0 : place + dx),
    show: place => {
      marker.setAttribute('visibility', place === null ? 'hidden' : 'visible');
      if (place === null || !found.length) {
        return null;
      }
      marker.setAttribute('x1', x(place));
      marker.setAttribute('x2', x(place));
      return {
        lines: [found[place].name].concat(series.map(one =>
          `${one.name}: ${one.values[place] === null ? 'no mail' : options.format(one.values[place])}`),
        options.more ? options.more(place) : null),
        x: x(place),
        y: TOP + 20,
      };
    },
    choose: place => choosePeriod(found[place].start, found[place].end),
  });
  return chart;
}

function linePath(values, x, scale) {
  let path = '';
  let pen = 'M';
  values.forEach((value, i) => {
    if (value === null) {
      pen = 'M';
    } else {
      path += `${pen}${x(i).toFixed(1)} ${scale.of(value).toFixed(1)}`;
      pen = 'L';
    }
  });
  return path;
}

function band([low, high], x, scale) {
  const group = sv('g', { class: 'band' });
  low.forEach((value, i) => {
    if (value !== null && high[i] !== null) {
      const top = scale.of(high[i]);
      group.append(sv('line', { x1: x(i), x2: x(i), y1: top, y2: scale.of(value) }));
    }
  });
  return group;
}

// The series of a chart as a table, one row for each group.
function seriesTable(found, series, format, caption) {
  return () => longTable([{ title: 'Period' }].concat(series.map(one => ({ title: one.name, number: true }))),
    found.map((group, i) => [group.name].concat(series.map(one =>
      (one.values[i] === null ? '' : format(one.values[i]))))), caption);
}
