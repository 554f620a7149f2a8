package org.listlens.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Sets JGit up, once for all, and opens repositories with it. Left alone it runs git to find the system's
 * configuration, reads the user's, measures the file system with files that it puts into the repository, and notes the
 * outcome in the user's configuration.
 */
final class Jgit {
    /**
     * How many octets of an object are taken at once. Beyond that JGit unpacks deltas by writing into the repository,
     * so larger ones are not read.
     */
    static final int MAX_OBJECT = 128 << 20;

    /** Mails are packed as chains of deltas; git keeps as much of them, JGit by default a tenth. */
    private static final int DELTA_BASES = 96 << 20;

    private static final int PACK_WINDOWS = 64 << 20;

    static {
        SystemReader.setInstance(new Unconfigured(SystemReader.getInstance()));
        FS.FileStoreAttributes.setBackground(true);
        WindowCacheConfig cache = new WindowCacheConfig();
        cache.setDeltaBaseCacheLimit(DELTA_BASES);
        cache.setPackedGitLimit(PACK_WINDOWS);
        cache.install();
    }

    private Jgit() {}

    /**
     * Opens a repository.
     *
     * @param gitDir the folder that has {@code HEAD} and {@code objects} in it
     */
    static Repository open(Path gitDir) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(gitDir.toFile())
                .setMustExist(true)
                .build();
    }

    /** Makes an empty bare repository in a folder that is there. */
    static Repository create(Path folder) throws IOException {
        Repository repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.create(true);
        return repository;
    }

    /** The system without any configuration of git. */
    private static final class Unconfigured extends SystemReader.Delegate {
        Unconfigured(SystemReader system) {
            super(system);
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new EmptyConfig(parent, fs);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new EmptyConfig(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new EmptyConfig(parent, fs);
        }
    }

    /** A configuration that holds nothing but the resolution of time stamps of all file systems: that of FAT. */
    private static final class EmptyConfig extends FileBasedConfig {
        @SuppressWarnings("NullAway") // There is no file.
        EmptyConfig(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(String section, String subsection, String name, long defaultValue, TimeUnit unit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                    ? unit.convert(FS.FileStoreAttributes.FALLBACK_TIMESTAMP_RESOLUTION)
                    : super.getTimeUnit(section, subsection, name, defaultValue, unit);
        }
    }
}
