package org.listlens.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * A kind of mail that is made to cost much, in any size.
 *
 * @param name what there is much of
 * @param most how much of it the table of measures has; no more is made of it
 * @param of the mail with so much of it
 */
record HostileMail(String name, int most, IntFunction<byte[]> of) {
    private static final String DATE = "Tue, 6 Jul 2021 15:15:32 +0200";
    private static final String HEAD = "From: Jane Doe <jane@example.org>\r\nTo: list@example.com\r\n"
            + "Message-ID: <1@example.org>\r\nDate: " + DATE + "\r\nSubject: hostile\r\n";
    private static final int MANY = 100_000;
    private static final int MEGABYTES = 16 << 20;
    private static final Map<String, HostileMail> ALL = new LinkedHashMap<>();

    static {
        headers();
        addresses();
        references();
        trace();
        repetitions();
        authentication();
        encodedWords();
        parameters();
        multiparts();
        encodings();
        quotes();
        html();
        patches();
    }

    static Collection<HostileMail> all() {
        return ALL.values();
    }

    @Override
    public String toString() {
        return name;
    }

    private static void headers() {
        field("fields of one name", MANY, n -> repeat("Comments: a\r\n", n));
        field("fields of different names", MANY, n -> numbered("X-Field-", ": a\r\n", n));
        field("Subject fields", MANY, n -> repeat("Subject: a\r\n", n));
        field("List-Id fields", MANY, n -> numbered("List-Id: <list", ".example.com>\r\n", n));
        field("List-Post fields", MANY, n -> numbered("List-Post: <mailto:list", "@example.com>\r\n", n));
        field("Sender fields", MANY, n -> numbered("Sender: list", "-bounces@example.com\r\n", n));
        field("Delivered-To fields", MANY, n -> numbered("Delivered-To: list", "@example.com\r\n", n));
        field("folded lines", MANY, n -> "X-Folded: a\r\n" + repeat(" a\r\n", n));
        field("blank folded lines", MANY, n -> "X-Folded: a\r\n" + repeat(" \r\n", n));
        field("header lines that are no fields", MANY, n -> repeat("no field\r\n", n));
        field("header lines with colons first", MANY, n -> repeat(": a\r\n", n));
        field("octets of a field's name", MEGABYTES, n -> repeat("a", n) + ": b\r\n");
        field("octets of a header line", MEGABYTES, n -> "X-Long: " + repeat("a", n) + "\r\n");
        field("octets of the Subject", MEGABYTES, n -> "Subject: " + repeat("a ", n / 2) + "\r\n");
        field("NULs in the header", MEGABYTES, n -> "X-Null: " + repeat("\0", n) + "\r\n");
        field("bare CRs in the header", MEGABYTES, n -> "X-Cr: " + repeat("\r", n) + "\r\n");
        field("Re: in the Subject", MANY, n -> "Subject: " + repeat("Re: ", n) + "\r\n");
        field("Re[2]: in the Subject", MANY, n -> "Subject: " + repeat("Re[2]: ", n) + "\r\n");
        field("opened brackets in the Subject", MANY, n -> "Subject: " + repeat("[", n) + "\r\n");
        field("bracketed tags in the Subject", MANY, n -> "Subject: " + repeat("[a] ", n) + "\r\n");
        field("PATCH words in the Subject", MANY, n -> "Subject: [" + repeat("PATCH v2 1/2 ", n) + "] a\r\n");
        field("patch brackets in the Subject", MANY, n -> "Subject: " + repeat("[PATCH v2 1/2] ", n) + "a\r\n");
        field("colons in the Subject", MANY, n -> "Subject: " + repeat("a: ", n) + "\r\n");
        field("octets of the Message-ID", MEGABYTES, n -> "Message-ID: <" + repeat("a", n) + "@example.org>\r\n");
        field("digits in the Date", MEGABYTES, n -> "Date: Tue, 6 Jul " + repeat("2", n) + " 15:15:32 +0200\r\n");
        field("comments nested in the Date", MANY, n -> "Date: " + DATE + repeat(" (", n) + repeat(")", n) + "\r\n");
        field("comments opened in the Date", MANY, n -> "Date: " + repeat("(", n) + DATE + "\r\n");
        field("words in the Date", MANY, n -> "Date: " + repeat("Tue, ", n) + DATE + "\r\n");
        field("dashes in the List-Id", MANY, n -> "List-Id: " + repeat("- ", n) + "<a.example.com>\r\n");
        field("angles in the List-Id", MANY, n -> "List-Id: " + repeat("<", n) + "a.example.com>\r\n");
        field(
                "addresses in List-Unsubscribe",
                MANY,
                n -> "List-Unsubscribe: " + repeat("<mailto:a@example.com>, ", n) + "<https://example.com/>\r\n");
    }

