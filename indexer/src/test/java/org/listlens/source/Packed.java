package org.listlens.source;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes archives. */
final class Packed {
    private Packed() {}

    static byte[] compress(Compression compression, byte[] octets) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = switch (compression) {
            case GZIP -> new GZIPOutputStream(packed);
            case BZIP2 -> new BZip2CompressorOutputStream(packed, 1);
            case XZ -> new XZOutputStream(packed, new LZMA2Options(0));
            case ZSTD -> new ZstdOutputStream(packed).setChecksum(true);
        }) {
            out.write(octets);
        }
        return packed.toByteArray();
    }

    /** An mboxrd. */
    static byte[] mbox(List<byte[]> mails, String lineEnd) {
        StringBuilder mbox = new StringBuilder();
        for (byte[] mail : mails) {
            String text = new String(mail, java.nio.charset.StandardCharsets.ISO_8859_1);
            mbox.append("From jane@example.org Fri Jul  8 12:08:34 2011").append(lineEnd);
            mbox.append(text.replaceAll("(?m)^(>*From )", ">$1")).append(lineEnd);
        }
        return Collected.octets(mbox.toString());
    }

    /** A tar with a folder, a link and the files {@code box/0}, {@code box/1} … */
    static byte[] tar(List<byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
            tar.putArchiveEntry(new TarArchiveEntry("box/"));
            tar.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("box/link", TarArchiveEntry.LF_SYMLINK);
            link.setLinkName("/etc/hostname");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            for (int i = 0; i < files.size(); i++) {
                TarArchiveEntry entry = new TarArchiveEntry("box/" + i);
                entry.setSize(files.get(i).length);
                tar.putArchiveEntry(entry);
                tar.write(files.get(i));
                tar.closeArchiveEntry();
            }
        }
        return packed.toByteArray();
    }

    static byte[] zip(List<byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(packed)) {
            for (int i = 0; i < files.size(); i++) {
                zip.putArchiveEntry(new ZipArchiveEntry("../box/" + i));
                zip.write(files.get(i));
                zip.closeArchiveEntry();
            }
        }
        return packed.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
