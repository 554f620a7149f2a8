// What was indexed from where.
function importSection() {
  const { sources, reasons, rejected } = data.imports;
  const parts = [figure('Archives', 'What was given to index, of all lists and times. Mails read, new and so on are those of the last run, over all archives that it was given.',
    sources.length ? longTable([{ title: 'Archive', cls: 'subject' }, { title: 'What it is' }, { title: 'Copies in the index', number: true }, { title: 'Last run (UTC)', cls: 'time' }, { title: 'Read', number: true }, { title: 'New or changed', number: true }, { title: 'Unchanged', number: true }, { title: 'Duplicate', number: true }, { title: 'Rejected', number: true }, { title: 'Note' }],
      sources.map(source => [foreign(source.name), foreign(source.kind), count(source.copies)].concat(source.started === undefined ? ['', '', '', '', '', '']
        : [minute(source.started), count(source.read), count(source.indexed), count(source.unchanged), count(source.duplicate), count(source.rejected)])
        .concat(foreign(source.error || (source.followed ? 'is followed' : source.started !== undefined && source.finished === undefined ? 'the run has no end on record' : '')))), 'Archives') : nothing('No run is on record.'))];
  parts.push(figure('Rejected', rejected ? `${counted(rejected, 'part')} of the archives could not be indexed, for these reasons:` : 'Nothing was rejected.',
    reasons.length ? table([{ title: 'Reason' }, { title: 'How many', number: true }], reasons.map(one => [foreign(one.reason), count(one.mails)]), 'Why parts were rejected') : null));
  return parts;
}
