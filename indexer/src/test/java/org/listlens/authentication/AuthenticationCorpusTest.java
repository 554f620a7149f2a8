package org.listlens.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.mail.ArcSet;
import org.listlens.mail.Authentication;
import org.listlens.mail.AuthenticationResults;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;
import org.listlens.mail.Route;
import org.listlens.source.MailReceiver;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;
import org.listlens.trace.TraceParser;

/** How much of the authentication fields of real archives is read, against what a crude look at them finds. */
@Tag("corpus")
class AuthenticationCorpusTest {
    private static final Pattern RESULT = Pattern.compile("\\s*([a-z-]+)=([A-Za-z]+)(?=[\\s;]|$).*");
    private static final Pattern DOMAIN = Pattern.compile("(?:^|;)\\s*d=\\s*([^;\\s]+)");

    private static Path folder(String name) {
        Path folder = Path.of(System.getProperty("listlens.corpora", "missing")).resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "skipped: there are no mails in " + folder);
        return folder;
    }

    private static HeaderBlock header(byte[] octets) {
        return HeaderParser.parse(octets, octets.length, Limits.DEFAULT, new Defects(100));
    }

    private static Authentication parse(HeaderBlock header, Defects defects) {
        return AuthenticationParser.parse(
                header.fields(),
                TraceParser.parse(header.fields(), Limits.DEFAULT, new Defects(100)),
                Route.NONE,
                defects);
    }

    /** What an archive has, and what of it could not be read. */
    private static final class Tally implements MailReceiver {
        private int results;
        private int arcResults;
        private int spf;
        private int signatures;
        private int sets;
        private int incompleteSets;
        private int broken;
        private int arcBroken;
        private final List<String> defects = new ArrayList<>();

        @Override
        public void mail(RawMail mail) {
            Defects found = new Defects(1_000);
            HeaderBlock header = header(mail.bytes());
            Authentication authentication = parse(header, found);
            for (Defect defect : found.toList()) {
                if (defect.code() != DefectCode.TOO_MANY_AUTHENTICATION_FIELDS) {
                    defects.add(defect.code() + " in " + mail.origin());
                }
            }
            results += header.all("Authentication-Results").size();
            arcResults += header.all("ARC-Authentication-Results").size();
            spf += header.all("Received-SPF").size();
            signatures += header.all("DKIM-Signature").size();
            sets += authentication.arcSets().size();
            for (ArcSet set : authentication.arcSets()) {
                incompleteSets += set.complete() ? 0 : 1;
            }
            for (DkimSignature signature : authentication.signatures()) {
                broken += signature.broken() == null ? 0 : 1;
            }
            arcBroken += authentication.arcBreak() == null ? 0 : 1;
            compare(header, authentication);
        }

        @Override
        public void rejected(RejectedEntry entry) {}

        @Override
        public void progress(long octets) {}
    }

    /** The methods, results and signers, in their order. */
    private static void compare(HeaderBlock header, Authentication authentication) {
        List<String> crude = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        for (HeaderField field : header.fields().reversed()) {
            if (field.is("Authentication-Results") || field.is("ARC-Authentication-Results")) {
                for (String part : withoutComments(field.value()).split(";", -1)) {
                    Matcher result = RESULT.matcher(part);
                    if (result.matches()) {
                        crude.add(result.group(1) + "=" + result.group(2).toLowerCase(Locale.ROOT));
                    }
                }
            } else if (field.is("DKIM-Signature")) {
                Matcher domain = DOMAIN.matcher(field.value());
                domains.add(domain.find() ? domain.group(1).toLowerCase(Locale.ROOT) : null);
            }
        }
        List<String> read = authentication.results().stream()
                .flatMap(field -> field.results().stream())
                .map(result -> result.method() + "=" + result.result())
                .toList();
        assertThat(read).isEqualTo(crude);
        assertThat(authentication.signatures())
                .extracting(DkimSignature::domain)
                .isEqualTo(domains);
    }

    private static String withoutComments(String value) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '(' ? 1 : 0;
            text.append(depth == 0 ? c : ' ');
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return text.toString();
    }

    /**
     * Counted by other means: the fields; the seals with {@code cv=fail}, of which no mail has two; the results that say
     * {@code signature verification failed}, of which each is the last word on its signature.
     */
    @ParameterizedTest
    @CsvSource({
        "linux-can,   28698, 11346, 745, 13471, 25, 136, 1045",
        "linux-hwmon,   298,   382,  74,  3032,  0,   0,    0",
        "util-linux,   3977,  1097, 223,  2728,  2,  19,   46",
        "easy_ham,        0,     0,   0,     0,  0,   0,    0"
    })
    void theFieldsOfAnArchiveAreRead(
            String archive,
            int results,
            int arcResults,
            int spf,
            int signatures,
            int defects,
            int broken,
            int arcBroken)
            throws IOException {
        Tally tally = new Tally();
        Sources.open(folder("corpora/" + archive).toString(), SourceOptions.DEFAULT)
                .read(tally);

        assertThat(tally.results).isEqualTo(results);
        assertThat(tally.arcResults).isEqualTo(arcResults);
        assertThat(tally.spf).isEqualTo(spf);
        assertThat(tally.signatures).isEqualTo(signatures);
        assertThat(tally.sets).isEqualTo(arcResults);
        assertThat(tally.incompleteSets).isZero();
        assertThat(tally.defects).hasSize(defects);
        assertThat(tally.broken).isEqualTo(broken);
        assertThat(tally.arcBroken).isEqualTo(arcBroken);
    }

    /** Its line breaks and all that stood in angle brackets are lost. */
    @Test
    void readsTheMailWhoseLineBreaksWereLost() throws IOException {
        Path seed;
        try (Stream<Path> files = Files.list(folder("seed"))) {
            seed = files.findFirst().orElseThrow();
        }
        Defects defects = new Defects(100);

        Authentication authentication = parse(header(Files.readAllBytes(seed)), defects);

        assertThat(defects.toList()).isEmpty();
        Authentication.Verdict verdict = Objects.requireNonNull(authentication.verdict());
        assertThat(verdict.authservId()).isEqualTo("mx.google.com");
        assertThat(verdict.results())
                .extracting(result -> result.method() + "=" + result.result())
                .containsExactly("dkim=pass", "spf=pass", "dmarc=pass");
        assertThat(verdict.mailFrom()).endsWith("@vger.kernel.org");
        assertThat(verdict.clientIp())
                .isNotNull()
                .isEqualTo(authentication.receivedSpf().getFirst().clientIp());
        assertThat(verdict.dmarcPolicy()).isEqualTo("none");
        assertThat(authentication.results())
                .extracting(AuthenticationResults::hop)
                .as("mx.google.com's own hop is the sixth of eight")
                .containsOnly(6);
        assertThat(authentication.arcSets()).singleElement().satisfies(set -> {
            assertThat(set.cv()).isEqualTo("none");
            assertThat(set.domain()).isEqualTo("google.com");
            assertThat(Objects.requireNonNull(set.sealedAt()).getEpochSecond()).isEqualTo(1_625_584_449L);
        });
        assertThat(authentication.signatures()).singleElement().satisfies(signature -> {
            assertThat(signature.domain()).isEqualTo("gmail.com");
            assertThat(signature.bodyHash())
                    .as("unchanged on its way through the list")
                    .isEqualTo(authentication.arcSets().get(0).bodyHash());
            assertThat(signature.whole()).isTrue();
            assertThat(signature.checks()).hasSize(1);
        });
    }
}
