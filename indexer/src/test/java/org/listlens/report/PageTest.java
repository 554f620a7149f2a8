package org.listlens.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page as text: the scripts are run by browsers only, but what they must not do can be read. */
class PageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HOSTILE =
            "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e{{data}}";

    private static ObjectNode data() {
        ObjectNode data =
                JSON.createObjectNode().put("made", 1_614_700_000_000L).put("single", true);
        data.putArray("names").add(HOSTILE);
        data.putArray("sentences").add(HOSTILE);
        ObjectNode day = data.putArray("worst").addObject();
        day.put("row", 0)
                .put("day", 18_688)
                .put("mails", 3)
                .put("late", 2)
                .put("p95", 4_680_000)
                .put("longest", 79_000_000);
        day.put("host", HOSTILE);
        data.putArray("slowest")
                .addObject()
                .put("time", 1L)
                .put("subject", HOSTILE)
                .put("from", HOSTILE)
                .put("latency", 5);
        return data;
    }

    private static String part(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertThat(matcher.find()).as(pattern).isTrue();
        String part = matcher.group(1);
        assertThat(matcher.find()).as("a second " + pattern).isFalse();
        return part;
    }

    @Test
    void hostileTextStaysText() throws Exception {
        String page = Page.html(data());
        assertThat(page).doesNotContain("<script>alert", "<img");
        assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(1)", "1 h 18 min", "2 March 2021");
        String json = part(page, "<script type=\"application/json\" id=\"data\">(.*?)</script>");
        assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree(data().toString()));
        assertThat(page.split("<script>", -1)).as("scripts that run").hasSize(2);
    }

    @Test
    void thePolicyAllowsThisScriptAndThisStyleOnly() throws Exception {
        String page = Page.html(data());
        assertThat(part(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\""))
                .isEqualTo("default-src 'none'; script-src '" + digest(part(page, "<script>(.*?)</script>"))
                        + "'; style-src '" + digest(part(page, "<style>(.*?)</style>"))
                        + "'; base-uri 'none'; form-action 'none'");
    }

    private static String digest(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    @Test
    void nothingIsLoaded() {
        String page = Page.html(data());
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContainPattern("https?://[a-z]")
                .doesNotContainPattern("(?i)\\burl\\(|@import|\\bsrc\\s*=\\s*[\"']|<link|<iframe|<object|<form");
    }

    @Test
    void scriptsMakeNoMarkupOfTextAndAskNobody() {
        assertThat(Page.script())
                .doesNotContain(
                        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
                .doesNotContain(
                        "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "localStorage", "cookie")
                .doesNotContainPattern("setAttribute\\('(on|style)");
    }

    /** No engine for JavaScript is at hand in the build; what breaks scripts most often is a bracket. */
    @Test
    void bracketsOfScriptsMatch() {
        String script = Page.script()
                .replaceAll("/(?:[^/\\\\\\n ]|\\\\.)+/(?=\\.test|g,)", "0")
                .replaceAll("(?m)//.*$", "")
                .replaceAll("'(?:[^'\\\\\\n]|\\\\.)*'", "''");
        Deque<Character> open = new ArrayDeque<>();
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            switch (c) {
                case '(', '[', '{' -> open.push(c);
                case ')' -> assertThat(open.pop()).as(around(script, i)).isEqualTo('(');
                case ']' -> assertThat(open.pop()).as(around(script, i)).isEqualTo('[');
                case '}' -> assertThat(open.pop()).as(around(script, i)).isEqualTo('{');
                default -> {}
            }
        }
        assertThat(open).isEmpty();
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 20));
    }

    @Test
    void everyScriptIsInThePageAndNoNameIsTakenTwice() throws Exception {
        String script = Page.script();
        Path folder = Path.of(
                Objects.requireNonNull(Page.class.getResource("main.js")).toURI());
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder.getParent())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".js")).toList()) {
                String text = Files.readString(file);
                assertThat(script).as(file.getFileName().toString()).contains(text);
                Matcher defined = Pattern.compile("(?m)^(?:function|class|const|let) (\\w+)")
                        .matcher(text);
                while (defined.find()) {
                    assertThat(names.add(defined.group(1))).as(defined.group(1)).isTrue();
                }
            }
        }
        assertThat(names).contains("bucketMiddle", "draw");
    }

    @Test
    void scriptsAndEngineCountInTheSameBuckets() {
        String script = Page.resource("buckets.js");
        assertThat(script).contains("const FIRST_BUCKET = " + (LogBuckets.ZERO + 1) + ";");
        assertThat(script).contains("const PER_OCTAVE = " + (LogBuckets.of(32) - LogBuckets.of(16)) + ";");
    }

    @Test
    void anEmptyReportSaysSo() {
        assertThat(Page.html(JSON.createObjectNode().put("made", 0))).contains("There is no mail in the index");
    }
}