    private static void addresses() {
        for (String name : new String[] {"From", "To", "Reply-To", "Sender"}) {
            field("addresses in " + name, MANY, n -> name + ": " + numbered("u", "@example.org, ", n) + "\r\n");
        }
        field("equal addresses in To", MANY, n -> "To: " + repeat("Jane Doe <jane@example.org>, ", n) + "\r\n");
        field("names in To", MANY, n -> "To: " + numbered("Jane Doe ", " <jane@example.org>, ", n) + "\r\n");
        field("commas in To", MANY, n -> "To: " + repeat(",", n) + "\r\n");
        field("To fields", MANY, n -> numbered("To: u", "@example.org\r\n", n));
        for (String one : new String[] {
            "(", "\"", "<", "[", "\\", "a:", ";", "@", "a@", "<@a,", "@a:", "(a)", "\"a\" ", "a.", ". ", "=?", "' ",
            "a <", "<a> "
        }) {
            field(one + " in From", MANY, n -> "From: " + repeat(one, n) + " jane@example.org\r\n");
            field(one + " before an angle in To", MANY, n -> "To: " + repeat(one, n) + " <jane@example.org>\r\n");
        }
        field(
                "comments nested in From",
                MANY,
                n -> "From: " + repeat("(", n) + repeat(")", n) + " <jane@example.org>\r\n");
        field(
                "comments nested behind the address",
                MANY,
                n -> "From: jane@example.org " + repeat("(", n) + repeat(")", n) + "\r\n");
        field("groups in To", MANY, n -> "To: " + repeat("a: jane@example.org;", n) + "\r\n");
        field("domains of a route", MANY, n -> "To: <" + repeat("@a.example.com,", n) + ":jane@example.org>\r\n");
        field("words of a name", MANY, n -> "From: " + repeat("Jane ", n) + "<jane@example.org>\r\n");
        field("via in a name", MANY, n -> "From: " + repeat("Jane via ", n) + "<list@example.com>\r\n");
        field("at in a name", MANY, n -> "From: " + repeat("jane at example.org ", n) + "<list@example.com>\r\n");
        field("labels of a domain", MANY, n -> "From: jane@" + repeat("a.", n) + "org\r\n");
        field("plus signs in a local part", MANY, n -> "From: " + repeat("a+", n) + "@example.org\r\n");
        field("equal signs in a local part", MANY, n -> "From: " + repeat("a=", n) + "@example.org\r\n");
    }

    private static void references() {
        field("References", MANY, n -> "References: " + numbered("<", "@example.org>\r\n ", n) + "<a@b>\r\n");
        field("equal References", MANY, n -> "References: " + repeat("<1@example.org> ", n) + "\r\n");
        field("References fields", MANY, n -> numbered("References: <", "@example.org>\r\n", n));
        field("In-Reply-To fields", MANY, n -> numbered("In-Reply-To: <", "@example.org>\r\n", n));
        field("angles in References", MANY, n -> "References: " + repeat("<", n) + "\r\n");
        field("closed angles in References", MANY, n -> "References: " + repeat(">", n) + "\r\n");
        field("comments in References", MANY, n -> "References: " + repeat("(", n) + "<1@example.org>\r\n");
        field("quotes in In-Reply-To", MANY, n -> "In-Reply-To: " + repeat("\"", n) + "<1@example.org>\r\n");
        field("at signs in References", MANY, n -> "References: " + repeat("a@", n) + "\r\n");
        field("words in In-Reply-To", MANY, n -> "In-Reply-To: " + repeat("Message of ", n) + "<1@example.org>\r\n");
    }

    private static void trace() {
        field(
                "Received fields",
                MANY,
                n -> numbered("Received: from a.example.com by b", ".example.com; " + DATE + "\r\n", n));
        field(
                "equal Received fields",
                MANY,
                n -> repeat("Received: from a.example.com by b.example.com id 1; " + DATE + "\r\n", n));
        field("Received fields without date", MANY, n -> repeat("Received: from a by b\r\n", n));
        field(
                "Received fields of one host",
                MANY,
                n -> numbered("Received: by a.example.com with SMTP id ", "; " + DATE + "\r\n", n));
        field(
                "trace fields of several kinds",
                MANY,
                n -> repeat(
                        "Return-Path: <a@example.com>\r\nDelivered-To: a@example.com\r\nX-Original-To: b@example.com\r\n"
                                + "X-Received: by 2002:a05:1234:: with SMTP id a; " + DATE + "\r\n",
                        n / 4));
        field(
                "List-Id between Received fields",
                MANY,
                n -> numbered(
                        "List-Id: <list",
                        ".example.com>\r\nReceived: from a.example.com by lists.example.com; " + DATE + "\r\n",
                        n / 2));
        for (String one : new String[] {
            "(", "()", "(a ", "[", "<", "\"", "from ", "by b ", "with TLS ", "; ", "id 1 ", "for <a> ", "1.2.3.4 "
        }) {
            field(
                    one.strip() + " in Received",
                    MANY,
                    n -> "Received: from a.example.com " + repeat(one, n) + " by b.example.com; " + DATE + "\r\n");
        }
        field(
                "comments nested in Received",
                MANY,
                n -> "Received: from a.example.com " + repeat("(", n) + repeat(")", n) + " by b.example.com; " + DATE
                        + "\r\n");
    }

