package org.listlens.trace;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.listlens.mail.HeaderField;
import org.tukaani.xz.XZInputStream;

/** The headers of real archives, read in the simplest way that does for them. */
final class CorpusHeaders {
    private CorpusHeaders() {}

    /** Hands over the header fields of every mail in a folder of compressed mboxes or tars of mails. */
    static void forEach(Path folder, Consumer<List<HeaderField>> mails) throws IOException {
        TreeSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(files::add);
        }
        for (Path file : files) {
            try (InputStream in = decompressed(file)) {
                if (file.toString().endsWith(".tar.xz")) {
                    TarArchiveInputStream tar = new TarArchiveInputStream(in);
                    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                        if (entry.isFile()) {
                            read(tar, false, mails);
                        }
                    }
                } else {
                    read(in, true, mails);
                }
            }
        }
    }

    private static InputStream decompressed(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        String name = file.toString();
        return name.endsWith(".zst")
                ? new ZstdInputStream(in)
                : name.endsWith(".xz") ? new XZInputStream(in) : new GZIPInputStream(in);
    }

    private static void read(InputStream in, boolean mbox, Consumer<List<HeaderField>> mails) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        List<String> header = new ArrayList<>();
        boolean inHeader = !mbox;
        boolean afterBlank = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (mbox && afterBlank && line.startsWith("From ")) {
                inHeader = true;
            } else if (inHeader && line.isEmpty()) {
                mails.accept(fields(header));
                header.clear();
                inHeader = false;
            } else if (inHeader) {
                header.add(line);
            }
            afterBlank = line.isEmpty();
        }
        if (!header.isEmpty()) {
            mails.accept(fields(header));
        }
    }

    private static List<HeaderField> fields(List<String> header) {
        List<HeaderField> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i <= header.size(); i++) {
            String line = i < header.size() ? header.get(i) : "";
            if (i < header.size() && (line.startsWith(" ") || line.startsWith("\t"))) {
                field.append(line);
                continue;
            }
            int colon = field.indexOf(":");
            if (colon > 0) {
                fields.add(new HeaderField(
                        field.substring(0, colon).strip(),
                        field.substring(colon + 1).strip(),
                        fields.size()));
            }
            field.setLength(0);
            field.append(line);
        }
        return fields;
    }
}
