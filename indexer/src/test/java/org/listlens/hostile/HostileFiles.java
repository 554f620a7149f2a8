package org.listlens.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes all hostile mails, the seeds of fuzzing and what it has found into a folder, for programs that take files. */
public final class HostileFiles {
    private HostileFiles() {}

    /** Takes the folder, and by how much mails are to be smaller than they can be. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(write(Path.of(arguments[0]), Integer.parseInt(arguments[1])) + " files");
    }

    /**
     * Writes the files and returns their number.
     *
     * @param part by how much hostile mails are smaller than the largest
     */
    public static int write(Path folder, int part) throws IOException {
        Files.createDirectories(folder);
        int count = 0;
        for (HostileMail mail : HostileMail.all()) {
            String name = mail.name().replaceAll("[^A-Za-z0-9]+", "-");
            Files.write(
                    folder.resolve("%03d-%s.eml".formatted(count++, name)),
                    mail.of().apply(Math.max(1, mail.most() / part)));
        }
        for (FuzzTargets.Target target : FuzzTargets.all()) {
            for (byte[] seed : target.seeds()) {
                Files.write(folder.resolve("%03d-seed-%s.eml".formatted(count++, target.name())), seed);
            }
        }
        Path finds = Path.of(
                System.getProperty("listlens.root", "."), "indexer/src/test/resources/org/listlens/hostile/finds");
        try (var files = Files.list(finds)) {
            for (Path find : files.sorted().toList()) {
                Files.copy(find, folder.resolve("%03d-find.eml".formatted(count++)));
            }
        }
        return count;
    }
}
