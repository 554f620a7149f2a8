package org.listlens.generate;

/**
 * A time in which a list's host, which only relays else, changed white space in texts, so that no signature survived it.
 *
 * @param list the list
 * @param fromMs when it began
 * @param toMs when that was set right
 */
record Rewriting(MailList list, long fromMs, long toMs) {
    private static final long DAY_MS = 86_400_000;

    /** Three days for the busiest list, well after its outage. */
    static Rewriting during(GeneratorOptions options) {
        long start = options.start().toEpochMilli();
        long day = Math.floorDiv(start + options.span().toMillis() * 3 / 5, DAY_MS) * DAY_MS;
        return new Rewriting(MailList.ALL.get(0), day, day + 3 * DAY_MS);
    }

    /** Whether it changes a mail that is on a list's host at a time. */
    boolean changes(MailList itsList, long atMs) {
        return itsList.equals(list) && atMs >= fromMs && atMs < toMs;
    }
}