    /** Documents of hops repeat what they need of their mail. */
    private static void repetitions() {
        field(
                "octets of the Message-ID of a mail with 1,000 hops",
                1 << 20,
                n -> "Message-ID: <" + repeat("a", n - 100) + "@example.org>\r\n" + hops());
        field(
                "lists of a mail with 1,000 hops",
                MANY,
                n -> numbered("List-Id: <list", ".example.com>\r\n", n) + hops());
        field(
                "octets of a List-Id of a mail with 1,000 hops",
                1 << 20,
                n -> "List-Id: <" + repeat("a", n - 100) + ".example.com>\r\n" + hops());
        field(
                "octets of the Subject of a mail with 1,000 hops",
                1 << 20,
                n -> "Subject: " + repeat("a", n - 100) + "\r\n" + hops());
        field(
                "octets of Authentication-Results of a mail with 1,000 hops",
                1 << 20,
                n -> "Authentication-Results: " + repeat("a", n / 2) + "; dkim=pass header.d="
                        + repeat("a", n / 2 - 100) + "\r\n" + hops());
    }

    private static String hops() {
        return numbered("Received: from a.example.com by b", ".example.com; " + DATE + "\r\n", 1_000);
    }

    private static void authentication() {
        field(
                "Authentication-Results fields",
                MANY,
                n -> numbered("Authentication-Results: mx", ".example.com; dkim=pass header.d=example.org\r\n", n));
        field(
                "results in one field",
                MANY,
                n -> "Authentication-Results: mx.example.com" + repeat("; dkim=pass header.d=example.org", n) + "\r\n");
        field(
                "properties of one result",
                MANY,
                n -> "Authentication-Results: mx.example.com; dkim=pass" + repeat(" header.d=example.org", n) + "\r\n");
        field(
                "comments in Authentication-Results",
                MANY,
                n -> "Authentication-Results: mx.example.com; dkim=pass " + repeat("(", n) + "\r\n");
        field(
                "DKIM-Signature fields",
                MANY,
                n -> numbered(
                        "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s; bh=YQ==; h=from; b=YQ==; x=",
                        "\r\n",
                        n));
        field(
                "tags of a DKIM-Signature",
                MANY,
                n -> "DKIM-Signature: v=1; d=example.org; " + numbered("t", "=a; ", n) + "\r\n");
        field(
                "signed fields of a DKIM-Signature",
                MANY,
                n -> "DKIM-Signature: v=1; d=example.org; h=from" + numbered(":to", "", n) + "\r\n");
        field(
                "equal signed fields",
                MANY,
                n -> "DKIM-Signature: v=1; d=example.org; s=s; bh=YQ==; b=YQ==; h=from" + repeat(":to", n) + "\r\n");
        field(
                "octets of a signature",
                MEGABYTES,
                n -> "DKIM-Signature: v=1; d=example.org; b=" + repeat("a ", n / 2) + "\r\n");
        field("ARC sets", MANY / 4, n -> {
            StringBuilder sets = new StringBuilder();
            for (int i = 1; i <= n; i++) {
                sets.append("ARC-Seal: i=")
                        .append(i)
                        .append("; cv=pass; d=example.com; s=s; b=YQ==\r\nARC-Message-Signature: i=")
                        .append(i)
                        .append("; d=example.com; s=s; h=from; bh=YQ==; b=YQ==\r\nARC-Authentication-Results: i=")
                        .append(i)
                        .append("; mx.example.com; dkim=pass header.d=example.org\r\n");
            }
            return sets.toString();
        });
        field(
                "ARC fields of one instance",
                MANY,
                n -> repeat("ARC-Seal: i=1; cv=none; d=example.com; s=s; b=YQ==\r\n", n));
        field(
                "Received-SPF fields",
                MANY,
                n -> numbered("Received-SPF: pass (a) client-ip=192.0.2.1; receiver=mx", ".example.com\r\n", n));
        field("pairs in Received-SPF", MANY, n -> "Received-SPF: pass " + repeat("client-ip=192.0.2.1; ", n) + "\r\n");
        field(
                "signatures between hops with results",
                MANY,
                n -> numbered(
                        "Authentication-Results: mx.example.com; dkim=pass header.d=example.org header.b=YQ\r\n"
                                + "Received: from a.example.com by mx.example.com; " + DATE + "\r\n"
                                + "DKIM-Signature: v=1; d=example.org; s=s; h=from; bh=YQ==; b=YQ==; t=",
                        "\r\n",
                        n / 3));
    }

