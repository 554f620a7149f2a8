package org.listlens.git;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A folder that is deleted when it is closed, when nobody holds it any more, or when the program ends. */
final class TemporaryFolder implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Set<Path> LEFT = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LEFT.forEach(TemporaryFolder::delete), "temporary-folders"));
    }

    private final Path path;
    private final Cleaner.Cleanable cleanable;

    TemporaryFolder(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        LEFT.add(folder);
        path = folder;
        cleanable = CLEANER.register(this, () -> delete(folder));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new Deletion());
            LEFT.remove(folder);
        } catch (IOException e) {
            // It is tried again when the program ends, and then left to the system.
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
