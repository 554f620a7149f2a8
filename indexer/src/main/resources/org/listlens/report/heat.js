// Waits as colours, from some seconds to days. Darker, and in the dark brighter, is longer.
const HEAT = [0, 60000, 600000, 3600000, 3 * 3600000, 12 * 3600000];

function heatClass(millis) {
  let cls = 0;
  while (cls + 1 < HEAT.length && millis >= HEAT[cls + 1]) {
    cls++;
  }
  return `h${cls}`;
}

function heatLegend() {
  return HEAT.map((limit, i) => ({
    cls: `h${i}`,
    name: i === 0 ? `below ${duration(HEAT[1])}` : i + 1 < HEAT.length ? `${duration(limit)} and more` : `${duration(limit)} and more`,
  }));
}

// Cells [{column, row, wait, lines}] under names of columns and beside names of rows.
function heatChart(options) {
  const { columns, rows, cells } = options;
  const width = chartWidth;
  const step = (width - LEFT - RIGHT) / Math.max(1, columns.length);
  const tall = Math.max(options.least || 8, Math.min(22, options.tall || step));
  const height = TOP + tall * rows.length + BOTTOM;
  const chart = frame(width, height, options.label);
  rows.forEach((name, i) => {
    if (name) {
      chart.append(sv('text', { x: LEFT - 6, y: TOP + tall * (i + 0.5) + 4, class: 'tick end' }, name));
    }
  });
  xAxis(chart, columns, i => LEFT + step * (i + 0.5), height);
  const index = new Map();
  const gap = step > 5 ? 1 : 0;
  for (const cell of cells) {
    index.set(cell.row * columns.length + cell.column, cell);
    chart.append(sv('rect', {
      x: (LEFT + step * cell.column).toFixed(1), y: TOP + tall * cell.row, width: Math.max(1, step - gap).toFixed(1),
      height: tall - 1, class: heatClass(cell.wait),
    }));
  }
  const marker = sv('rect', { width: step, height: tall, class: 'cell', visibility: 'hidden' });
  chart.append(marker);
  const clamp = (value, size) => Math.max(0, Math.min(size - 1, value));
  walkable(chart, {
    at: (px, py) => (px < LEFT || py < TOP || py > height - BOTTOM ? null
      : { column: clamp(Math.floor((px - LEFT) / step), columns.length), row: clamp(Math.floor((py - TOP) / tall), rows.length) }),
    move: (place, dx, dy) => (place === null ? { column: 0, row: 0 }
      : { column: clamp(place.column + dx, columns.length), row: clamp(place.row + dy, rows.length) }),
    show: place => {
      const cell = place === null ? null : index.get(place.row * columns.length + place.column);
      marker.setAttribute('visibility', place === null ? 'hidden' : 'visible');
      if (place !== null) {
        marker.setAttribute('x', LEFT + step * place.column);
        marker.setAttribute('y', TOP + tall * place.row);
      }
      return place === null ? null : {
        lines: cell ? cell.lines : [options.empty ? options.empty(place) : 'no mail'],
        x: LEFT + step * (place.column + 1),
        y: TOP + tall * place.row,
      };
    },
    choose: place => {
      const cell = index.get(place.row * columns.length + place.column);
      if (cell && cell.from !== undefined) {
        choosePeriod(cell.from, cell.to);
      }
    },
  });
  return chart;
}
