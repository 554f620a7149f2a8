package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarStreamTest {
    private static final List<String> NAMES = List.of(
            "short", "a/" + "b".repeat(97), "c/".repeat(60) + "d", "e".repeat(3_000), "\u00fcber/\u4f60\u597d", "last");

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void readsNamesOfEveryLength(int longNames) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "UTF-8")) {
            tar.setLongFileMode(longNames);
            tar.setAddPaxHeadersForNonAsciiNames(longNames == TarArchiveOutputStream.LONGFILE_POSIX);
            for (String name : NAMES) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(name.length());
                tar.putArchiveEntry(entry);
                tar.write(Collected.octets("x".repeat(name.length())));
                tar.closeArchiveEntry();
            }
        }
        TarStream read = new TarStream(Collected.slow(packed.toByteArray()));
        List<String> names = new ArrayList<>();
        String name;
        while ((name = read.next()) != null) {
            names.add(name);
            // Some are read, some are left unread.
            if (names.size() % 2 == 0) {
                assertThat(read.readAllBytes()).hasSize(name.length());
            }
        }
        assertThat(names).isEqualTo(NAMES);
    }

    @Test
    void joinsThePrefixOfUstar() throws IOException {
        byte[] header = header("name", 0, '0');
        System.arraycopy(Collected.octets("ustar\0" + "00"), 0, header, 257, 8);
        System.arraycopy(Collected.octets("some/folder"), 0, header, 345, 11);
        assertThat(new TarStream(new ByteArrayInputStream(sealed(header))).next())
                .isEqualTo("some/folder/name");
    }

    @Test
    void holdsNoMoreThanAPartOfWhatStandsInFrontOfAnEntry() throws IOException {
        byte[] filler = Collected.octets("a".repeat(1 << 20));
        byte[] tar = Packed.concat(header("L", filler.length, 'L'), filler, header("file", 0, '0'));
        assertThat(new TarStream(new ByteArrayInputStream(tar)).next()).hasSize(64 << 10);
        byte[] pax = Packed.concat(header("x", filler.length, 'x'), filler, header("file", 0, '0'));
        assertThat(new TarStream(new ByteArrayInputStream(pax)).next()).isEqualTo("file");
    }

    @Test
    void takesTheSizeThatPaxGives() throws IOException {
        byte[] attributes = Arrays.copyOf(Collected.octets("9 size=3\n9 size=x\n"), TarStream.BLOCK);
        byte[] data = Arrays.copyOf(Collected.octets("abc"), TarStream.BLOCK);
        TarStream tar = new TarStream(new ByteArrayInputStream(
                Packed.concat(header("x", 9, 'x'), attributes, header("a", 0, '0'), data, header("b", 0, '0'))));
        assertThat(tar.next()).isEqualTo("a");
        assertThat(tar.readAllBytes()).isEqualTo(Collected.octets("abc"));
        assertThat(tar.next()).isEqualTo("b");
        assertThat(tar.next()).isNull();
    }

    @Test
    void saysWhatIsWrong() {
        byte[] header = header("a", 1_000, '0');
        fails(Arrays.copyOf(header, 700), "unexpected end");
        fails(Packed.concat(header("a", 0, '0'), new byte[] {1}), "unexpected end");
        byte[] noHeader = new byte[TarStream.BLOCK];
        Arrays.fill(noHeader, (byte) 'x');
        fails(Packed.concat(header("a", 0, '0'), noHeader), "no header");
        byte[] size = header("a", 0, '0');
        size[130] = 'x';
        fails(Packed.concat(header("a", 0, '0'), sealed(size)), "no number");
    }

    private static void fails(byte[] tar, String message) {
        assertThatThrownBy(() -> {
                    TarStream stream = new TarStream(new ByteArrayInputStream(tar));
                    while (stream.next() != null) {
                        stream.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    private static byte[] header(String name, int size, char type) {
        byte[] header = new byte[TarStream.BLOCK];
        System.arraycopy(Collected.octets(name), 0, header, 0, name.length());
        byte[] digits = Collected.octets(Integer.toOctalString(size));
        System.arraycopy(digits, 0, header, 124, digits.length);
        header[156] = (byte) type;
        return sealed(header);
    }

    /** Writes the checksum. */
    private static byte[] sealed(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        byte[] digits = Collected.octets(Integer.toOctalString(sum));
        System.arraycopy(digits, 0, header, 148, digits.length);
        return header;
    }
}
