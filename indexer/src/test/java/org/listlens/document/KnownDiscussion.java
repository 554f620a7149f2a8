package org.listlens.document;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Quotation;
import org.listlens.thread.Discussion;
import org.listlens.thread.KnownThreads;
import org.listlens.thread.Quoting;
import org.listlens.thread.ThreadMail;

/** Jane asks, a program and John answer; John quotes Jane, and Jane quotes John and somebody who is not there. */
final class KnownDiscussion {
    private static final String SKETCH = Base64.getEncoder().encodeToString(new byte[] {0, 0, 0, 1, 0, 0, 0, 2});

    private KnownDiscussion() {}

    static Discussion thread() {
        return Discussion.of(List.of(
                        mail("a", "Jane Doe", "jane@example.org", "10:00", List.of(), List.of("0 " + SKETCH)),
                        mail("b", "Test Robot", "robot@example.com", "10:02", List.of(), List.of(), "a"),
                        mail("c", "John Roe", "john@example.com", "11:30", List.of(), List.of("1 " + SKETCH), "a"),
                        mail(
                                "d",
                                "Jane Doe",
                                "jane@example.org",
                                "12:00",
                                List.of(
                                        new Quotation(1, "John Roe", "john@example.com", null, null, 2),
                                        new Quotation(2, "Somebody Else", "else@example.net", null, null, 1)),
                                List.of(),
                                "a",
                                "c",
                                "lost")))
                .getFirst();
    }

    static List<Quoting> quotes() {
        return Quoting.of(thread());
    }

    /** The places of a mail that answers one that is not there. */
    static KnownThreads places(String messageId) {
        KnownThreads threads = new KnownThreads();
        threads.add("first@example.org", List.of(), List.of(), "copy 1");
        threads.add(messageId, List.of("first@example.org", "second@example.org"), List.of(), "copy 2");
        threads.solve();
        return threads;
    }

    private static ThreadMail mail(
            String id,
            String name,
            String address,
            String time,
            List<Quotation> quotations,
            List<String> sketch,
            String... references) {
        return new ThreadMail(
                id,
                id + "@example.org",
                List.of(references).stream()
                        .map(reference -> reference + "@example.org")
                        .toList(),
                List.of(),
                Instant.parse("2021-07-06T" + time + ":00Z"),
                exit(references.length == 0 ? time : null),
                "Lost frames at 1 Mbit/s",
                new ThreadMail.Writer(address, name, address, "Example", address.startsWith("robot")),
                List.of("a.lists.example.org", "b.lists.example.org"),
                references.length == 0 ? 0 : references.length,
                references.length == 0,
                quotations,
                sketch);
    }

    private static @Nullable Instant exit(@Nullable String time) {
        return time == null ? null : Instant.parse("2021-07-06T" + time + ":30Z");
    }
}
