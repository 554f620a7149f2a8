package org.listlens.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The launcher script with JDKs and a Maven that are scripts, in a world where nothing else exists: its fixed places
 * are moved below a temporary folder, and the PATH holds only the tools that POSIX has.
 */
@ParameterizedClass
@MethodSource("shells")
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "cat",
            "dirname",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "nice",
            "pwd",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch",
            "tr");

    /** Says who it is and what it got, then does what STUB says. */
    private static final String JAVA = """
            #!/bin/sh
            case $1 in
              -XshowSettings*)
                printf '    java.home = %s\\n    java.version = %s\\n' '{HOME}' '{VERSION}' >&2
                exit 0 ;;
            esac
            for argument; do
              case $argument in -XX:ArchiveClassesAtExit=*)
                echo "$*" >>"$BUILDS.training"
                case ${STUB_TRAINING:-} in
                  fail) exit 1 ;;
                  slow) sleep 1 ;;
                esac
                echo classes >"${argument#*=}"
                exit 0 ;;
              esac
            done
            echo "java {PLACE}"
            for argument; do echo "<$argument>"; done
            echo "in $(pwd)"
            case ${STUB:-} in
              exit*) exit "${STUB#exit}" ;;
              cat) cat ;;
              wait) trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done ;;
            esac
            """;

    private static final String MAVEN = """
            #!/bin/sh
            echo "$JAVA_HOME $*" >>"$BUILDS"
            cat >/dev/null
            case ${STUB_MAVEN:-} in
              slow) sleep 1 ;;
              fail) echo '[ERROR] Mail.java:[3,7] no such thing'; exit 1 ;;
            esac
            mkdir -p indexer/target/lib embedded/target/lib
            touch indexer/target/listlens-indexer-0.1.0.jar embedded/target/listlens-embedded-0.1.0.jar
            """;

    private final String shell;

    @TempDir
    static Path tools;

    @TempDir
    Path temporary;

    private Path world;
    private Path checkout;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<Process, Path> errors = new HashMap<>();

    LauncherTest(String shell) {
        this.shell = shell;
    }

    record Outcome(int exitCode, List<String> out, String err) {}

    static List<String> shells() throws IOException {
        Set<Path> shells = new LinkedHashSet<>();
        for (String shell : List.of("/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox")) {
            if (Files.isExecutable(Path.of(shell))) {
                shells.add(Path.of(shell).toRealPath());
            }
        }
        return shells.stream().map(Path::toString).toList();
    }

    @BeforeAll
    static void makeTools() throws IOException {
        for (String tool : TOOLS) {
            for (String folder : List.of("/usr/bin", "/bin")) {
                Path program = Path.of(folder, tool);
                if (Files.isExecutable(program)) {
                    executable(tools.resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"\n");
                    break;
                }
            }
        }
    }

    @BeforeEach
    void makeWorld() throws IOException {
        world = Files.createDirectory(temporary.toRealPath().resolve("a world"));
        Path bin = Files.createDirectory(world.resolve("bin"));
        Path home = Files.createDirectory(world.resolve("home"));
        environment.put("PATH", bin + ":" + tools);
        environment.put("HOME", home.toString());
        environment.put("BUILDS", world.resolve("builds").toString());
        // Nothing is kept there, so nothing goes on in the background.
        environment.put("XDG_CACHE_HOME", "/dev/null/cache");
        checkout = Files.createDirectory(world.resolve("my checkout"));
        installLauncher(checkout);
        for (String file : List.of(
                "pom.xml",
                "indexer/pom.xml",
                "mail/pom.xml",
                "embedded/pom.xml",
                "indexer/src/main/Main.java",
                "mail/src/main/Mail.java")) {
            write(checkout.resolve(file), "");
            Files.setLastModifiedTime(
                    checkout.resolve(file), FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # JDKs (place=version)                                                       | chosen
            usr/lib/jvm/a=21.0.4                                                         | usr/lib/jvm/a
            usr/lib/jvm/a=21.0.4 usr/lib/jvm/b=21.0.10 usr/lib/jvm/c=17.0.15             | usr/lib/jvm/b
            usr/lib/jvm/a=25 usr/lib/jvm/b=24.0.2 usr/lib/jvm/c=1.8.0_412                | usr/lib/jvm/a
            usr/lib/jvm/a=22-ea                                                          | usr/lib/jvm/a
            JAVA_HOME=21.0.1 usr/lib/jvm/a=25.0.3                                        | JAVA_HOME
            JAVA_HOME=17.0.15 usr/lib/jvm/a=25.0.3                                       | usr/lib/jvm/a
            JAVA_HOME=17.0.15 PATH=21.0.8 usr/lib/jvm/a=25.0.3                           | PATH
            PATH=17.0.15 home/.sdkman/candidates/java/b=21.0.8                           | home/.sdkman/candidates/java/b
            LISTLENS_JAVA_HOME=21.0.1 JAVA_HOME=25 usr/lib/jvm/a=25.0.3                  | LISTLENS_JAVA_HOME
            home/.jdks/b=23.0.1 opt/jdk-25=25                                            | home/.jdks/b
            opt/jdk-25=25                                                                | opt/jdk-25
            Library/Java/JavaVirtualMachines/t.jdk/Contents/Home=21                      | Library/Java/JavaVirtualMachines/t.jdk/Contents/Home
            home/.asdf/installs/java/t=21                                                | home/.asdf/installs/java/t
            JAVA_HOME=17                                                                 |
            usr/lib/jvm/a=20.0.2 PATH=1.8.0_412                                          |
            """, delimiter = '|')
    void findsAJdk(String jdks, String chosen) throws Exception {
        built();
        for (String entry : Pattern.compile(" ").splitAsStream(jdks).toList()) {
            int equals = entry.indexOf('=');
            jdk(entry.substring(0, equals), entry.substring(equals + 1));
        }
        Outcome outcome = launch("--help");
        if (chosen == null) {
            assertThat(outcome.exitCode()).isEqualTo(78);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err())
                    .startsWith("listlens: No JDK 21 or newer was found")
                    .hasLineCount(1);
        } else {
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).startsWith("java " + chosen);
        }
    }

    @Test
    void asksJavaWhereNoFileTellsItsVersion() throws Exception {
        built();
        Path jdk = jdk("somewhere/jdk", "21.0.4");
        Path shims = Files.createDirectories(world.resolve("shims"));
        Files.copy(jdk.resolve("bin/java"), shims.resolve("java"), StandardCopyOption.COPY_ATTRIBUTES);
        environment.merge("PATH", shims.toString(), (path, shim) -> shim + ":" + path);
        assertThat(launch().out()).startsWith("java somewhere/jdk");

        Files.delete(jdk.resolve("release"));
        assertThat(launch().out()).startsWith("java somewhere/jdk");
    }

    @Test
    void theJdkThatTheUserNamesMustDo() throws Exception {
        built();
        jdk("LISTLENS_JAVA_HOME", "17.0.1");
        jdk("usr/lib/jvm/a", "25");
        Outcome outcome = launch();
        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.err()).startsWith("listlens: LISTLENS_JAVA_HOME is ").hasLineCount(1);
    }

    @Test
    void passesEverythingOn() throws Exception {
        built();
        jdk("JAVA_HOME", "21");
        environment.put("LISTLENS_JAVA_OPTS", "-Xmx3g -Dstar=*");
        environment.put("STUB", "exit42");
        Outcome outcome = launch("index", "two words", "", "*", "--x=\"y\"");
        assertThat(outcome.exitCode()).isEqualTo(42);
        assertThat(outcome.err()).isEmpty();
        List<String> out = outcome.out();
        assertThat(out).contains("<-Dlistlens.home=" + checkout + ">", "in " + world);
        assertThat(out.indexOf("<-Xmx3g>")).isGreaterThan(out.indexOf("<-Xmx1g>"));
        assertThat(out)
                .containsSubsequence(
                        "<-Dstar=*>",
                        "<-cp>",
                        "<" + checkout + "/indexer/target/listlens-indexer-0.1.0.jar:" + checkout
                                + "/indexer/target/lib/*>",
                        "<org.listlens.cli.Main>",
                        "<index>",
                        "<two words>",
                        "<>",
                        "<*>",
                        "<--x=\"y\">");
    }

    @Test
    void isFoundThroughSymbolicLinks() throws Exception {
        built();
        jdk("JAVA_HOME", "21");
        Path links = Files.createDirectory(world.resolve("links"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("../my checkout/listlens"));
        Files.createSymbolicLink(links.resolve("second"), links.resolve("first"));
        assertThat(run(links.resolve("second")).out()).contains("<-Dlistlens.home=" + checkout + ">");
    }

    @Test
    void becomesTheProgramSoThatSignalsReachIt() throws Exception {
        built();
        jdk("JAVA_HOME", "21");
        environment.put("STUB", "wait");
        Process process = start(checkout.resolve("listlens"));
        try (var out = process.inputReader(UTF_8)) {
            String line = out.readLine();
            while (!"ready".equals(line)) {
                assertThat(line).as("the stub's greeting").isNotNull();
                line = out.readLine();
            }
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(7);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void buildsWhenThereIsNothingAndWhenSourcesAreNewer() throws Exception {
        jdk("JAVA_HOME", "21");
        maven();
        Outcome first = launch("x");
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).startsWith("listlens: building ").hasLineCount(1);
        assertThat(first.out()).contains("<x>");
        assertThat(builds()).hasSize(1);
        assertThat(builds().getFirst())
                .startsWith(world + "/JAVA_HOME ")
                .contains("-Dlistlens.quick")
                .endsWith(" package");

        assertThat(launch().err()).isEmpty();
        assertThat(builds()).hasSize(1);

        Files.setLastModifiedTime(
                checkout.resolve("mail/src/main/Mail.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(launch().err()).startsWith("listlens: building ");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aBuildLeavesStandardInputToTheCommand() throws Exception {
        jdk("JAVA_HOME", "21");
        maven();
        environment.put("STUB", "cat");
        Process process = start(checkout.resolve("listlens"));
        try (var input = process.outputWriter(UTF_8)) {
            input.write("From a mailbox\n");
        }
        assertThat(outcome(process).out()).endsWith("From a mailbox");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void saysWhyABuildFailedAndTriesAgainNextTime() throws Exception {
        jdk("JAVA_HOME", "21");
        maven();
        environment.put("STUB_MAVEN", "fail");
        Outcome outcome = launch();
        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .hasSize(3)
                .contains("Mail.java:[3,7] no such thing")
                .last()
                .asString()
                .isEqualTo("listlens: The build failed; its whole log is " + checkout + "/target/launcher-build.log.");
        environment.remove("STUB_MAVEN");
        assertThat(launch().exitCode()).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aBuildNeedsMavenAndACompiler() throws Exception {
        Path jre = jdk("JAVA_HOME", "21");
        Outcome noMaven = launch();
        assertThat(noMaven.exitCode()).isEqualTo(78);
        assertThat(noMaven.err()).startsWith("listlens: Maven is needed").hasLineCount(1);
        maven();
        Files.delete(jre.resolve("bin/javac"));
        Outcome noCompiler = launch();
        assertThat(noCompiler.exitCode()).isEqualTo(78);
        assertThat(noCompiler.err()).contains("javac is missing").hasLineCount(1);
        built();
        assertThat(launch().exitCode()).as("what is built runs without both").isZero();
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        jdk("JAVA_HOME", "21");
        maven();
        environment.put("STUB_MAVEN", "slow");
        Process first = start(checkout.resolve("listlens"));
        Process second = start(checkout.resolve("listlens"));
        assertThat(outcome(first).exitCode()).isZero();
        assertThat(outcome(second).exitCode()).isZero();
        assertThat(builds()).hasSize(1);
        assertThat(checkout.resolve("target/launcher-build.lock")).doesNotExist();
    }

    @Test
    void takesOverTheBuildOfALauncherThatWasKilled() throws Exception {
        jdk("JAVA_HOME", "21");
        maven();
        Process dead = new ProcessBuilder("/bin/sh", "-c", ":").start();
        dead.waitFor();
        write(checkout.resolve("target/launcher-build.lock/pid"), dead.pid() + "\n");
        assertThat(launch().exitCode()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void runsFromADistribution() throws Exception {
        jdk("JAVA_HOME", "21");
        Path distribution = Files.createDirectories(world.resolve("listlens 1"));
        Files.createDirectories(distribution.resolve("lib/engine"));
        installLauncher(Files.createDirectory(distribution.resolve("bin")));
        Outcome outcome = run(distribution.resolve("bin/listlens"), "demo");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("<-Dlistlens.home=" + distribution + ">", "<" + distribution + "/lib/*>", "<demo>");
    }

    @Test
    void saysWhenItsFolderIsIncomplete() throws Exception {
        jdk("JAVA_HOME", "21");
        Path lost = Files.createDirectory(world.resolve("lost"));
        installLauncher(lost);
        Outcome outcome = run(lost.resolve("listlens"));
        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.err())
                .contains("neither a checkout nor a distribution")
                .hasLineCount(1);
    }

    @Test
    void classesAreKeptReadyMadeForTheNextStart() throws Exception {
        built();
        Path jdk = jdk("JAVA_HOME", "21.0.4");
        Path archive = cache(jdk, checkout);
        Outcome first = launch("--version");
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).noneMatch(line -> line.contains("SharedArchiveFile"));
        await(archive);
        assertThat(archive).hasContent("classes\n");
        assertThat(launch("--version").out())
                .containsSubsequence(
                        "<-Xshare:auto>", "<-XX:SharedArchiveFile=" + archive + ">", "<-Xlog:disable>", "<-cp>");
        assertThat(trainings()).hasSize(1).first().asString().endsWith(" org.listlens.cli.Training");
    }

    @Test
    void classesAreMadeAnewWhenTheJarIs() throws Exception {
        built();
        Path archive = cache(jdk("JAVA_HOME", "21.0.4"), checkout);
        launch();
        await(archive);
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(launch().out()).noneMatch(line -> line.contains("SharedArchiveFile"));
        for (int i = 0; i < 400 && trainings().size() < 2; i++) {
            Thread.sleep(25);
        }
        assertThat(trainings()).hasSize(2);
        gone(Path.of(archive + ".lock"));

        Files.write(checkout.resolve("indexer/target/lib/new.jar"), new byte[0]);
        Files.setLastModifiedTime(
                checkout.resolve("indexer/target/lib"),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(launch().out()).noneMatch(line -> line.contains("SharedArchiveFile"));
        gone(Path.of(archive + ".lock"));
    }

    @Test
    void classesAreMadeAnewWhenTheLauncherMayMakeOthers() throws Exception {
        built();
        Path archive = cache(jdk("JAVA_HOME", "21.0.4"), checkout);
        launch();
        await(archive);
        assertThat(launch().out()).anyMatch(line -> line.contains("SharedArchiveFile"));
        Files.setLastModifiedTime(
                checkout.resolve("listlens"), FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(launch().out()).noneMatch(line -> line.contains("SharedArchiveFile"));
        gone(Path.of(archive + ".lock"));
    }

    @Test
    void oneMakesTheClassesAndNobodyWaits() throws Exception {
        built();
        Path archive = cache(jdk("JAVA_HOME", "21.0.4"), checkout);
        environment.put("STUB_TRAINING", "slow");
        for (int i = 0; i < 3; i++) {
            assertThat(launch("x").out()).contains("<x>").noneMatch(line -> line.contains("SharedArchiveFile"));
        }
        await(archive);
        assertThat(trainings()).hasSize(1);
        gone(Path.of(archive + ".lock"));
    }

    @Test
    void aJdkThatCannotMakeThemIsNotAskedAgain() throws Exception {
        built();
        Path archive = cache(jdk("JAVA_HOME", "21.0.4"), checkout);
        environment.put("STUB_TRAINING", "fail");
        launch();
        await(archive);
        Outcome outcome = launch();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).noneMatch(line -> line.contains("SharedArchiveFile"));
        assertThat(trainings()).hasSize(1);
    }

    @Test
    void theLockOfAMakerThatWasKilledIsTakenAway() throws Exception {
        built();
        Path archive = cache(jdk("JAVA_HOME", "21.0.4"), checkout);
        Path lock = Files.createDirectories(Path.of(archive + ".lock"));
        assertThat(launch().exitCode()).isZero();
        assertThat(lock).exists();
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(launch().exitCode()).isZero();
        assertThat(lock).doesNotExist();
        launch();
        await(archive);
        gone(lock);
    }

    @ParameterizedTest
    @CsvSource({"--help, true", "inspect, true", "'', true", "index, false", "demo, false", "setup, false"})
    void whatIsOverSoonIsNotCompiledTwice(String command, boolean quick) throws Exception {
        built();
        jdk("JAVA_HOME", "21");
        assertThat(launch(command).out().contains("<-XX:TieredStopAtLevel=1>")).isEqualTo(quick);
    }

    /** Lets classes be kept, and returns where. */
    private Path cache(Path jdk, Path home) {
        environment.remove("XDG_CACHE_HOME");
        return Path.of(world + "/home/.cache/listlens/classes" + jdk + home + "/21000004.jsa");
    }

    private List<String> trainings() throws IOException {
        Path file = world.resolve("builds.training");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static void await(Path file) throws InterruptedException {
        for (int i = 0; i < 400 && !Files.exists(file); i++) {
            Thread.sleep(25);
        }
        assertThat(file).exists();
        gone(Path.of(file + ".lock"));
    }

    private static void gone(Path file) throws InterruptedException {
        for (int i = 0; i < 400 && Files.exists(file); i++) {
            Thread.sleep(25);
        }
        assertThat(file).doesNotExist();
    }

    private void installLauncher(Path folder) throws IOException {
        String script = Files.readString(Path.of(System.getProperty("listlens.root"), "listlens"));
        for (String place : List.of("/usr/lib", "/usr/java", "/Library/", "/opt/", "/usr/local/")) {
            script = script.replace(" " + place, " \"$WORLD\"" + place);
        }
        write(folder.resolve("listlens"), script);
    }

    /** A JDK below the world; one at JAVA_HOME or LISTLENS_JAVA_HOME is named there, one at PATH is in the PATH. */
    private Path jdk(String place, String version) throws IOException {
        Path jdk = Files.createDirectories(world.resolve(place));
        write(jdk.resolve("release"), "IMPLEMENTOR=\"Example\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        executable(
                jdk.resolve("bin/java"),
                JAVA.replace("{HOME}", jdk.toString())
                        .replace("{VERSION}", version)
                        .replace("{PLACE}", place));
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        if (place.endsWith("JAVA_HOME")) {
            environment.put(place, jdk.toString());
        } else if (place.equals("PATH")) {
            Path folder = Files.createDirectories(world.resolve("path"));
            Files.createSymbolicLink(folder.resolve("java"), jdk.resolve("bin/java"));
            environment.merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        }
        return jdk;
    }

    private void maven() throws IOException {
        executable(world.resolve("bin/mvn"), MAVEN);
    }

    private void built() throws IOException {
        Files.createDirectories(checkout.resolve("indexer/target/lib"));
        Files.createDirectories(checkout.resolve("embedded/target/lib"));
        write(checkout.resolve("indexer/target/listlens-indexer-0.1.0.jar"), "");
        write(checkout.resolve("embedded/target/listlens-embedded-0.1.0.jar"), "");
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(world.resolve("builds"));
    }

    private Outcome launch(String... arguments) throws IOException, InterruptedException {
        return run(checkout.resolve("listlens"), arguments);
    }

    private Outcome run(Path script, String... arguments) throws IOException, InterruptedException {
        Process process = start(script, arguments);
        process.getOutputStream().close();
        return outcome(process);
    }

    private Process start(Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell));
        if (shell.endsWith("busybox")) {
            command.add("sh");
        }
        command.add(script.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(world.toFile());
        Path errorFile = Files.createTempFile(world, "err", "");
        builder.redirectError(errorFile.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("WORLD", world.toString());
        Process process = builder.start();
        errors.put(process, errorFile);
        return process;
    }

    private Outcome outcome(Process process) throws IOException, InterruptedException {
        List<String> out = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), out, Files.readString(errors.get(process)));
    }

    private static void executable(Path file, String text) throws IOException {
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
