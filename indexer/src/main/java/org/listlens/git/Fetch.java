package org.listlens.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import org.listlens.source.RemoteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what is new on a repository's remote, as {@code git fetch} does. Work trees are not touched, no program is run
 * whatever the configuration names, and no password is sent but one in the remote's own address.
 */
final class Fetch {
    private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);
    private static final Set<String> SCHEMES = Set.of("http", "https", "git", "file");
    private static final String UPLOAD_PACK = "git-upload-pack";

    private Fetch() {}

    /**
     * Fetches.
     *
     * @param cancelled asked now and then
     * @return whether there is a remote to fetch from
     * @throws IOException when fetching fails
     */
    static boolean run(RepositoryEpoch epoch, RemoteOptions options, BooleanSupplier cancelled) throws IOException {
        try (Repository repository = epoch.open()) {
            Ref head = repository.exactRef(Constants.HEAD);
            String branch = head != null && head.isSymbolic() ? head.getTarget().getName() : null;
            RemoteConfig remote = remote(repository.getConfig(), branch);
            if (remote == null || remote.getURIs().isEmpty()) {
                return false;
            }
            List<RefSpec> specs = specs(repository, remote, branch);
            if (specs.isEmpty()) {
                return false;
            }
            URIish uri = remote.getURIs().getFirst();
            if (!isSpoken(uri)) {
                LOG.warn(
                        "The remote of {} is not reached by HTTP, git or a path; what git fetch brings is followed.",
                        epoch.path());
                return false;
            }
            keepPacks(repository.getConfig());
            try (Transport transport = Transport.open(repository, uri)) {
                transport.setOptionUploadPack(UPLOAD_PACK);
                transport.setTagOpt(TagOpt.NO_TAGS);
                transport.setRemoveDeletedRefs(false);
                transport.setTimeout((int) options.timeout().toSeconds());
                transport.fetch(new Cancellable(cancelled), specs);
                return true;
            } catch (IOException | RuntimeException e) {
                throw new IOException(
                        "Cannot fetch " + uri.setPass(null).setUser(null) + " into " + epoch.path() + ": "
                                + e.getMessage() + '.',
                        e);
            }
        }
    }

    /** The remote of the branch, else the one that was cloned, else the only one. */
    private static @Nullable RemoteConfig remote(Config config, @Nullable String branch) throws IOException {
        String name = branch != null && branch.startsWith(Constants.R_HEADS)
                ? new BranchConfig(config, branch.substring(Constants.R_HEADS.length())).getRemote()
                : null;
        Set<String> names = config.getSubsections(ConfigConstants.CONFIG_REMOTE_SECTION);
        if (name == null || !names.contains(name)) {
            name = names.contains(Constants.DEFAULT_REMOTE_NAME)
                    ? Constants.DEFAULT_REMOTE_NAME
                    : names.size() == 1 ? names.iterator().next() : null;
        }
        try {
            return name == null ? null : new RemoteConfig(config, name);
        } catch (URISyntaxException e) {
            throw new IOException("The remote " + name + " has an address that cannot be read: " + e.getMessage(), e);
        }
    }

    /** What is fetched; nothing where that would move a branch under a work tree. */
    private static List<RefSpec> specs(Repository repository, RemoteConfig remote, @Nullable String branch) {
        List<RefSpec> specs = remote.getFetchRefSpecs();
        if (specs.isEmpty() && repository.isBare() && branch != null) {
            return List.of(new RefSpec('+' + branch + ':' + branch));
        }
        for (RefSpec spec : specs) {
            String destination = spec.getDestination();
            boolean moves = destination != null
                    && (destination.startsWith(Constants.R_HEADS) || destination.equals(Constants.R_REFS + '*'));
            if (moves && !repository.isBare()) {
                return List.of();
            }
        }
        return specs;
    }

    /** Leaves it to git gc to put packs together; set for this fetch only, and not saved. */
    private static void keepPacks(Config config) {
        config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
        config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTOPACKLIMIT, 0);
        config.setBoolean(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTODETACH, false);
    }

    /** Whether JGit can fetch from there by itself. */
    private static boolean isSpoken(URIish uri) {
        String scheme = uri.getScheme();
        return scheme == null ? uri.getHost() == null : SCHEMES.contains(scheme);
    }

    /** Ends fetching when it is no longer wanted. */
    private static final class Cancellable extends EmptyProgressMonitor {
        private final BooleanSupplier cancelled;

        Cancellable(BooleanSupplier cancelled) {
            this.cancelled = cancelled;
        }

        @Override
        public boolean isCancelled() {
            return cancelled.getAsBoolean();
        }
    }
}
