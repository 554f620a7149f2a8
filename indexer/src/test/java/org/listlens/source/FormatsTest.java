package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Origin;

/** What mail software and archives make: each is recognised, read whole, and leaves out what is no mail. */
class FormatsTest {
    private static final String TAKEOUT = """
                        From 1580273430043535358@xxx Mon Oct 09 09:28:44 +0000 2017
                        X-GM-THRID: 1580273430043535358
                        X-Gmail-Labels: Inbox,Opened
                        From: a@example.org
                        Subject: 1

                        text

                        From 1580273430043535359@xxx Mon Oct 09 09:28:44 +0000 2017
                        X-GM-THRID: 1580273430043535358
                        X-Gmail-Labels: =?UTF-8?Q?Ge=C3=B6ffnet?=
                        Subject: 2

                        >From here

                        """.replace("\n", "\r\n");
    private static final String PIPERMAIL = """
                        From jane at example.org  Fri May  7 12:08:34 2004
                        From: jane at example.org (Jane Doe)
                        Date: Fri, 07 May 2004 12:08:34 +0200
                        Subject: [Dev] 1
                        Message-ID: <1@example.org>

                        text
                        -------------- next part --------------
                        An HTML attachment was scrubbed...
                        URL: <http://lists.example.org/pipermail/dev/attachments/20040507/0a1b2c3d/attachment.htm>

                        From bob at example.net  Sat May  8 12:08:34 2004
                        From: bob at example.net (Bob at Example)
                        Date: Sat, 08 May 2004 12:08:34 +0200
                        Subject: [Dev] 2
                        In-Reply-To: <1@example.org>
                        References: <1@example.org>
                        Message-ID: <2@example.net>

                        >From the first
                        >>From the second

                        """;
    private static final String HYPERKITTY = """
                        From jane at example.org Thu Jan  2 12:08:34 2020
                        From: Jane Doe <jane at example.org>
                        To: dev@lists.example.org
                        Subject: [Dev] 1
                        Date: Thu, 02 Jan 2020 12:08:34 +0000
                        Message-ID: <1@example.org>

                        text


                        From nobody Thu Jan  2 13:00:00 2020
                        From: Bob <bob at example.net>
                        Subject: [Dev] 2
                        Message-ID: <2@example.net>

                        text


                        """;
    private static final String THUNDERBIRD = """
                        From - Mon Jan 01 10:00:00 2024
                        X-Account-Key: account1
                        X-UIDL: 0001
                        X-Mozilla-Status: 0001
                        X-Mozilla-Status2: 00000000
                        Subject: 1

                        text

                        From - Mon Jan 01 10:00:01 2024
                        X-Mozilla-Status: 0009
                        X-Mozilla-Status2: 00000000
                        Subject: expunged

                        text

                        From - Mon Jan 01 10:00:02 2024
                        X-Mozilla-Status: 0011
                        Subject: 2
                        X-Mozilla-Status: 0009

                        text

                        From - Mon Jan 01 10:00:03 2024
                        Subject: 3
                        X-Mozilla-Status: 0008

                        text

                        """.replace("\n", "\r\n");

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void makeFolder() throws IOException {
        root = Files.createDirectories(temporary.toRealPath().resolve("root"));
    }

    /** Also notes what is left out. */
    private static final class Seen extends Collected {
        private final List<String> leftOut = new ArrayList<>();

        @Override
        public void leftOut(LeftOut why, Origin origin) {
            leftOut.add(why.label());
        }

        List<String> subjects() {
            return texts().stream()
                    .map(text -> text.replaceAll("(?s).*?Subject: (\\S+( \\d)?).*", "$1"))
                    .toList();
        }
    }

    private static Seen seen(MailSource source) throws IOException {
        Seen seen = new Seen();
        source.read(seen);
        return seen;
    }

