package org.listlens.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tells the dialect of an mbox and who wrote it, as clauses for the user. */
final class Evidence {
    private Evidence() {}

    /** @param writer who wrote the mbox; {@code null} when nothing tells */
    static List<String> of(SourceOptions options, MboxDialect dialect, FromLine first, @Nullable MboxWriter writer) {
        List<String> evidence = new ArrayList<>(2);
        if (options.dialect() != null) {
            evidence.add("the dialect was set and not looked for");
        } else {
            evidence.add(
                    switch (dialect) {
                        case MBOXCL -> "Content-Length ends where the mails do";
                        case MBOXCL2 ->
                            "Content-Length ends where the mails do, and From lines in them are not escaped";
                        case MBOXO -> "the first From line obscures its address, as the archives of Mailman do";
                        case MBOXRD ->
                            first.isPublicInbox()
                                    ? "the first line is the one that public-inbox writes"
                                    : "nothing tells the dialect, and this one loses least";
                    });
        }
        if (writer != null) {
            evidence.add(
                    switch (writer) {
                        case PUBLIC_INBOX -> "From mboxrd@z";
                        case GOOGLE_TAKEOUT -> "From lines of a number @xxx";
                        case THUNDERBIRD -> "X-Mozilla-Status above all other fields";
                        case PIPERMAIL -> "From: address (name), the address obscured";
                        case HYPERKITTY -> "From: name <address>, the address obscured";
                    });
        }
        return evidence;
    }
}