    private static void encodedWords() {
        field("encoded words", MANY, n -> "Subject: " + repeat("=?utf-8?q?=C3=A9?= ", n) + "\r\n");
        field("encoded words without blanks", MANY, n -> "Subject: " + repeat("=?utf-8?b?w6k=?=", n) + "\r\n");
        field("encoded words of different charsets", MANY, n -> "Subject: " + numbered("=?x", "?q?a?= ", n) + "\r\n");
        field("unfinished encoded words", MANY, n -> "Subject: " + repeat("=?utf-8?q?", n) + "\r\n");
        field("=? in the Subject", MANY, n -> "Subject: " + repeat("=?", n) + "\r\n");
        field("=?a?q in the Subject", MANY, n -> "Subject: " + repeat("=?a?q", n) + "\r\n");
        field("?= in the Subject", MANY, n -> "Subject: =?utf-8?q?" + repeat("?=", n) + "\r\n");
        field(
                "encoded words in encoded words",
                MANY,
                n -> "Subject: " + repeat("=?utf-8?q?=3D=3Futf-8=3Fq=3F", n) + "?=\r\n");
        field("octets of an encoded word", MEGABYTES, n -> "Subject: =?utf-8?q?" + repeat("=41", n / 3) + "?=\r\n");
        field(
                "escapes of ISO-2022-JP words",
                MANY,
                n -> "Subject: =?iso-2022-jp?q?" + repeat("=1B$B=1B(B", n) + "?=\r\n");
        field("words in ISO-2022-JP", MANY, n -> "Subject: " + repeat("=?iso-2022-jp?b?GyRCJCIbKEI=?= ", n) + "\r\n");
        field("words in UTF-7", MANY, n -> "Subject: " + repeat("=?utf-7?q?+AOk-?= ", n) + "\r\n");
        field(
                "encoded words in names",
                MANY,
                n -> "To: " + repeat("=?utf-8?q?J=C3=A9?= <a@example.org>, ", n) + "\r\n");
        field(
                "encoded words of one name",
                MANY,
                n -> "From: " + repeat("=?utf-8?q?J=C3=A9?= ", n) + "<a@example.org>\r\n");
    }

    private static void parameters() {
        field(
                "continued parameters",
                MANY,
                n -> "Content-Type: text/plain" + numberedBetween("; name*", "=a", n) + "\r\n");
        field(
                "continued encoded parameters",
                MANY,
                n -> "Content-Disposition: attachment" + numberedBetween("; filename*", "*=%41", n) + "\r\n");
        field("continued parameters backwards", MANY, n -> {
            StringBuilder parameters = new StringBuilder("Content-Type: text/plain");
            for (int i = n - 1; i >= 0; i--) {
                parameters.append("; name*").append(i).append("=a");
            }
            return parameters + "\r\n";
        });
        field("parameters", MANY, n -> "Content-Type: text/plain" + numberedBetween("; a", "=b", n) + "\r\n");
        field("equal parameters", MANY, n -> "Content-Type: text/plain" + repeat("; charset=utf-8", n) + "\r\n");
        field("octets of a parameter", MEGABYTES, n -> "Content-Type: text/plain; name=\"" + repeat("a", n) + "\"\r\n");
        field("backslashes in a parameter", MANY, n -> "Content-Type: text/plain; name=\"" + repeat("\\", n) + "\r\n");
        field("octets of the charset", MEGABYTES, n -> "Content-Type: text/plain; charset=" + repeat("a", n) + "\r\n");
        field("octets of the media type", MEGABYTES, n -> "Content-Type: " + repeat("a", n) + "/plain\r\n");
        field("semicolons in Content-Type", MANY, n -> "Content-Type: text/plain" + repeat(";", n) + "\r\n");
        field("comments in Content-Type", MANY, n -> "Content-Type: text/plain" + repeat("(", n) + "\r\n");
    }

