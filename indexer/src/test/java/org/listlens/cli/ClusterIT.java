package org.listlens.cli;

import org.junit.jupiter.api.AfterAll;

/** The suite on a cluster of one's own, without {@code mail-} indices; those that the suite makes are deleted after. */
@SuiteEngine(name = "cluster", title = "cluster of LISTLENS_TEST_URL")
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
