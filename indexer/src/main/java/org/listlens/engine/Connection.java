package org.listlens.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ConnectionCheck} finds out about an engine and about what its user may do there. What is not shown to the
 * user is absent.
 *
 * @param info what the engine is
 * @param health how the cluster is
 * @param login who the engine takes the user for
 * @param fields what the engine makes of the mappings
 * @param installed which templates and indices are there
 * @param permissions what the user may do, for each purpose once
 */
public record Connection(
        EngineInfo info,
        @Nullable Health health,
        @Nullable Login login,
        @Nullable Fields fields,
        @Nullable Installed installed,
        List<Permission> permissions) {
    public Connection {
        permissions = List.copyOf(permissions);
    }

    /**
     * How a cluster is.
     *
     * @param status {@code green}, {@code yellow} or {@code red}
     * @param nodes how many nodes it has
     */
    public record Health(String status, int nodes) {}

    /**
     * A user as the engine's security plugin knows it.
     *
     * @param user the name
     * @param roles names of roles
     */
    public record Login(String user, List<String> roles) {
        public Login {
            roles = List.copyOf(roles);
        }
    }

    /**
     * What an engine makes of the mappings.
     *
     * @param replaced field types that it lacks, with what it gets in their place
     * @param refusal why it would not take a mapping; {@code null} when it takes all
     */
    public record Fields(
            Map<String, String> replaced, @Nullable String refusal) {
        public Fields {
            replaced = Map.copyOf(replaced);
        }
    }

    /**
     * Templates and indices of this program in an engine.
     *
     * @param templates how many templates the program has
     * @param olderTemplates names of those that the engine lacks or has in an older version
     * @param missingIndices aliases of which it has no index
     * @param olderIndices names of indices whose mapping is of older templates
     * @param problem why they cannot be used; {@code null} when they can, or will be brought up to date
     */
    public record Installed(
            int templates,
            List<String> olderTemplates,
            List<String> missingIndices,
            List<String> olderIndices,
            @Nullable String problem) {
        public Installed {
            olderTemplates = List.copyOf(olderTemplates);
            missingIndices = List.copyOf(missingIndices);
            olderIndices = List.copyOf(olderIndices);
        }
    }

    /** What a user comes for. */
    public enum Purpose {
        /** Searches: {@code report}, {@code inspect}, {@code thread}, {@code status}, {@code alerts check}. */
        READ,
        /** Documents, into indices that are there: {@code index}, {@code verify}. */
        INDEX,
        /** Templates and the first indices: {@code setup}, and {@code index} where nothing is set up. */
        SETUP,
        /** Indices in the place of others: {@code setup --upgrade}. */
        UPGRADE,
        /** Monitors in OpenSearch Alerting: {@code alerts install}. */
        ALERTS
    }

    /**
     * Whether a user may do what a purpose needs.
     *
     * @param missing what was forbidden, as the engine names it or else the request; empty when nothing was
     * @param unknown why it is not known; {@code null} when it is
     */
    public record Permission(
            Purpose purpose, List<String> missing, @Nullable String unknown) {
        public Permission {
            missing = List.copyOf(missing);
        }

        /** Whether nothing was forbidden. */
        public boolean granted() {
            return missing.isEmpty() && unknown == null;
        }
    }

    /** What was found for a purpose. */
    public Permission permission(Purpose purpose) {
        for (Permission permission : permissions) {
            if (permission.purpose() == purpose) {
                return permission;
            }
        }
        throw new IllegalArgumentException(purpose.toString());
    }
}