    private static void multiparts() {
        body("nested multiparts", MANY, "multipart/mixed; boundary=b", n -> {
            StringBuilder nested = new StringBuilder("--b\r\n");
            for (int i = 0; i < n; i++) {
                nested.append("Content-Type: multipart/mixed; boundary=b")
                        .append(i)
                        .append("\r\n\r\n--b")
                        .append(i)
                        .append("\r\n");
            }
            return nested + "\r\ntext\r\n";
        });
        body(
                "nested multiparts of one boundary",
                MANY,
                "multipart/mixed; boundary=b",
                n -> repeat("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", n) + "text\r\n");
        body("nested multiparts with growing boundaries", 2_000, "multipart/mixed; boundary=b", n -> {
            StringBuilder nested = new StringBuilder("--b\r\n");
            StringBuilder boundary = new StringBuilder("b");
            for (int i = 0; i < n; i++) {
                boundary.append('b');
                nested.append("Content-Type: multipart/mixed; boundary=")
                        .append(boundary)
                        .append("\r\n\r\n--")
                        .append(boundary)
                        .append("\r\n");
            }
            return nested + "\r\ntext\r\n";
        });
        body("nested attached mails", MANY, "message/rfc822", n -> repeat("Content-Type: message/rfc822\r\n\r\n", n));
        body("nested encoded mails", 12, "multipart/mixed; boundary=b", n -> {
            String inner = "Content-Type: text/plain\r\n\r\ntext\r\n";
            for (int i = 0; i < n; i++) {
                inner = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(inner.getBytes(StandardCharsets.ISO_8859_1));
            }
            return "--b\r\n" + inner + "\r\n--b--\r\n";
        });
        body("parts", MANY, "multipart/mixed; boundary=b", n -> repeat("--b\r\n\r\ntext\r\n", n));
        body(
                "parts with names",
                MANY,
                "multipart/mixed; boundary=b",
                n -> repeat("--b\r\nContent-Type: image/png; name=a\r\n\r\ntext\r\n", n));
        body("empty parts", MANY, "multipart/mixed; boundary=b", n -> repeat("--b\r\n", n));
        body(
                "attached mails",
                MANY,
                "multipart/digest; boundary=b",
                n -> repeat("--b\r\n\r\nSubject: a\r\n\r\ntext\r\n", n));
        body(
                "alternatives",
                MANY,
                "multipart/alternative; boundary=b",
                n -> repeat("--b\r\nContent-Type: text/html\r\n\r\n<p>text</p>\r\n", n));
        body(
                "related parts",
                MANY,
                "multipart/related; boundary=b",
                n -> repeat("--b\r\nContent-Type: text/html\r\nContent-ID: <a@b>\r\n\r\n<p>text</p>\r\n", n));
        body(
                "lines like the boundary",
                MANY,
                "multipart/mixed; boundary=boundary",
                n -> "--boundary\r\n\r\n" + repeat("--boundar\r\n", n));
        body(
                "lines with the boundary as prefix",
                MANY,
                "multipart/mixed; boundary=b",
                n -> "--b\r\n\r\n" + repeat("--bb\r\n", n));
        body(
                "hyphens like a boundary of hyphens",
                MEGABYTES,
                "multipart/mixed; boundary=\"" + "-".repeat(60) + "b\"",
                n -> repeat("-", n) + "\r\n");
        body(
                "boundaries with blanks behind",
                MANY,
                "multipart/mixed; boundary=b",
                n -> repeat("--b" + " ".repeat(60) + "\r\n", n));
        raw("octets of the boundary", 1 << 19, n -> {
            String boundary = repeat("b", n);
            return HEAD + "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary
                    + "\r\n\r\ntext\r\n--" + boundary + "--\r\n";
        });
        raw("octets of a boundary that occurs almost", 1 << 19, n -> {
            String boundary = repeat("b", n);
            return HEAD + "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n"
                    + ("--" + boundary.substring(1) + "\r\n").repeat(16);
        });
        body(
                "header lines of a part",
                MANY,
                "multipart/mixed; boundary=b",
                n -> "--b\r\n" + numbered("X-", ": a\r\n", n) + "\r\ntext\r\n");
    }

