package org.listlens.body;

import java.util.ArrayList;
import java.util.List;
import org.listlens.body.Entity.Kind;
import org.listlens.header.ParameterizedValue;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.Limits;

/**
 * Reads the tree of MIME entities (RFC 2045, 2046), in time linear in the octets times {@link Limits#nesting}. Not
 * thread-safe; one for each mail.
 */
final class EntityReader {
    private static final String PLAIN = "text/plain";
    private static final String MESSAGE = "message/rfc822";

    private final Limits limits;
    private final Defects defects;
    private int parts;

    EntityReader(Limits limits, Defects defects) {
        this.limits = limits;
        this.defects = defects;
    }

    /** Reads the entity whose body these octets are. */
    Entity read(byte[] bytes, int offset, int length, ContentFields fields) {
        return entity(Octets.of(bytes), offset, length, fields, PLAIN, "", 0);
    }

    /**
     * @param fallback the type of an entity without Content-Type
     * @param path the path of a multipart's parts, ended by a dot, or that of a leaf; empty for the whole mail
     */
    private Entity entity(
            Octets octets, int offset, int length, ContentFields fields, String fallback, String path, int level) {
        String type = type(octets, offset, fields, fallback);
        if (type.startsWith("multipart/")) {
            return multipart(octets, offset, length, fields, type, path, level);
        }
        parts++;
        String leafPath = path.isEmpty() || path.endsWith(".") ? path + "1" : path;
        if (isMessage(type)) {
            return message(octets, offset, length, fields, type, leafPath, level);
        }
        return new Entity(octets, offset, length, leafPath, type, fields, List.of(), Kind.LEAF);
    }

    private static boolean isMessage(String type) {
        return type.equals(MESSAGE) || type.equals("message/global") || type.equals("message/news");
    }

    private String type(Octets octets, int offset, ContentFields fields, String fallback) {
        ParameterizedValue declared = fields.type();
        if (declared == null) {
            return fallback;
        }
        String type = declared.value();
        int slash = type.indexOf('/');
        if (slash > 0 && slash < type.length() - 1 && type.indexOf('/', slash + 1) < 0) {
            return type;
        }
        defects.add(
                DefectCode.INVALID_CONTENT_TYPE, fields.typeOffset() < 0 ? octets.place(offset) : fields.typeOffset());
        // RFC 2045 §5.2; a multipart that forgot to say of which kind is still one.
        return type.startsWith("multipart") && declared.parameter("boundary") != null ? "multipart/mixed" : PLAIN;
    }

    private Entity multipart(
            Octets octets, int offset, int length, ContentFields fields, String type, String path, int level) {
        int place = octets.place(offset);
        String leafPath = path.isEmpty() || path.endsWith(".") ? path + "1" : path;
        if (level >= limits.nesting()) {
            defects.add(DefectCode.NESTING_TOO_DEEP, place);
            parts++;
            return new Entity(octets, offset, length, leafPath, type, fields, List.of(), Kind.LEAF);
        }
        ParameterizedValue declared = fields.type();
        String boundary = declared == null ? null : declared.parameter("boundary");
        int left = Math.max(1, limits.parts() - parts);
        MultipartScanner scanner = MultipartScanner.scan(octets.bytes(), offset, offset + length, boundary, left);
        if (!scanner.found()) {
            defects.add(DefectCode.MISSING_BOUNDARY, place);
            scanner = MultipartScanner.guess(octets.bytes(), offset, offset + length, left);
            if (!scanner.found()) {
                parts++;
                return new Entity(octets, offset, length, leafPath, type, fields, List.of(), Kind.UNDIVIDED);
            }
        }
        if (!scanner.opened()) {
            defects.add(DefectCode.MISSING_BOUNDARY, place);
        }
        if (scanner.cut()) {
            defects.add(DefectCode.TOO_MANY_PARTS, place);
        } else if (!scanner.closed()) {
            defects.add(DefectCode.UNTERMINATED_MULTIPART, place);
        }
        String prefix = path.isEmpty() || path.endsWith(".") ? path : path + '.';
        String fallback = type.equals("multipart/digest") ? MESSAGE : PLAIN;
        List<Entity> children = new ArrayList<>(scanner.size());
        for (int i = 0; i < scanner.size(); i++) {
            if (parts >= limits.parts()) {
                defects.add(DefectCode.TOO_MANY_PARTS, place);
                break;
            }
            int from = scanner.start(i);
            int to = scanner.end(i);
            ContentFields header = ContentFields.read(octets, from, to);
            int body = from + header.location();
            children.add(entity(octets, body, to - body, header, fallback, prefix + (i + 1), level + 1));
        }
        return new Entity(octets, offset, length, path, type, fields, children, Kind.MULTIPART);
    }

    /** An attached message; its own entity is its only child. */
    private Entity message(
            Octets octets, int offset, int length, ContentFields fields, String type, String path, int level) {
        int place = octets.place(offset);
        List<Entity> children = List.of();
        if (level >= limits.nesting()) {
            defects.add(DefectCode.NESTING_TOO_DEEP, place);
        } else if (parts < limits.parts()) {
            Octets inner = octets;
            int from = offset;
            int to = offset + length;
            // RFC 2046 §5.2.1 forbids to encode a message; some do.
            if (TransferEncoding.isEncoded(fields.encoding())) {
                Slice decoded = TransferEncoding.decode(octets, offset, length, fields, defects);
                inner = new Octets(decoded.bytes(), false, place);
                from = decoded.offset();
                to = from + decoded.length();
            }
            ContentFields header = ContentFields.read(inner, from, to);
            int body = from + header.location();
            children = List.of(entity(inner, body, to - body, header, PLAIN, path + '.', level + 1));
        } else {
            defects.add(DefectCode.TOO_MANY_PARTS, place);
        }
        return new Entity(octets, offset, length, path, type, fields, children, Kind.MESSAGE);
    }
}