    static Stream<Arguments> mboxes() {
        return Stream.of(
                Arguments.of("mbox (mboxrd), Google Takeout", TAKEOUT, List.of("1", "2")),
                Arguments.of("mbox (mboxo), Pipermail", PIPERMAIL, List.of("[Dev] 1", "[Dev] 2")),
                Arguments.of("mbox (mboxo), HyperKitty", HYPERKITTY, List.of("[Dev] 1", "[Dev] 2")),
                Arguments.of("mbox (mboxrd), Thunderbird", THUNDERBIRD, List.of("1", "2", "3")),
                Arguments.of(
                        "mbox (mboxo), Pipermail", PIPERMAIL.replace(" at ", " à "), List.of("[Dev] 1", "[Dev] 2")),
                Arguments.of(
                        "mbox (mboxo), Pipermail", PIPERMAIL.replace(" at ", " en "), List.of("[Dev] 1", "[Dev] 2")),
                Arguments.of(
                        "mbox (mboxrd), public-inbox",
                        "From mboxrd@z Thu Jan  1 00:00:00 1970\nSubject: 1\n\n>From a\n\n",
                        List.of("1")),
                Arguments.of("mbox (mboxrd)", """
                        From jane@example.org Fri May  7 12:08:34 2004
                        X-BeenThere: dev@lists.example.org
                        Subject: 1

                        text

                        """, List.of("1")),
                Arguments.of("MMDF mailbox", """
                        \1\1\1\1
                        Subject: 1

                        From jane@example.org Fri May  7 12:08:34 2004
                        X: y
                        \1\1\1\1
                        \1\1\1\1
                        Subject: 2

                        \1\1\1\1\s
                        \1\1\1\1
                        """, List.of("1", "2")),
                Arguments.of("mail (emlx)", emlx("Subject: 1\n\ntext\n", 1), List.of("1")));
    }

    @ParameterizedTest
    @MethodSource("mboxes")
    void areRecognisedByTheirContent(String description, String archive, List<String> subjects) throws IOException {
        byte[] octets = archive.getBytes(StandardCharsets.UTF_8);
        MailSource source = Sources.stream("-", new ByteArrayInputStream(octets), SourceOptions.DEFAULT);
        assertThat(source.description()).isEqualTo(description);
        Seen whole = seen(source);
        assertThat(whole.subjects()).isEqualTo(subjects);
        assertThat(whole.rejected).isEmpty();
        Seen slow = seen(Sources.stream("-", Collected.slow(octets), SourceOptions.DEFAULT));
        assertThat(slow.texts()).isEqualTo(whole.texts());
        assertThat(slow.positions()).isEqualTo(whole.positions());
        if (!description.contains("emlx")) { // It counts octets.
            byte[] crLf = archive.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            assertThat(seen(Sources.stream("-", new ByteArrayInputStream(crLf), SourceOptions.DEFAULT))
                            .subjects())
                    .isEqualTo(subjects);
        }
    }

    @Test
    void mailsThatThunderbirdHasExpungedAreLeftOut() throws IOException {
        Seen seen = seen(
                Sources.stream("-", new ByteArrayInputStream(Collected.octets(THUNDERBIRD)), SourceOptions.DEFAULT));
        assertThat(seen.leftOut).containsExactly("deleted");
        assertThat(seen.texts().get(1)).contains("X-Mozilla-Status: 0009");
    }

    @Test
    void anMboxoKeepsWhatItDidNotEscape() throws IOException {
        assertThat(Collected.of(PIPERMAIL).texts().get(1)).endsWith("\nFrom the first\n>>From the second\n");
    }

    /** A mail as Apple Mail keeps it. */
    private static String emlx(String mail, int flags) {
        return mail.length() + "      \n" + mail
                + "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n\t<key>flags</key>\n"
                + "\t<integer>" + flags + "</integer>\n</dict>\n</plist>\n";
    }

