package org.listlens.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs commands to no other end than that the Java machine learns which classes they need: the launcher has it write
 * them into an archive, from which later runs take them ready-made. Talks to nobody but itself, and keeps nothing.
 */
final class Training {
    private static final String MAIL = """
            From a@example.com Fri Mar  1 12:00:00 2024
            Received: from mail.example.com (mail.example.com [192.0.2.25])
            \tby lists.example.org (Postfix) with ESMTPS id 4Second
            \tfor <dev@lists.example.org>; Fri,  1 Mar 2024 12:01:30 +0000 (UTC)
            Received: from desk.example.com (unknown [IPv6:2001:db8::1])
            \t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
            \tby mail.example.com (Postfix) with ESMTPSA id 4TmXk25vYrz1hg; Fri,  1 Mar 2024 14:00:00 +0200 (CEST)
            DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=one; h=from:date:subject; bh=AAAA; b=AAAA
            ARC-Seal: i=1; a=rsa-sha256; t=1709294480; cv=none; d=example.com; s=one; b=AAAA
            ARC-Authentication-Results: i=1; mail.example.com; spf=pass smtp.mailfrom=example.com
            From: =?utf-8?q?J=C3=BCrgen?= <a@example.com>
            Date: Fri, 1 Mar 2024 11:59:58 +0000
            Message-ID: <one@example.com>
            In-Reply-To: <none@example.com>
            Subject: Re: [PATCH v2 1/2] One
            List-Id: <dev.lists.example.org>
            Authentication-Results: lists.example.org; dkim=pass header.d=example.com
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            On Fri, 1 Mar 2024, B wrote:
            > Text =C3=BC.
            Answer.
            --b
            Content-Type: text/html

            <p>Answer.</p>
            --b--

            """;

    private static final String INFO =
            "{\"cluster_name\":\"none\",\"version\":{\"distribution\":\"opensearch\",\"number\":\"3.0.0\"}}";

    /** Something for everyone: nothing is there, and whatever was asked for is done. */
    private static final String ANSWER = "{\"acknowledged\":true,\"errors\":false,\"items\":[],\"docs\":[],\"count\":0,"
            + "\"_shards\":{\"failed\":0},\"hits\":{\"total\":{\"value\":0},\"hits\":[]},\"aggregations\":{}}";

    private Training() {}

    /** Needs no arguments, ends by itself and prints nothing. */
    public static void main(String[] args) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        Path folder = Files.createTempDirectory("listlens-training");
        Path mbox = Files.writeString(folder.resolve("mbox"), MAIL);
        Path single = Files.writeString(folder.resolve("mail.eml"), MAIL.substring(MAIL.indexOf('\n') + 1));
        HttpServer engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", Training::answer);
        engine.start();
        try {
            String url = "http://localhost:" + engine.getAddress().getPort();
            // No configuration of the user's may lead elsewhere.
            Map<String, String> environment = Map.of("XDG_CONFIG_HOME", folder.toString());
            for (List<String> command : List.of(
                    List.of("--help"),
                    List.of("inspect", single.toString()),
                    List.of("index", "--dry-run", mbox.toString()),
                    List.of("setup", "--url", url),
                    List.of("index", "--url", url, "--retry-seconds", "0", mbox.toString()))) {
                Main.run(command, environment);
            }
        } finally {
            engine.stop(0);
            Files.delete(mbox);
            Files.delete(single);
            Files.delete(folder);
        }
        System.exit(ExitCode.OK);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] answer =
                (exchange.getRequestURI().getPath().equals("/") ? INFO : ANSWER).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
