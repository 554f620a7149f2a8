// Durations are counted in buckets: 0 below zero, 1 for zero, then sixteen to each power of two of milliseconds.
// The same as LogBuckets.java.
const FIRST_BUCKET = 2;
const PER_OCTAVE = 16;

function bucketMiddle(bucket) {
  if (bucket < FIRST_BUCKET) {
    return bucket - 1;
  }
  const octave = Math.floor((bucket - FIRST_BUCKET) / PER_OCTAVE);
  const width = 2 ** (octave - 4);
  const lower = 2 ** octave + ((bucket - FIRST_BUCKET) % PER_OCTAVE) * width;
  return width <= 1 ? lower : lower + (width - 1) / 2;
}

// Counts by bucket that can be added up.
class Durations {
  constructor() {
    this.counts = new Map();
    this.total = 0;
  }

  // A cell is the period and then, for each bucket, how far it is from the last, and the count.
  addCell(cell) {
    let bucket = 0;
    for (let i = 1; i < cell.length; i += 2) {
      bucket += cell[i];
      this.counts.set(bucket, (this.counts.get(bucket) || 0) + cell[i + 1]);
      this.total += cell[i + 1];
    }
  }

  sorted() {
    return [...this.counts].sort((a, b) => a[0] - b[0]);
  }

  // By nearest rank; null without any.
  percentile(share) {
    const rank = Math.max(1, Math.ceil(share * this.total));
    let seen = 0;
    for (const [bucket, count] of this.sorted()) {
      seen += count;
      if (seen >= rank) {
        return bucketMiddle(bucket);
      }
    }
    return null;
  }

  // What is longer than a limit counts as long as that.
  sum(limit) {
    let sum = 0;
    for (const [bucket, count] of this.counts) {
      sum += Math.max(0, Math.min(limit, bucketMiddle(bucket))) * count;
    }
    return sum;
  }
}