    @Test
    void anEmlxIsTheMailWithoutWhatStandsAroundIt() throws IOException {
        String mail = "Subject: 1\n\ntext\n<?xml?>\n";
        assertThat(Collected.of(emlx(mail, 1)).texts()).containsExactly(mail);
        Seen deleted = seen(Sources.stream(
                "-", new ByteArrayInputStream(Collected.octets(emlx(mail, 8590195715L))), SourceOptions.DEFAULT));
        assertThat(deleted.texts()).isEmpty();
        assertThat(deleted.leftOut).containsExactly("deleted");
        assertThat(Collected.of("99999\nSubject: cut\n\ntext\n").texts()).containsExactly("Subject: cut\n\ntext\n");
        byte[] number = Collected.octets("3\nSubject: no emlx\n\ntext\n");
        assertThat(Content.of(number, number.length)).isEqualTo(Content.TEXT);
        String large = "Subject: 1\n\n" + "0123456789\n".repeat(300_000);
        assertThat(Collected.of(emlx(large, 0)).texts()).containsExactly(large);
    }

    private static String emlx(String mail, long flags) {
        return emlx(mail, 0).replace("<integer>0<", "<integer>" + flags + '<');
    }

    /** Folders as a list of {@code name: kind}; kinds: mail, mbox, deleted, text, binary. */
    static Stream<Arguments> folders() {
        return Stream.of(
                Arguments.of("MH", """
                        10: mail
                        9: mail
                        2: mail
                        ,3: deleted
                        #4: deleted
                        .mh_sequences: text
                        lists/1: mail
                        lists/.mh_sequences: text
                        lists/,1: deleted""", "2 9 10 lists/1", 3),
                Arguments.of("MH", "context: text\n.xmhcache: binary\n1: mail", "1", 0),
                Arguments.of("MH", "1: mail\n2: mail", "1 2", 0),
                Arguments.of("Maildir", """
                        cur/1.a.mx:2,S: mail
                        new/2.b.mx: mail
                        tmp/3.c.mx: deleted
                        tmp/half: deleted
                        dovecot-uidlist: text
                        maildirfolder: binary
                        .Lists/cur/4.d.mx:2,: mail
                        .Lists/new/5.d.mx: mail
                        .Lists/tmp/6.d.mx: deleted
                        .cache/cur.bin: binary""", "cur/1.a.mx:2,S new/2.b.mx .Lists/cur/4.d.mx:2, .Lists/new/5.d.mx", 3),
                Arguments.of("Maildir", "cur/a.eml: mail\ntmp/b.eml: deleted", "cur/a.eml", 1),
                Arguments.of("Thunderbird", """
                        INBOX: mbox
                        INBOX.msf: binary
                        INBOX.sbd/can: mbox
                        INBOX.sbd/can.msf: text
                        msgFilterRules.dat: text
                        filterlog.html: text
                        popstate.dat: text
                        Trash: empty
                        Trash.msf: text
                        INBOX.mozmsgs/1.wdseml: mail
                        nstmp: mbox""", "INBOX INBOX.sbd/can", 0),
                Arguments.of("Thunderbird", """
                        prefs.js: text
                        places.sqlite: binary
                        extensions/a.xpi: binary
                        cert9.db: binary
                        Mail/Local Folders/Inbox: mbox
                        Mail/Local Folders/Inbox.msf: text
                        ImapMail/imap.example.org/INBOX: mbox
                        ImapMail/imap.example.org.msf: text""", "ImapMail/imap.example.org/INBOX Mail/Local_Folders/Inbox", 0),
                Arguments.of("Pipermail", """
                        index.html: text
                        2004-May.txt: mbox
                        2004-May.txt.gz: mbox
                        2004-June.txt.gz: mbox
                        2004-May/000001.html: text
                        2004-May/thread.html: text
                        attachments/20040507/0a1b2c3d/attachment.htm: text
                        pipermail.pck: binary
                        database/2004-May-article: binary""", "2004-June.txt.gz 2004-May.txt", 0),
                Arguments.of(
                        "folder",
                        "dev.mbox/dev.mbox: mbox\ndev/index.html: text\ndev/2004-May.txt: mbox\ndev/pipermail.pck: binary",
                        "dev/2004-May.txt dev.mbox/dev.mbox",
                        0),
                Arguments.of("Google Takeout", """
                        archive_browser.html: text
                        Mail/All mail Including Spam and Trash.mbox: mbox
                        Mail/User Settings/Filters.json: text""", "Mail/All_mail_Including_Spam_and_Trash.mbox", 0),
                Arguments.of("folder", """
                        Takeout/Mail/Inbox.mbox: mbox
                        Takeout/archive_browser.html: text
                        Takeout/Drive/notes.eml: mail""", "Takeout/Mail/Inbox.mbox", 0),
                Arguments.of(
                        "folder",
                        """
                        INBOX.mbox/0A-1B/Data/Messages/12.emlx: emlx
                        INBOX.mbox/0A-1B/Data/Messages/13.partial.emlx: emlx
                        INBOX.mbox/0A-1B/Data/Attachments/12/2/letter.eml: mail
                        INBOX.mbox/Info.plist: text
                        INBOX.mbox/table_of_contents: binary
                        Sent.mbox/mbox: mbox""",
                        "INBOX.mbox/0A-1B/Data/Messages/12.emlx INBOX.mbox/0A-1B/Data/Messages/13.partial.emlx"
                                + " Sent.mbox/mbox",
                        0));
    }