    private static void encodings() {
        body("octets without a line break", MEGABYTES, "text/plain", n -> repeat("a", n));
        body("words without a line break", MEGABYTES, "text/plain", n -> repeat("a ", n / 2));
        body("NULs in the body", MEGABYTES, "text/plain", n -> repeat("\0", n));
        body("bare CRs in the body", MEGABYTES, "text/plain", n -> repeat("\r", n));
        body("blank lines", MEGABYTES, "text/plain", n -> repeat("\r\n", n / 2));
        body("octets in no charset", MEGABYTES, "text/plain", n -> repeat("\u00ff\u00fe\u0080", n / 3));
        body(
                "octets that are no UTF-8",
                MEGABYTES,
                "text/plain; charset=utf-8",
                n -> repeat("\u00c3\u00e2\u0080\u00f0", n / 4));
        body("escapes of ISO-2022-JP", MANY, "text/plain; charset=iso-2022-jp", n -> repeat("\u001b$B\u001b(B", n));
        body(
                "escapes of ISO-2022-CN",
                MANY,
                "text/plain; charset=iso-2022-cn",
                n -> repeat("\u001b$)A\u000e\u000f", n));
        body("shifts of UTF-7", MANY, "text/plain; charset=utf-7", n -> repeat("+AOk-+", n));
        body(
                "bidi and invisible characters",
                MANY,
                "text/plain; charset=utf-8",
                n -> repeat("\u00e2\u0080\u00ae\u00e2\u0080\u008b", n));
        body("combining characters", MANY, "text/plain; charset=utf-8", n -> "e" + repeat("\u00cc\u0081", n));
        encoded("base64", "octets that are no base64", n -> repeat("!@#$", n / 4));
        encoded("base64", "padding of base64", n -> repeat("=", n));
        encoded("base64", "finished base64", n -> repeat("YQ==", n / 4));
        encoded("base64", "short lines of base64", n -> repeat("Y\r\n", n / 3));
        encoded("quoted-printable", "equal signs of quoted-printable", n -> repeat("=", n));
        encoded("quoted-printable", "soft line breaks", n -> repeat("=\r\n", n / 3));
        encoded("quoted-printable", "blanks at line ends", n -> repeat(" ", n) + "\r\n");
        encoded("quoted-printable", "blanks and equal signs", n -> repeat("= ", n / 2));
        encoded("x-uuencode", "lines of uuencode", n -> "begin 644 a\r\n" + repeat("#86)C\r\n", n / 7) + "end\r\n");
        encoded("x-uuencode", "uuencode without end", n -> repeat("begin 644 a\r\n", n / 13));
        body("uuencoded files in the text", MANY, "text/plain", n -> repeat("begin 644 a\r\n#86)C\r\n`\r\nend\r\n", n));
        body("unfinished uuencode in the text", MANY, "text/plain", n -> repeat("begin 644 a\r\n", n));
        body(
                "yEnc in the text",
                MANY,
                "text/plain",
                n -> repeat("=ybegin line=128 size=3 name=a\r\nabc\r\n=yend size=3\r\n", n));
        body("PGP armour", MANY, "text/plain", n -> repeat("-----BEGIN PGP SIGNED MESSAGE-----\r\n", n));
        body("lines of format=flowed", MANY, "text/plain; format=flowed", n -> repeat("a \r\n", n));
        body(
                "quoted lines of format=flowed",
                MANY,
                "text/plain; format=flowed; delsp=yes",
                n -> repeat("> a \r\n>> b \r\n", n / 2));
        body("stuffed lines of format=flowed", MANY, "text/plain; format=flowed", n -> repeat(" > \r\n", n));
    }

    private static void quotes() {
        text("quote marks in a line", MANY, n -> repeat(">", n) + " a\r\n");
        text("quote marks with blanks in a line", MANY, n -> repeat("> ", n) + " a\r\n");
        text("bars in a line", MANY, n -> repeat("| ", n) + " a\r\n");
        text("quoted lines of rising depth", 2_000, n -> rising(n, i -> i));
        text("quoted lines of falling depth", 2_000, n -> rising(n, i -> n - i));
        text("quoted lines of depth modulo 50", MANY, n -> rising(n, i -> i % 50));
        text("quoted lines", MANY, n -> numbered("> line ", "\r\n", n));
        text("quoted and new lines in turn", MANY, n -> numbered("> line\r\nnew ", "\r\n", n / 2));
        text("initials before quotes", MANY, n -> numbered("JD", "> line\r\n", n));
        text("attributions", MANY, n -> repeat("On Tue, 6 Jul 2021 15:15:32 +0200, Jane Doe wrote:\r\n> a\r\n", n / 2));
        text(
                "attributions without quotes",
                MANY,
                n -> repeat("On Tue, 6 Jul 2021 15:15:32 +0200, Jane Doe wrote:\r\n", n));
        text(
                "nested attributions",
                2_000,
                n -> rising(n, i -> i).replace(" line", " On Tue, 6 Jul 2021 15:15:32 +0200, Jane Doe wrote:"));
        text("words of an attribution", MANY, n -> "On " + repeat("Tue, ", n) + " Jane Doe wrote:\r\n> a\r\n");
        text("wrote in an attribution", MANY, n -> repeat("On a wrote: ", n) + "\r\n> a\r\n");
        text(
                "lines of an attribution",
                MANY,
                n -> "On Tue,\r\n" + repeat("6 Jul\r\n", n) + "Jane Doe wrote:\r\n> a\r\n");
        text(
                "original messages",
                MANY,
                n -> repeat("-----Original Message-----\r\nFrom: Jane Doe\r\nSubject: a\r\n\r\n", n / 4));
        text("header lines as of an original message", MANY, n -> repeat("From: Jane Doe <jane@example.org>\r\n", n));
        text("underscores", MANY, n -> repeat("________________________________\r\n", n));
        text("signature separators", MANY, n -> repeat("-- \r\n", n));
        text(
                "list footers",
                MANY,
                n -> repeat(
                        "_______________________________________________\r\nlist mailing list\r\nlist@example.com\r\n",
                        n / 3));
        text("addresses in the text", MANY, n -> repeat("jane@example.org ", n));
        text("blanks in a line", MEGABYTES, n -> repeat(" ", n) + "a\r\n");
        text("trailers", MANY, n -> numbered("Reviewed-by: Jane Doe <jane", "@example.org>\r\n", n));
        text("trailers of different names", MANY, n -> numbered("X-", "-by: Jane Doe <jane@example.org>\r\n", n));
        text("links", MANY, n -> numbered("Link: https://lore.kernel.org/r/", "@example.org\r\n", n));
        text(
                "lines that wrap",
                MANY,
                n -> repeat(
                        "> a line that is as long as lines of mails are before they are wrapped by\r\nsomething\r\n",
                        n / 2));
        text("dots", MEGABYTES, n -> repeat(".", n));
        text("dashes", MEGABYTES, n -> repeat("-", n));
        text("angle brackets closed", MEGABYTES, n -> repeat("<", n));
        text("brackets", MEGABYTES, n -> repeat("[", n));
    }

