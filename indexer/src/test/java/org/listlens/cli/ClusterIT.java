package org.listlens.cli;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The suite on a cluster of one's own, without {@code mail-} indices; those that the suite makes are deleted after. */
@EnabledIfEnvironmentVariable(
        named = "LISTLENS_TEST_URL",
        matches = "https?://.+",
        disabledReason = "LISTLENS_TEST_URL gives no cluster to test on")
class ClusterIT extends EngineSuite {
    @Override
    String start() {
        return System.getenv("LISTLENS_TEST_URL");
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        clear();
    }
}
