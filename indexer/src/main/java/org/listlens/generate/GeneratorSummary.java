package org.listlens.generate;

import java.time.Instant;
import java.util.List;

/**
 * What was made.
 *
 * @param copies archived copies, as many as {@link GeneratorOptions#messages()} asked for
 * @param messages distinct mails
 * @param threads groups of mails that link to each other
 * @param octets what the archives hold
 * @param first when the first copy truly arrived
 * @param last when the last one did
 * @param files the archives' names, in the order of the lists; empty when all went into one stream
 */
public record GeneratorSummary(
        int copies, int messages, int threads, long octets, Instant first, Instant last, List<String> files) {
    public GeneratorSummary {
        files = List.copyOf(files);
    }
}
