package org.listlens.hostile;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;

/**
 * Prints what hostile mails cost, each in its full size and in half of it: octets, processor time, octets allocated, and by how
 * much these grow. Arguments are parts of the names of the mails to measure; none means all. {@code wide} as the first
 * argument takes away all limits but that of nesting.
 */
final class GrowthTable {
    static final Limits WIDE = new Limits(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Limits.DEFAULT.nesting(),
            Integer.MAX_VALUE,
            100);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private GrowthTable() {}

    public static void main(String[] arguments) {
        boolean wide = arguments.length > 0 && arguments[0].equals("wide");
        Limits limits = wide ? WIDE : Limits.DEFAULT;
        System.out.println("| mail with many … | n | size | time | growth | allocated | growth |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (HostileMail mail : HostileMail.all()) {
            if (!isWanted(mail.name(), arguments, wide ? 1 : 0)) {
                continue;
            }
            byte[] half = mail.of().apply(mail.most() / 2);
            byte[] whole = mail.of().apply(mail.most());
            Cost small = Cost.least(half, limits);
            Cost large = Cost.least(whole, limits);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %.1f MB | %.0f ms | %.2f | %.1f MB | %.2f |%n",
                    mail.name(),
                    mail.most(),
                    whole.length / 1e6,
                    large.nanos / 1e6,
                    perDoubling(large.nanos, small.nanos, whole, half),
                    large.allocated / 1e6,
                    perDoubling(large.allocated, small.allocated, whole, half));
        }
    }

    /** By how much a cost grows when the octets double. */
    private static double perDoubling(long large, long small, byte[] whole, byte[] half) {
        double doublings = Math.log((double) whole.length / half.length) / Math.log(2);
        return Math.pow((double) large / small, 1 / doublings);
    }

    private static boolean isWanted(String name, String[] parts, int from) {
        for (int i = from; i < parts.length; i++) {
            if (name.contains(parts[i])) {
                return true;
            }
        }
        return parts.length == from;
    }

    /** What a mail costs from octets to documents. */
    record Cost(long nanos, long allocated) {
        /** The least of several measures, for a second at most. */
        static Cost least(byte[] octets, Limits limits) {
            Cost least = of(octets, limits);
            long spent = least.nanos;
            for (int i = 0; i < 5 && spent < 1_000_000_000; i++) {
                Cost next = of(octets, limits);
                spent += next.nanos;
                least = new Cost(Math.min(least.nanos, next.nanos), Math.min(least.allocated, next.allocated));
            }
            return least;
        }

        static Cost of(byte[] octets, Limits limits) {
            MailParser parser = new MailParser(limits);
            MailDocuments documents = new MailDocuments();
            RawMail mail = new RawMail(new Origin("hostile", "0"), octets, octets.length);
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            documents.encode(parser.parse(mail));
            parser.trace(mail);
            parser.identify(mail);
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            return new Cost(nanos, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }
    }
}
