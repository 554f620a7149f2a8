package org.listlens.index;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.pseudonym.Pseudonymizer;

/**
 * A copy as it lies in an archive, of which no more was read than who it is.
 *
 * @param place where it lies, as the archive has it
 * @param origin where it lies, as documents name it
 * @param id the {@code _id} of its delivery
 * @param messageId its Message-ID, as the archive has it
 * @param octets its size in the archive
 * @param whole whether all of it was read
 */
record ArchivedCopy(
        Origin place, Origin origin, String id, @Nullable String messageId, long octets, boolean whole) {
    /** Makes what a thread of a {@link Pipeline} finds out copies with; {@code pseudonyms} as for {@link IndexRun}. */
    static Supplier<Function<RawMail, ArchivedCopy>> readers(Limits limits, @Nullable PseudonymKey pseudonyms) {
        return () -> {
            MailParser parser = new MailParser(limits);
            Pseudonymizer pseudonymizer = pseudonyms == null ? null : new Pseudonymizer(pseudonyms);
            return raw -> {
                MailParser.Identified mail = parser.identify(raw);
                return new ArchivedCopy(
                        raw.origin(),
                        pseudonymizer == null ? raw.origin() : pseudonymizer.origin(raw.origin()),
                        pseudonymizer == null ? mail.digest() : pseudonymizer.copyId(mail.digest()),
                        mail.messageId(),
                        raw.size(),
                        !raw.truncated());
            };
        };
    }
}
