package org.listlens.index;

import java.util.List;
import org.listlens.source.MailSource;

/**
 * How far something that reads archives has come.
 *
 * @param traces how many traces were read before the mails, to know the clocks first
 * @param mails how many entries were read, rejected ones included
 * @param rejected how many of them could not be read
 * @param mailOctets octets of the mails
 * @param octets octets taken from the sources, as they lie on disk
 * @param total octets that the sources hold, as they lie on disk; -1 when that is not known of all of them
 */
public record RunProgress(long traces, long mails, long rejected, long mailOctets, long octets, long total) {
    /** The octets that sources hold, as they lie on disk; -1 when that is not known of all of them. */
    static long total(List<? extends MailSource> sources) {
        long total = 0;
        for (MailSource source : sources) {
            if (source.size() < 0) {
                return -1;
            }
            total += source.size();
        }
        return total;
    }
}