    private static String rising(int n, IntUnaryOperator depth) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < n; i++) {
            lines.append(">".repeat(depth.applyAsInt(i))).append(" line\r\n");
        }
        return lines.toString();
    }

    private static void html() {
        html("nested tags", MANY, n -> repeat("<div>", n) + "text");
        html("nested quotes", MANY, n -> repeat("<blockquote>", n) + "text");
        html("nested tables", MANY, n -> repeat("<table><tr><td>", n) + "text");
        html("nested formatting", MANY, n -> repeat("<b><i><font>", n / 3) + "text");
        html("formatting that is reopened", MANY, n -> repeat("<a><b><p>", n / 3) + "text");
        html("misnested formatting", MANY, n -> repeat("<b><p></b>", n / 3) + "text");
        html("paragraphs in formatting", MANY, n -> repeat("<font>", 1_000) + repeat("<p>a", n));
        html("unclosed paragraphs", MANY, n -> repeat("<p>a", n));
        html("list items", MANY, n -> repeat("<li>a", n));
        html("select options", MANY, n -> repeat("<select><option>a", n));
        html("attributes", MANY, n -> "<p" + numberedBetween(" a", "=b", n) + ">text");
        html("equal attributes", MANY, n -> "<p" + repeat(" a=b", n) + ">text");
        html("entities", MANY, n -> repeat("&amp;", n));
        html("unfinished entities", MANY, n -> repeat("&am", n));
        html("octets of an entity", MEGABYTES, n -> "&" + repeat("a", n));
        html("digits of an entity", MEGABYTES, n -> "&#" + repeat("1", n) + ";");
        html("unfinished comments", MANY, n -> repeat("<!--", n));
        html("closed tags", MANY, n -> repeat("</p>", n));
        html("closed tags in nested tags", 20_000, n -> repeat("<span>", n) + repeat("</a>", n));
        html("angles", MEGABYTES, n -> repeat("<", n));
        html("unfinished tags", MANY, n -> repeat("<a ", n));
        html("style sheets", MANY, n -> repeat("<style>p{}</style>", n));
        html("rules of a style sheet", MANY, n -> "<style>" + repeat("p{color:red}", n) + "</style>text");
        html("octets of a style attribute", MEGABYTES, n -> "<p style=\"" + repeat("a:b;", n / 4) + "\">text");
        html("unclosed scripts", MANY, n -> repeat("<script>", n));
        html("unclosed titles", MANY, n -> repeat("<title>", n));
        html("foreign elements", MANY, n -> repeat("<svg><math>", n / 2) + "text");
        html("templates", MANY, n -> repeat("<template>", n) + "text");
        html("frame sets", MANY, n -> repeat("<frameset>", n) + "text");
        html("forms", MANY, n -> repeat("<form><input>", n / 2) + "text");
        html("line breaks", MANY, n -> repeat("<br>", n));
        html("preformatted", MANY, n -> repeat("<pre>\r\na", n));
        html("blanks", MEGABYTES, n -> repeat(" ", n));
        html("tables with text in the wrong place", MANY, n -> "<table>" + repeat("a<b>", n));
        html("table cells", MANY, n -> "<table>" + repeat("<tr><td>a", n));
    }

    private static void patches() {
        patch(
                "hunks",
                MANY,
                n -> "diff --git a/f b/f\r\n--- a/f\r\n+++ b/f\r\n" + repeat("@@ -1,1 +1,1 @@\r\n-a\r\n+b\r\n", n / 3));
        patch(
                "hunk headers",
                MANY,
                n -> "diff --git a/f b/f\r\n--- a/f\r\n+++ b/f\r\n" + repeat("@@ -1,9 +1,9 @@\r\n", n));
        patch("files", MANY, n -> {
            StringBuilder files = new StringBuilder();
            for (int i = 0; i < n / 4; i++) {
                files.append("diff --git a/f")
                        .append(i)
                        .append(" b/f")
                        .append(i)
                        .append("\r\n--- a/f")
                        .append(i)
                        .append("\r\n+++ b/f")
                        .append(i)
                        .append("\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n");
            }
            return files.toString();
        });
        patch("diff lines", MANY, n -> repeat("diff --git a/f b/f\r\n", n));
        patch("diffstat lines", MANY, n -> numbered(" f", " | 2 +-\r\n", n) + " 1 file changed\r\n");
        patch("diffstat lines without a sum", MANY, n -> repeat(" f | 2 +-\r\n", n));
        patch("plus signs of a diffstat line", MEGABYTES, n -> " f | 2 " + repeat("+", n) + "\r\n 1 file changed\r\n");
        patch("sums of a diffstat", MANY, n -> repeat(" 1 file changed, 1 insertion(+)\r\n", n));
        patch("dashes between patches", MANY, n -> repeat("---\r\n", n));
        patch(
                "octets of a file name",
                MEGABYTES,
                n -> "diff --git a/" + repeat("a ", n / 2) + " b/f\r\n--- a/f\r\n+++ b/f\r\n");
        patch("digits of a hunk", MEGABYTES, n -> "--- a/f\r\n+++ b/f\r\n@@ -1," + repeat("9", n) + " +1 @@\r\n");
        patch("minus and plus lines", MANY, n -> repeat("--- a\r\n+++ b\r\n", n / 2));
        patch(
                "trailers of a patch",
                MANY,
                n -> numbered("Signed-off-by: Jane Doe <jane", "@example.org>\r\n", n) + "---\r\n a | 1 +\r\n");
        patch("change ids", MANY, n -> numbered("Change-Id: I", "\r\n", n) + "---\r\n");
        patch(
                "links to earlier versions",
                MANY,
                n -> numbered("Changes in v2:\r\n- https://lore.kernel.org/r/", "@example.org\r\n", n / 2));
        patch("quoted diffs", MANY, n -> repeat("> diff --git a/f b/f\r\n> @@ -1 +1 @@\r\n> -a\r\n", n / 3));
        patch(
                "patches in one mail",
                MANY,
                n -> repeat(
                        "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\r\nFrom: A <a@example.org>\r\n\r\n",
                        n / 3));
        patch(
                "Index lines",
                MANY,
                n -> repeat(
                        "Index: f\r\n===================================================================\r\n", n / 2));
        patch(
                "context diffs",
                MANY,
                n -> repeat("*** a\r\n--- b\r\n***************\r\n*** 1 ****\r\n--- 1 ----\r\n", n / 5));
    }

    private static void field(String name, int most, IntFunction<String> field) {
        // The hostile field stands first, so that it is the one that counts.
        raw(name, most, n -> field.apply(n) + HEAD + "\r\ntext\r\n");
    }

    private static void text(String name, int most, IntFunction<String> body) {
        body(name, most, "text/plain; charset=us-ascii", body);
    }

    private static void html(String name, int most, IntFunction<String> body) {
        body("HTML: " + name, most, "text/html; charset=us-ascii", body);
    }

    private static void patch(String name, int most, IntFunction<String> body) {
        raw("patch: " + name, most, n -> HEAD.replace("Subject: ", "Subject: [PATCH] ") + "\r\n" + body.apply(n));
    }

    private static void encoded(String encoding, String name, IntFunction<String> body) {
        raw(
                name,
                MEGABYTES,
                n -> HEAD + "Content-Type: text/plain\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n"
                        + body.apply(n));
    }

    private static void body(String name, int most, String type, IntFunction<String> body) {
        raw(name, most, n -> HEAD + "MIME-Version: 1.0\r\nContent-Type: " + type + "\r\n\r\n" + body.apply(n));
    }

    private static void raw(String name, int most, IntFunction<String> mail) {
        HostileMail before =
                ALL.put(name, new HostileMail(name, most, n -> mail.apply(n).getBytes(StandardCharsets.ISO_8859_1)));
        if (before != null) {
            throw new IllegalStateException("two are called " + name);
        }
    }

    private static String repeat(String text, int count) {
        return text.repeat(count);
    }

    private static String numbered(String before, String after, int count) {
        return numberedBetween(before, after, count);
    }

    private static String numberedBetween(String before, String after, int count) {
        StringBuilder text = new StringBuilder(count * (before.length() + after.length() + 6));
        for (int i = 0; i < count; i++) {
            text.append(before).append(i).append(after);
        }
        return text.toString();
    }
}
