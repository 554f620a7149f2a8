package org.listlens.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.listlens.archives.Archives;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;
import org.listlens.source.Collected;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.RejectedEntry;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;

class ImapSourceTest {
    private FakeImap server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeImap();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private MailSource open() throws IOException {
        return open("");
    }

    private MailSource open(String path) throws IOException {
        return Archives.open(Imap.url(server.port()) + path, Imap.options());
    }

    private static Collected read(MailSource source, Positions known) throws IOException {
        Collected read = new Collected();
        source.read(known, read);
        return read;
    }

    private static List<String> texts(int... numbers) {
        List<String> texts = new ArrayList<>();
        for (int number : numbers) {
            texts.add(new String(Imap.mail(number), StandardCharsets.ISO_8859_1));
        }
        return texts;
    }

    private void fill(int count) {
        for (int i = 1; i <= count; i++) {
            server.inbox().add(Imap.mail(i));
        }
    }

    @Test
    void namesMailsAndArchiveWithoutThePassword() throws IOException {
        fill(2);
        MailSource source = open();
        String name = "imap://joe@127.0.0.1:" + server.port() + "/INBOX";
        assertThat(source.name()).isEqualTo(name);
        Collected read = read(source, Positions.NONE);
        assertThat(read.mails)
                .extracting(mail -> mail.origin().toString())
                .containsExactly(name + ":7:1", name + ":7:2");
        assertThat(read.reached)
                .extracting(Position::archive, position -> position.state().toString(), Position::mails)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(name, "{messages=2, uid=2, uidvalidity=7}", 2L));
        assertThat(source.toString()).doesNotContain("pass");
    }

    @Test
    void onlyLooks() throws IOException {
        fill(3);
        read(open(), Positions.NONE);
        assertThat(server.commands())
                .allMatch(command -> command.matches("(CAPABILITY|EXAMINE|AUTHENTICATE|UID SEARCH|LOGOUT).*"
                        + "|UID FETCH [0-9:]+ \\(UID (RFC822\\.SIZE|BODY\\.PEEK\\[](<[0-9.]+>)?)\\)"
                        + "|[A-Za-z0-9+/=]+"));
    }

    @Test
    void asksOnceWhenNothingHasChanged() throws IOException {
        fill(3);
        Positions known = read(open(), Positions.NONE).known(Positions.NONE);
        MailSource source = open();
        server.received.clear();
        Collected again = read(source, known);
        assertThat(again.mails).isEmpty();
        assertThat(again.reached).isEmpty();
        assertThat(server.commands()).containsExactly("EXAMINE INBOX", "LOGOUT");
    }

    @Test
    void findsNewMailAlthoughTheLastWasExpunged() throws IOException {
        fill(3);
        server.inbox().remove(3);
        Positions known = read(open(), Positions.NONE).known(Positions.NONE);
        server.received.clear();
        Collected none = read(open(), known);
        assertThat(none.shrunk).isFalse();
        assertThat(server.commands()).noneMatch(command -> command.contains("SEARCH"));
        server.inbox().add(Imap.mail(4));
        Collected more = read(open(), known);
        assertThat(more.texts()).isEqualTo(texts(4));
        assertThat(more.shrunk).isFalse();
    }

    @Test
    void readsAllAnewWhenUidsAreNewOnes() throws IOException {
        fill(3);
        Positions known = read(open(), Positions.NONE).known(Positions.NONE);
        server.inbox().validity = 8;
        Collected again = read(open(), known);
        assertThat(again.shrunk).isTrue();
        assertThat(again.texts()).isEqualTo(texts(1, 2, 3));
        Positions later = again.known(known);
        assertThat(later.all()).extracting(Position::mails).containsExactly(3L);
        assertThat(read(open(), later).texts()).isEmpty();
    }

    @Test
    void readsAllAnewWhenUidsHaveFallen() throws IOException {
        fill(3);
        Positions known = read(open(), Positions.NONE).known(Positions.NONE);
        server.boxes.put("INBOX", new FakeImap.Box());
        server.inbox().add(Imap.mail(4));
        Collected again = read(open(), known);
        assertThat(again.shrunk).isTrue();
        assertThat(again.texts()).isEqualTo(texts(4));
    }

    @Test
    void readsAllAnewWhenUidsChangeWhileItReads() throws IOException {
        fill(3);
        AtomicInteger fetches = new AtomicInteger();
        server.hook = command -> {
            if (command.contains("BODY") && fetches.getAndIncrement() == 0) {
                server.inbox().validity = 9;
                throw new IOException("cut");
            }
        };
        Collected read = read(open(), Positions.NONE);
        assertThat(read.shrunk).isTrue();
        assertThat(read.texts()).isEqualTo(texts(1, 2, 3));
        assertThat(read.positions()).containsExactly("9:1", "9:2", "9:3");
    }

    @Test
    void givesUpOnAMailboxThatIsNumberedAnewAgainAndAgain() throws IOException {
        fill(3);
        server.hook = command -> {
            if (command.contains("BODY")) {
                server.inbox().validity = server.inbox().validity + 1;
                throw new IOException("cut");
            }
        };
        assertThatThrownBy(() -> read(open(), Positions.NONE))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("numbered anew");
    }

    @Test
    void notesNoPositionWhereUidsAreGoodForOneSessionOnly() throws IOException {
        fill(3);
        server.inbox().validity = -1;
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).isEqualTo(texts(1, 2, 3));
        assertThat(read.reached).isEmpty();
    }

    @Test
    void tellsOnceThatMailsAreGone() throws IOException {
        fill(5);
        Positions known = read(open(), Positions.NONE).known(Positions.NONE);
        server.inbox().remove(2);
        server.inbox().remove(3);
        Collected second = read(open(), known);
        assertThat(second.shrunk).isTrue();
        assertThat(second.mails).isEmpty();
        known = second.known(known);
        assertThat(known.all()).extracting(Position::mails).containsExactly(3L);
        assertThat(read(open(), known).shrunk).isFalse();
        server.inbox().remove(1);
        server.inbox().add(Imap.mail(6));
        Collected third = read(open(), known);
        assertThat(third.shrunk).isTrue();
        assertThat(third.texts()).isEqualTo(texts(6));
        known = third.known(known);
        assertThat(known.all()).extracting(Position::mails).containsExactly(3L);
        assertThat(read(open(), known).shrunk).isFalse();
    }

    @Test
    void tellsThatAMailboxWasEmptied() throws IOException {
        fill(2);
        Positions known = read(open(), Positions.NONE).known(Positions.NONE);
        server.inbox().remove(1);
        server.inbox().remove(2);
        Collected read = read(open(), known);
        assertThat(read.shrunk).isTrue();
        assertThat(read.mails).isEmpty();
    }

    @Test
    void passesOverMailsThatVanishWhileItReads() throws IOException {
        fill(6);
        server.hook = command -> {
            if (command.contains("BODY")) {
                server.inbox().remove(2);
                server.inbox().remove(6);
            }
        };
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).isEqualTo(texts(1, 3, 4, 5));
        assertThat(read.rejected).isEmpty();
        server.hook = command -> {};
        Positions known = read.known(Positions.NONE);
        Collected again = read(open(), known);
        assertThat(again.mails).isEmpty();
        assertThat(again.shrunk).isFalse();
    }

    @Test
    void rejectsWhatTheServerDoesNotGive() throws IOException {
        fill(6);
        server.refused.add(2L);
        server.empty.add(5L);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).containsExactlyInAnyOrderElementsOf(texts(1, 3, 4, 6));
        assertThat(read.rejected)
                .extracting(entry -> entry.origin().position(), entry -> entry.reason())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "7:2", "cannot be fetched: the server says \"[SERVERBUG] cannot read it\""),
                        org.assertj.core.groups.Tuple.tuple(
                                "7:5", "cannot be fetched: the server does not give its content"));
        Collected again = read(open(), read.known(Positions.NONE));
        assertThat(again.mails).isEmpty();
        assertThat(again.rejected).isEmpty();
        assertThat(again.shrunk).isFalse();
    }

    @Test
    void rejectsAMailAtWhichTheConnectionBreaksEachTime() throws IOException {
        fill(6);
        server.deadly.add(3L);
        server.deadly.add(6L);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).isEqualTo(texts(1, 2, 4, 5));
        assertThat(read.rejected).extracting(entry -> entry.origin().position()).containsExactly("7:3", "7:6");
        assertThat(read.reached.getLast().state()).containsEntry("uid", "6");
    }

    @Test
    void makesNoRoomForWhatAServerOnlyAnnounces() throws IOException {
        fill(6);
        server.announced.put(3L, Integer.MAX_VALUE - 100);
        server.announced.put(6L, 100_000_000);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).isEqualTo(texts(1, 2, 4, 5));
        assertThat(read.rejected)
                .extracting(RejectedEntry::reason)
                .hasSize(2)
                .allMatch(reason -> reason.contains("announced"));
    }

    @Test
    void doesNotRejectAllBecauseTheServerIsGoingDown() throws IOException {
        fill(10);
        for (long uid = 3; uid <= 10; uid++) {
            server.deadly.add(uid);
        }
        MailSource source = open();
        Collected read = new Collected();
        assertThatThrownBy(() -> source.read(Positions.NONE, read))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("run this again");
        assertThat(read.texts()).isEqualTo(texts(1, 2));
        assertThat(read.rejected).isEmpty();
        assertThat(read.reached).isEmpty();
    }

    @Test
    void goesOnWhereAConnectionIsCut() throws IOException {
        fill(4);
        int whole = Imap.mail(1).length + Imap.mail(2).length + Imap.mail(3).length + Imap.mail(4).length + 1_200;
        try (CuttingProxy proxy = new CuttingProxy(server.port())) {
            int cuts = 0;
            for (int cut = 0; cut < whole; cut += 3) {
                MailSource source = new ImapSource(Imap.url(proxy.port()), Imap.options());
                proxy.cut(cut);
                // The connection of opening is on its way already; the cut is for the next one.
                server.cut();
                server.received.clear();
                Collected read = Collected.of(source);
                assertThat(read.texts()).as("cut after " + cut).isEqualTo(texts(1, 2, 3, 4));
                assertThat(read.rejected).isEmpty();
                cuts += server.commands().stream()
                                        .filter(command -> command.startsWith("EXAMINE"))
                                        .count()
                                > 1
                        ? 1
                        : 0;
            }
            assertThat(cuts).isGreaterThan(50);
        }
    }

    @Test
    void fetchesLargeMailsInParts() throws IOException {
        byte[] large = "x\u00ff\r\n".repeat(700_000).getBytes(StandardCharsets.ISO_8859_1);
        byte[] even = new byte[2 << 20];
        java.util.Arrays.fill(even, (byte) 'e');
        server.inbox().add(Imap.mail(1));
        server.inbox().add(large);
        server.inbox().add(Imap.mail(3));
        server.inbox().add(even);
        AtomicInteger parts = new AtomicInteger();
        server.hook = command -> {
            // Each third part is cut off.
            if (command.contains("BODY") && parts.incrementAndGet() % 3 == 0) {
                throw new IOException("cut");
            }
        };
        Collected read = read(open(), Positions.NONE);
        assertThat(read.mails).extracting(RawMail::bytes).containsExactly(Imap.mail(1), large, Imap.mail(3), even);
        assertThat(read.mails).noneMatch(RawMail::truncated);
        assertThat(parts.get()).isGreaterThan(8);
    }

    @Test
    void cutsALargeMailAtTheLimit() throws IOException {
        byte[] large = new byte[(5 << 20) + 7];
        server.inbox().add(large);
        server.inbox().add(Imap.mail(2));
        SourceOptions options =
                new SourceOptions(Collected.keeping((3 << 20) + 5, null).limits(), null);
        Collected read = Collected.of(new ImapSource(Imap.url(server.port()), options));
        assertThat(read.mails.getFirst().bytes()).hasSize((3 << 20) + 5);
        assertThat(read.mails.getFirst().size()).isEqualTo(large.length);
        assertThat(read.mails.get(1).bytes()).isEqualTo(Imap.mail(2));
    }

    @Test
    void fetchesLargeMailsAsAWholeFromServersThatCannotGiveParts() throws IOException {
        byte[] large = "large\r\n".repeat(300_000).getBytes(StandardCharsets.ISO_8859_1);
        server.inbox().add(Imap.mail(1));
        server.inbox().add(large);
        server.inbox().add(Imap.mail(3));
        server.noParts = true;
        Collected read = read(open(), Positions.NONE);
        assertThat(read.mails).extracting(RawMail::bytes).containsExactly(Imap.mail(1), large, Imap.mail(3));
        assertThat(read.rejected).isEmpty();
    }

    @Test
    void doesNotBelieveSizes() throws IOException {
        byte[] large = "large\r\n".repeat(300_000).getBytes(StandardCharsets.ISO_8859_1);
        server.inbox().add(large);
        server.inbox().add(Imap.mail(2));
        server.inbox().add(Imap.mail(3));
        server.sizes.put(1L, 10);
        server.sizes.put(2L, 5_000_000);
        server.sizes.put(3L, 1);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.mails).extracting(RawMail::bytes).containsExactly(large, Imap.mail(2), Imap.mail(3));
        assertThat(read.mails).noneMatch(RawMail::truncated);
    }

    @Test
    void takesMailsInAnyOrderOfTheServer() throws IOException {
        fill(5);
        server.descending = true;
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).containsExactlyInAnyOrderElementsOf(texts(1, 2, 3, 4, 5));
        assertThat(read.reached.getLast().state()).containsEntry("uid", "5");
    }

    @Test
    void tellsPositionsOnTheWay() throws IOException {
        fill(650);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.mails).hasSize(650);
        assertThat(read.reached)
                .extracting(position -> position.state().get("uid"))
                .containsExactly("200", "400", "600", "650");
    }

    @Test
    void readsAllMailboxesBelow() throws IOException {
        server.box("lists.a").add(Imap.mail(1));
        server.box("lists.b").add(Imap.mail(2));
        server.box("listserv").add(Imap.mail(3));
        fill(1);
        String root = "imap://joe@127.0.0.1:" + server.port() + "/";
        for (String path : List.of("/lists/", "/lists/*")) {
            MailSource source = open(path);
            assertThat(source.name()).isEqualTo(root + "lists/*");
            assertThat(source.description()).isEqualTo("IMAP, 2 mailboxes");
            Collected read = read(source, Positions.NONE);
            assertThat(read.texts()).isEqualTo(texts(1, 2));
            assertThat(read.reached).extracting(Position::archive).containsExactly(root + "lists.a", root + "lists.b");
        }
        assertThat(read(open("/"), Positions.NONE).mails).hasSize(4);
        assertThat(read(open("/*"), Positions.NONE).mails).hasSize(4);
        assertThat(read(open(""), Positions.NONE).mails).hasSize(1);
        assertThatThrownBy(() -> open("/none/*"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("There is no mailbox below");
    }

    @Test
    void forgetsMailboxesThatWereDeleted() throws IOException {
        server.box("lists.a").add(Imap.mail(1));
        server.box("lists.b").add(Imap.mail(2));
        Positions known = read(open("/*"), Positions.NONE).known(Positions.NONE);
        assertThat(known.all()).hasSize(3);
        server.boxes.remove("lists.a");
        Collected read = read(open("/*"), known);
        assertThat(read.shrunk).isTrue();
        assertThat(read.mails).isEmpty();
        assertThat(read.known(known).all()).hasSize(2);
    }

    @Test
    void rejectsAMailboxThatCannotBeOpenedAmongOthers() throws IOException {
        server.box("a").add(Imap.mail(1));
        server.box("b").add(Imap.mail(2));
        server.hook = command -> {
            if (command.equals("EXAMINE a")) {
                server.boxes.remove("a");
            }
        };
        Collected read = read(open("/*"), Positions.NONE);
        assertThat(read.texts()).isEqualTo(texts(2));
        assertThat(read.rejected)
                .extracting(entry -> entry.reason())
                .containsExactly("cannot be opened: the server says \"[NONEXISTENT] no such mailbox\"");
    }

    @Test
    void saysWhichMailboxesThereAre() {
        server.box("lists.a");
        assertThatThrownBy(() -> open("/nix"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("/nix cannot be opened ([NONEXISTENT] no such mailbox)")
                .hasMessageContaining("there are INBOX, lists.a.");
    }

    @Test
    void wantsTheUidValidityOfTheUrl() throws IOException {
        fill(1);
        assertThat(read(open("/INBOX;UIDVALIDITY=7"), Positions.NONE).mails).hasSize(1);
        assertThatThrownBy(() -> open("/INBOX;UIDVALIDITY=8"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("has the UIDVALIDITY 7, not 8");
    }

    @Test
    void waitsForAServerThatComesBack() throws IOException {
        fill(3);
        MailSource source = open();
        AtomicInteger logins = new AtomicInteger();
        server.cut();
        server.hook = command -> {
            if (command.startsWith("AUTHENTICATE") && logins.incrementAndGet() < 4) {
                throw new IOException("not yet");
            }
        };
        assertThat(read(source, Positions.NONE).texts()).isEqualTo(texts(1, 2, 3));
        assertThat(logins).hasValue(4);
    }

    @Test
    void saysThatAServerDoesNotComeBack() throws IOException {
        fill(3);
        RemoteOptions remote = Imap.options().remote();
        MailSource source = new ImapSource(
                Imap.url(server.port()),
                new SourceOptions(
                        Limits.DEFAULT,
                        null,
                        new RemoteOptions(
                                null, null, null, null, false, remote.interval(), Duration.ofMillis(300), 1)));
        server.close();
        assertThatThrownBy(() -> read(source, Positions.NONE))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("did not come back")
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    void passesOnWhatTheReceiverThrows() throws IOException {
        fill(3);
        IOException full = new IOException("disk full");
        MailSource source = open();
        assertThatThrownBy(() -> source.read(Positions.NONE, new Collected() {
                    @Override
                    public void mail(RawMail mail) {
                        throw new java.io.UncheckedIOException(full);
                    }
                }))
                .hasCause(full);
        assertThat(server.connections()).isEqualTo(1);
    }
}
