package org.listlens.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.listlens.mail.ParsedMail;

/** No string of a parsed mail is forgotten: each either loses the address in it, or is known to hold none. */
class ComponentsTest {
    private static final String PERSON = "Jane Roeland <jane.roeland@home.example.net>";

    /** What says nothing of persons, or says only what hosts and lists are. */
    private static final Set<String> WITHOUT_PERSONS = Set.of(
            "ArcSet.algorithm",
            "ArcSet.bodyHash",
            "ArcSet.canonicalization",
            "ArcSet.cv",
            "ArcSet.signedFields",
            "Author.organization",
            "BodyText.charset",
            "BodyText.type",
            "DkimSignature.algorithm",
            "DkimSignature.bodyHash",
            "DkimSignature.canonicalization",
            "DkimSignature.overSigned",
            "DkimSignature.signedFields",
            "DkimSignature.value",
            "HeaderField.name",
            "Hop.with",
            "MailingList.id",
            "MailingList.name",
            "MailingList.post",
            "Part.charset",
            "Part.disposition",
            "Part.encoding",
            "Part.path",
            "Part.type",
            "Patch.baseCommit",
            "Patch.changeId",
            "ReceivedSpf.identity",
            "ReceivedSpf.result",
            "Receiver.software",
            "Receiver.version",
            "Result.method",
            "Result.properties.key",
            "Result.result",
            "SignatureCheck.result",
            "Tls.cipher",
            "Tls.version",
            "Trailer.key",
            "Verdict.dmarcPolicy");

    /** Archives have names that have nothing to do with a mail; addresses in them are replaced. */
    private static final Set<String> PLACES = Set.of("Origin.source", "Origin.position");

    @Test
    void everyStringIsReplacedOrKnownToHoldNoPerson() throws Exception {
        ParsedMail mail = (ParsedMail) make(ParsedMail.class);
        Set<String> all = new TreeSet<>();
        strings("", mail, "", all);
        assertThat(all)
                .as("the test's own sight")
                .contains("ParsedMail.subject", "Quotation.messageId", "Trailer.value");

        Set<String> left = new TreeSet<>();
        ParsedMail pseudonymized = new Pseudonymizer(new PseudonymKey("a key of enough characters")).apply(mail);
        strings("", pseudonymized, "oeland", left);
        assertThat(pseudonymized.origin().source()).doesNotContain("home.example.net");
        left.removeAll(PLACES);
        assertThat(left).containsExactlyInAnyOrderElementsOf(WITHOUT_PERSONS);
    }

    /** The paths of the strings within a value that contain a text. */
    private static void strings(String path, @Nullable Object value, String text, Set<String> found) throws Exception {
        if (value instanceof String string) {
            if (string.contains(text)) {
                found.add(path);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                strings(path, element, text, found);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                strings(path + ".key", entry.getKey(), text, found);
                strings(path, entry.getValue(), text, found);
            }
        } else if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                String name = record.getClass().getSimpleName() + '.' + component.getName();
                strings(name, component.getAccessor().invoke(record), text, found);
            }
        }
    }

    /** A value of a type, with the person in each string. */
    private static Object make(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == List.class) {
                return List.of(make(last));
            }
            return generic.getRawType() == Map.class ? Map.of(PERSON, PERSON) : Set.of(make(last));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return PERSON;
        } else if (plain == int.class || plain == Integer.class) {
            return 1;
        } else if (plain == long.class || plain == Long.class) {
            return 1L;
        } else if (plain == boolean.class || plain == Boolean.class) {
            return true;
        } else if (plain == Instant.class) {
            return Instant.EPOCH;
        } else if (plain == ZoneOffset.class) {
            return ZoneOffset.UTC;
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        assertThat(plain.isRecord()).as("how to make a " + plain).isTrue();
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : plain.getRecordComponents()) {
            // A list's address would make that of the person one of a list.
            values.add(
                    plain.getSimpleName().equals("MailingList")
                            ? "list.oeland@lists.example.org"
                            : make(component.getGenericType()));
        }
        Class<?>[] types = Arrays.stream(plain.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return plain.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw new AssertionError("a " + plain + " of " + values, e.getCause());
        }
    }
}
