package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.Defects;
import org.listlens.mail.Dialect;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.Stamp;

/** How much of the trace of real archives is read, against what a crude look at the lines finds in them. */
@Tag("corpus")
class TraceCorpusTest {
    private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d");

    /** One word after {@code by}; several are the name of a product. */
    private static final Pattern HOST =
            Pattern.compile(" by \\S+ ?(;| with | id | via | for | by | envelope-from | running | \\[| $)");

    /** What a crude look finds in lines, and how many of these the parser finds it in. */
    private static final class Share {
        private final String name;
        private final List<String> missed = new ArrayList<>();
        private int there;

        Share(String name) {
            this.name = name;
        }

        void count(boolean isThere, boolean found, String line) {
            if (isThere) {
                there++;
                if (!found) {
                    missed.add(line);
                }
            }
        }

        void assertAtLeast(double share) {
            assertThat(there).as("lines with a " + name).isPositive();
            assertThat(1.0 - (double) missed.size() / there)
                    .as("share of %d lines in which the %s was found; missed: %s", there, name, missed)
                    .isGreaterThanOrEqualTo(share);
        }
    }

    @ParameterizedTest
    @CsvSource({"linux-can, 140028", "linux-hwmon, 21696", "util-linux, 19912", "easy_ham, 13922"})
    void theTraceOfAnArchiveIsRead(String archive, int received) throws IOException {
        Path folder = Path.of(System.getProperty("listlens.corpora"), "corpora", archive);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no archive in " + folder + ", nothing compared");
        Share stamps = new Share("date");
        Share hosts = new Share("by host");
        Share products = new Share("by host or product");
        Share protocols = new Share("protocol");
        Share ids = new Share("id");
        Share clocks = new Share("time in its vger id that is the time of the line");
        int[] counted = new int[1];
        CorpusHeaders.forEach(folder, fields -> {
            int lines = 0;
            for (HeaderField field : fields) {
                if (field.is("Received") || field.is("X-Received")) {
                    lines++;
                    counted[0] += field.is("Received") ? 1 : 0;
                    String line = field.value();
                    Received read = ReceivedParser.parse(line);
                    String crude = withoutComments(line);
                    stamps.count(TIME.matcher(crude).find(), read.stamp() != null, line);
                    boolean isHost = read.by() != null && read.by().host() != null;
                    hosts.count(HOST.matcher(crude).find(), isHost, line);
                    products.count(crude.contains(" by "), read.by() != null, line);
                    protocols.count(crude.contains(" with "), read.with() != null, line);
                    ids.count(crude.contains(" id "), read.id() != null, line);
                    clocks.count(isVger(read), read.stamp() != null && agree(read, read.stamp()), line);
                }
            }
            List<Hop> hops = TraceParser.parse(fields, Limits.DEFAULT, new Defects(100));
            assertThat(hops).hasSize(lines);
        });
        assertThat(counted[0]).isEqualTo(received);
        stamps.assertAtLeast(0.9995);
        hosts.assertAtLeast(0.999);
        products.assertAtLeast(0.999);
        protocols.assertAtLeast(0.999);
        ids.assertAtLeast(0.999);
        if (!archive.equals("easy_ham")) {
            clocks.assertAtLeast(1.0);
        }
    }

    private static boolean isVger(Received line) {
        return line.dialect() == Dialect.VGER
                && line.by() != null
                && "vger.kernel.org".equals(line.by().host());
    }

    private static boolean agree(Received line, Stamp stamp) {
        QueueIdClock.Reading reading = line.id() == null ? null : QueueIdClock.read(Dialect.VGER, line.id());
        return reading != null && reading.instant().equals(stamp.instant());
    }

    /** The line in lower case between blanks, one for each fold, without what stands in parentheses. */
    private static String withoutComments(String line) {
        StringBuilder text = new StringBuilder(" ");
        int depth = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            depth += c == '(' ? 1 : 0;
            if (depth == 0) {
                text.append(c);
            }
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return text.append(' ').toString().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }
}
