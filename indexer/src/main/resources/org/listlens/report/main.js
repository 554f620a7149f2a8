// Puts the page together, and again whenever the reader chooses another list or period.
const SECTIONS = [
  ['late', 'How late is mail?', delaySection],
  ['held', 'When did the list keep mail?', dwellSection],
  ['way', 'Where does the time go, and who holds mail?', waySection],
  ['slow', 'Which mails were slowest?', slowSection],
  ['clocks', 'Whose clock is wrong?', clockSection],
  ['carried', 'How are mails carried and checked?', carriageSection],
  ['talk', 'Who discusses?', talkSection],
  ['threads', 'How do discussions go?', threadSection],
  ['patches', 'How do patches fare?', patchSection],
  ['imports', 'What was indexed?', importSection],
];

function tiles() {
  const latency = durationsIn(data.parts.latency[chosen.row], data.fine);
  const dwell = durationsIn(data.parts.list[chosen.row], data.fine);
  let longest = 0;
  eachDay(chosen.row, (day, mails, p95, most) => { longest = Math.max(longest, most); });
  const items = [[count(latency.total), 'copies of mails with a known way'], [duration(latency.percentile(0.5)), 'half took up to'],
    [duration(latency.percentile(0.95)), '95 of 100 took up to'], [duration(dwell.percentile(0.95)), '95 of 100 stayed at the list up to'], [longest ? duration(longest) : '', 'the longest stay at a list']];
  return el('dl', { class: 'tiles', 'aria-live': 'polite' }, items.filter(item => item[0]).map(([value, name]) => el('div', null, el('dt', null, name), el('dd', null, value))));
}

function draw() {
  chartWidth = Math.max(300, Math.min(1500, document.getElementById('main').clientWidth - 2));
  const nav = el('nav', { 'aria-label': 'Questions' }, SECTIONS.map(([id, title]) => el('a', { href: `#${id}` }, title)));
  const scroll = window.scrollY;
  document.getElementById('main').replaceChildren(tiles(), nav, ...SECTIONS.map(([id, title, make]) =>
    el('section', { id, 'aria-labelledby': `${id}-title` }, el('h2', { id: `${id}-title` }, title), make())));
  window.scrollTo(0, scroll);
}

function onWidth(again) {
  let width = window.innerWidth;
  let timer = 0;
  window.addEventListener('resize', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (window.innerWidth !== width) {
        width = window.innerWidth;
        again();
      }
    }, 150);
  });
}

function start() {
  document.body.append(tip);
  if (data.threads) {
    const again = () => {
      chartWidth = Math.max(300, Math.min(1500, document.getElementById('main').clientWidth - 2));
      document.getElementById('main').replaceChildren(...data.threads.map(thread => el('section', null,
        el('h2', { dir: 'auto' }, thread.subject || 'Without a subject'), threadView(thread))));
    };
    again();
    onWidth(again);
  } else if (data.names) {
    whole = { from: Math.floor(data.from / DAY_MS), to: Math.ceil(data.to / DAY_MS) };
    chosen.from = whole.from;
    chosen.to = whole.to;
    const main = document.getElementById('main');
    chartWidth = Math.max(300, Math.min(1500, main.clientWidth - 2));
    const refresh = controls(document.getElementById('controls'));
    redraw = () => {
      draw();
      refresh();
    };
    redraw();
    onWidth(redraw);
  }
}

start();