    /** The files of a folder. A mail's subject is its name, blanks as {@code _}. */
    private static Map<String, byte[]> files(String listing) {
        Map<String, byte[]> files = new TreeMap<>();
        for (String line : listing.lines().toList()) {
            int colon = line.lastIndexOf(": ");
            String name = line.substring(0, colon);
            String mail = "Subject: " + name.replace(' ', '_') + "\n\ntext\n";
            files.put(
                    name,
                    switch (line.substring(colon + 2)) {
                        case "mbox" -> Packed.mbox(List.of(Collected.octets(mail)), "\n");
                        case "emlx" -> Collected.octets(emlx(mail, 0));
                        case "text" -> Collected.octets("nothing to see\n");
                        case "binary" -> new byte[] {0, 1, 2, 3};
                        case "empty" -> new byte[0];
                        default -> Collected.octets(mail);
                    });
        }
        return files;
    }

    private static List<String> names(Seen seen) {
        return seen.texts().stream()
                .map(text -> text.replaceAll("(?s)Subject: (\\S+).*", "$1"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void foldersAreReadWithoutWhatIsNoMail(String description, String listing, String mails, int leftOut)
            throws IOException {
        for (Map.Entry<String, byte[]> file : files(listing).entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        MailSource source = Sources.open(root.toString(), SourceOptions.DEFAULT);
        assertThat(source.description()).isEqualTo(description);
        Seen seen = seen(source);
        assertThat(seen.rejected).isEmpty();
        if (description.equals("MH")) {
            assertThat(names(seen)).containsExactly(mails.split(" "));
        } else {
            assertThat(names(seen)).containsExactlyInAnyOrder(mails.split(" "));
        }
        assertThat(seen.leftOut).hasSize(leftOut);
    }

    /** What tells a profile or an archive by names beside each other is not known of a tar. */
    @ParameterizedTest
    @MethodSource("folders")
    void packedFoldersAreReadAsTheFolders(String description, String listing, String mails, int leftOut)
            throws IOException {
        if (listing.contains("prefs.js") || listing.contains("database/") || listing.contains("context")) {
            return;
        }
        Map<String, byte[]> files = files(listing);
        for (String prefix : List.of("", "./", "box/")) {
            for (byte[] packed : List.of(tar(prefix, files), zip(prefix, files))) {
                Seen seen = seen(Sources.stream("-", new ByteArrayInputStream(packed), SourceOptions.DEFAULT));
                assertThat(seen.rejected).isEmpty();
                List<String> expected = new ArrayList<>(List.of(mails.split(" ")));
                if (listing.contains("2004-May.txt.gz")) {
                    expected.add("2004-May.txt.gz");
                }
                assertThat(names(seen)).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(seen.leftOut).hasSize(leftOut);
            }
        }
    }

    private static byte[] tar(String prefix, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(prefix + file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return packed.toByteArray();
    }

    /** As a program writes it that cannot go back: sizes stand behind the data. */
    private static byte[] zip(String prefix, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(packed)) {
            zip.setUseZip64(Zip64Mode.Always);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putArchiveEntry(new ZipArchiveEntry(prefix + file.getKey()));
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    zip of mbox (mboxrd), Google Takeout  | Takeout/archive_browser.html Takeout/Mail/All.mbox
                    zip of mbox (mboxrd), groups.io       | dev/messages.mbox
                    zip of MH                             | dev/1 dev/2
                    zip of Maildir                        | dev/tmp/1.a.b dev/cur/1.a.b
                    zip of mail                           | a.eml
                    zip                                   | archive_browser.html
                    """)
    void whatIsPackedIsNamed(String description, String names) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : names.split(" ", -1)) {
            files.put(
                    name,
                    name.endsWith("All.mbox")
                            ? Collected.octets(TAKEOUT)
                            : name.endsWith(".mbox")
                                    ? Packed.mbox(
                                            List.of(Collected.octets(
                                                    "List-Id: <dev.example.groups.io>\nSubject: 1\n\ntext\n")),
                                            "\n")
                                    : Collected.octets("Subject: 1\n\ntext\n"));
        }
        assertThat(Sources.stream("-", new ByteArrayInputStream(zip("", files)), SourceOptions.DEFAULT)
                        .description())
                .isEqualTo(description);
        byte[] tar = Packed.compress(Compression.GZIP, tar("", files));
        assertThat(Sources.stream("-", new ByteArrayInputStream(tar), SourceOptions.DEFAULT)
                        .description())
                .isEqualTo(description.replace("zip", "tar") + ", gzip");
    }

    @Test
    void hostileNamesAreNothingButNames() throws IOException {
        String mail = "mail";
        Map<String, byte[]> files = files(String.join(
                ": mail\n",
                "../../../etc/passwd",
                "/absolute",
                "C:\\windows",
                "a//b",
                "..",
                ".",
                "a".repeat(3_000),
                "tmp",
                "cur",
                "\u202egnp.exe",
                "last: " + mail));
        files.put("two\nlines", Collected.octets("Subject: lines\n\n"));
        files.put("nul\0nul", Collected.octets("Subject: nul\n\n"));
        for (byte[] packed : List.of(tar("", files), zip("", files))) {
            Seen seen = seen(Sources.stream("-", new ByteArrayInputStream(packed), SourceOptions.DEFAULT));
            // A hidden name is left out in an archive as in a folder.
            assertThat(seen.mails).hasSize(files.size() - 2);
            assertThat(seen.rejected).isEmpty();
            assertThat(seen.positions()).allMatch(position -> position.length() <= 1_000);
        }
        Files.write(root.resolve("two\nlines"), Collected.octets("Subject: lines\n\n"));
        assertThat(seen(Sources.open(root.toString(), SourceOptions.DEFAULT)).mails)
                .hasSize(1);
    }

    @Test
    void aTarOfVeryManyMailsIsReadAtOnce() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] mail = Collected.octets("Subject: 1\n\ntext\n");
        int count = 20_000;
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
            for (int i = 0; i < count; i++) {
                TarArchiveEntry entry = new TarArchiveEntry("cur" + i + "/cur/" + i + ".a.b");
                entry.setSize(mail.length);
                tar.putArchiveEntry(entry);
                tar.write(mail);
                tar.closeArchiveEntry();
            }
        }
        assertThat(seen(Sources.stream("-", new ByteArrayInputStream(packed.toByteArray()), SourceOptions.DEFAULT))
                        .mails)
                .hasSize(count);
    }
}
