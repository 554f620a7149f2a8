// Numbers, times and durations as people read them. Days are counted since 1970, in UTC.
const DAY_MS = 86400000;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function count(number) {
  return Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

function counted(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function percent(share) {
  const value = share * 100;
  return `${value > 0 && value < 9.95 && !Number.isInteger(Math.round(value * 1e6) / 1e6) ? value.toFixed(1) : Math.round(value)} %`;
}

// The two largest units: 1 h 18 min.
function duration(millis) {
  if (millis === null || millis === undefined) {
    return '';
  }
  const sign = millis < 0 ? '-' : '';
  const ms = Math.round(Math.abs(millis));
  if (ms < 1000) {
    return ms === 0 ? '0 s' : `${sign}${ms} ms`;
  }
  const s = Math.floor(ms / 1000);
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = units.findIndex(unit => s >= unit[0]);
  const whole = Math.floor(s / units[first][0]);
  const next = units[first + 1];
  const rest = next ? Math.floor((s % units[first][0]) / next[0]) : 0;
  return `${sign}${count(whole)} ${units[first][1]}${rest ? ` ${rest} ${next[1]}` : ''}`;
}

function dateOf(day) {
  return new Date(day * DAY_MS);
}

function isoDay(day) {
  return dateOf(day).toISOString().slice(0, 10);
}

function longDay(day) {
  const date = dateOf(day);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function minute(millis) {
  return new Date(millis).toISOString().slice(0, 16).replace('T', ' ');
}

// What a period is called: a day, a month …
function periodName(start, end, interval) {
  const date = dateOf(start);
  const year = date.getUTCFullYear();
  switch (interval) {
    case 'day': return `${WEEKDAYS[(date.getUTCDay() + 6) % 7]} ${longDay(start)}`;
    case 'week': return `week of ${longDay(start)}`;
    case 'month': return `${MONTHS[date.getUTCMonth()]} ${year}`;
    case 'quarter': return `${MONTHS[date.getUTCMonth()]} to ${MONTHS[date.getUTCMonth() + 2]} ${year}`;
    default: return `${year}`;
  }
}
