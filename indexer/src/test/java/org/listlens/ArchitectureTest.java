package org.listlens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** The directions of docs/ARCHITECTURE.md: what each package may use. */
@AnalyzeClasses(packages = "org.listlens", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] JDK = {"java..", "org.jspecify.annotations.."};
    private static final String[] JACKSON = {"com.fasterxml.jackson.."};

    @ArchTest
    static final ArchRule mail = only("mail", JDK);

    @ArchTest
    static final ArchRule source = only(
            "source",
            JDK,
            own("mail", "tls"),
            packages("javax.net..", "org.apache.commons.compress..", "org.tukaani.xz..", "com.github.luben.."));

    @ArchTest
    static final ArchRule git = only("git", JDK, own("mail", "source"), packages("org.eclipse.jgit..", "org.slf4j.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule mailbox = only(
                    "mailbox",
                    JDK,
                    own("mail", "source", "tls"),
                    packages("jakarta.mail..", "org.eclipse.angus..", "org.apache.commons.net..", "javax.net.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule tls = only("tls", JDK, packages("javax.net.ssl..", "javax.security.auth.x500.."));

    @ArchTest
    static final ArchRule link = only("link", JDK);

    @ArchTest
    static final ArchRule metrics = only("metrics", JDK, packages("com.sun.net.httpserver..", "com.sun.management.."));

    @ArchTest
    static final ArchRule report =
            only("report", JDK, own("mail", "document", "engine", "index", "link", "thread"), JACKSON);

    @ArchTest
    static final ArchRule dashboards =
            only("dashboards", JDK, own("link", "tls"), JACKSON, packages("javax.net.ssl.."));

    @ArchTest
    static final ArchRule archives = only("archives", JDK, own("mail", "source", "git", "mailbox"));

    @ArchTest
    static final ArchRule header = only("header", JDK, own("mail"));

    @ArchTest
    static final ArchRule trace = only("trace", JDK, own("mail", "header"));

    @ArchTest
    static final ArchRule authentication = only("authentication", JDK, own("mail", "header", "trace"));

    @ArchTest
    static final ArchRule quote = only("quote", JDK, own("mail"));

    @ArchTest
    static final ArchRule patch = only("patch", JDK, own("mail", "quote"));

    @ArchTest
    static final ArchRule body = only(
            "body",
            JDK,
            own("mail", "header"),
            packages("jakarta.mail..", "org.eclipse.angus..", "org.jsoup..", "org.mozilla.universalchardet.."));

    @ArchTest
    static final ArchRule people = only("people", JDK, own("mail", "header"));

    @ArchTest
    static final ArchRule parse =
            only("parse", JDK, own("mail", "header", "trace", "authentication", "people", "quote", "patch", "body"));

    @ArchTest
    static final ArchRule pseudonym = only("pseudonym", JDK, own("mail", "header"), packages("javax.crypto.."));

    @ArchTest
    static final ArchRule clock = only("clock", JDK, own("mail"));

    @ArchTest
    static final ArchRule thread = only("thread", JDK, own("mail"));

    @ArchTest
    static final ArchRule document = only("document", JDK, own("mail", "header", "people", "clock", "thread"));

    @ArchTest
    static final ArchRule generate = only("generate", JDK, JACKSON);

    @ArchTest
    static final ArchRule alert = only(
            "alert",
            JDK,
            own("document", "engine", "index"),
            JACKSON,
            packages("jakarta.mail..", "org.eclipse.angus.."));

    @ArchTest
    static final ArchRule engineKnowsNoMail = noClasses()
            .that()
            .resideInAnyPackage(own("engine", "node"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(own("mail", "document", "sink", "index", "cli", "source", "parse"));

    @ArchTest
    static final ArchRule sinkTakesDocuments = noClasses()
            .that()
            .resideInAPackage("org.listlens.sink..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(own(
                    "source",
                    "parse",
                    "header",
                    "trace",
                    "authentication",
                    "body",
                    "people",
                    "quote",
                    "patch",
                    "index",
                    "cli",
                    "node"));

    @ArchTest
    static final ArchRule nothingKnowsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("org.listlens.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.listlens.cli..", "picocli..", "me.tongfei..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.listlens.(*)..").should().beFreeOfCycles();

    private static ArchRule only(String name, String[]... allowed) {
        List<String> packages = new ArrayList<>(List.of("org.listlens." + name + ".."));
        for (String[] group : allowed) {
            packages.addAll(List.of(group));
        }
        return classes()
                .that()
                .resideInAPackage("org.listlens." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages.toArray(String[]::new));
    }

    private static String[] own(String... names) {
        String[] packages = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            packages[i] = "org.listlens." + names[i] + "..";
        }
        return packages;
    }

    private static String[] packages(String... names) {
        return names;
    }
}
