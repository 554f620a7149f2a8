package org.listlens.engine;

import java.util.Locale;

/**
 * What an engine is.
 *
 * @param distribution whose engine it is
 * @param version as it tells it, such as {@code 3.8.0}
 * @param major first number of the version
 * @param minor second number of the version
 * @param cluster the cluster's name
 */
public record EngineInfo(Distribution distribution, String version, int major, int minor, String cluster) {
    /** The two families of engines. */
    public enum Distribution {
        OPENSEARCH("OpenSearch"),
        ELASTICSEARCH("Elasticsearch");

        private final String title;

        Distribution(String title) {
            this.title = title;
        }

        /** The name as people write it. */
        public String title() {
            return title;
        }
    }

    /** Whether the engine is new enough: OpenSearch 2.19 and later, Elasticsearch 7.17 and later. */
    public boolean supported() {
        return switch (distribution) {
            // What OpenSearch says on compatibility.override_main_response_version, whatever it is.
            case OPENSEARCH -> atLeast(2, 19) && !version.equals("7.10.2");
            case ELASTICSEARCH -> atLeast(7, 17);
        };
    }

    private boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s (cluster %s)", distribution.title(), version, cluster);
    }
}
