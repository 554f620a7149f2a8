package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Authentication;
import org.listlens.mail.Author;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.MailingList;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.SignatureCheck;

class AlterationsTest {
    private static Arguments of(int alterations, Consumer<Mails.Draft> draft) {
        return Arguments.of(alterations, draft);
    }

    private static Consumer<Mails.Draft> subject(String subject) {
        return draft -> draft.subject = subject;
    }

    private static Authentication signature(SignatureCheck.Outcome... outcomes) {
        List<SignatureCheck> checks = Stream.of(outcomes)
                .map(outcome -> new SignatureCheck(
                        SignatureCheck.Evidence.RESULTS, "mx.example.org", 1, null, outcome, "x", null))
                .toList();
        DkimSignature signature = new DkimSignature(
                "example.com",
                "s",
                null,
                "simple/simple",
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                1,
                checks,
                null);
        return new Authentication(List.of(), List.of(), List.of(signature), List.of(), null, null);
    }

    static Stream<Arguments> copies() {
        return Stream.of(
                of(0, draft -> {}),
                of(0, subject("[PATCH 1/2] relay")),
                of(2, subject("[dev] relay")),
                of(2, subject("Re: [PATCH] [Dev 17] relay")),
                of(2, subject("[Developers] relay")),
                of(0, subject("[other] relay")),
                of(0, subject("[dev relay")),
                of(16, draft -> draft.header("From", "Ada via dev <dev@lists.example.org>")),
                of(0, draft -> draft.header("From", "Ada <ada@example.com>")),
                of(16, draft -> draft.header("X-Original-From", "Ada <ada@example.com>")),
                of(16, draft -> draft.author = new Author("Ada", "ada@example.com", null, false, true)),
                of(0, draft -> draft.author = new Author("Ada", "ada@example.com", null, false, false)),
                of(8, draft -> draft.header("X-Content-Filtered-By", "Mailman/MimeDel 2.1.39")),
                of(4, draft -> draft.hops.clear()),
                of(32, draft -> draft.defects.add(new Defect(DefectCode.MAIL_TRUNCATED, 9))),
                of(
                        1,
                        draft -> draft.authentication =
                                signature(SignatureCheck.Outcome.WHOLE, SignatureCheck.Outcome.BROKEN)),
                of(
                        0,
                        draft -> draft.authentication =
                                signature(SignatureCheck.Outcome.WHOLE, SignatureCheck.Outcome.UNDECIDED)),
                of(19, draft -> {
                    draft.subject = "[dev] relay";
                    draft.header("From", "\"Ada\" <DEV@lists.example.org>");
                    draft.authentication = signature(SignatureCheck.Outcome.BROKEN);
                }));
    }

    @ParameterizedTest
    @MethodSource("copies")
    void sumsUp(int alterations, Consumer<Mails.Draft> change) {
        Mails.Draft draft = new Mails.Draft();
        draft.messageId = "a@example.com";
        draft.lists.add(new MailingList("dev.lists.example.org", "Developers", "dev@lists.example.org"));
        draft.hop("lists.example.org", "2024-03-01T12:00:00Z", null, null);
        change.accept(draft);
        ParsedMail mail = draft.mail();
        assertThat(Alterations.of(mail, NamedFields.of(mail.headers()))).isEqualTo(alterations);
    }
}
