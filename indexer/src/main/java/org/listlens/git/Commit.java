package org.listlens.git;

import java.io.IOException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * What matters of a commit.
 *
 * @param tree the root of its files
 * @param parents the commits that it was made from; none at the beginning of a history
 */
record Commit(ObjectId id, ObjectId tree, ObjectId[] parents) {
    private static final ObjectId[] NONE = new ObjectId[0];
    private static final byte[] TREE = Constants.encodeASCII("tree ");
    private static final byte[] PARENT = Constants.encodeASCII("parent ");
    private static final int HEX = Constants.OBJECT_ID_STRING_LENGTH;

    /** @throws IOException when it is missing or damaged */
    static Commit read(ObjectReader reader, AnyObjectId id) throws IOException {
        byte[] octets = reader.open(id, Constants.OBJ_COMMIT).getCachedBytes();
        try {
            int at = line(octets, 0, TREE);
            if (at < 0) {
                throw new CorruptObjectException(id.toObjectId(), "it names no tree");
            }
            ObjectId tree = ObjectId.fromString(octets, TREE.length);
            int first = at;
            int count = 0;
            for (int next = line(octets, at, PARENT); next >= 0; next = line(octets, at, PARENT)) {
                at = next;
                count++;
            }
            ObjectId[] parents = count == 0 ? NONE : new ObjectId[count];
            for (int i = 0; i < count; i++) {
                parents[i] = ObjectId.fromString(octets, first + i * (PARENT.length + HEX + 1) + PARENT.length);
            }
            return new Commit(id.toObjectId(), tree, parents);
        } catch (InvalidObjectIdException e) {
            throw new CorruptObjectException(id.toObjectId(), "an id in it cannot be read: " + e.getMessage());
        }
    }

    /** The index behind a line of a name and an id; -1 when there is none at {@code at}. */
    private static int line(byte[] octets, int at, byte[] name) {
        int end = at + name.length + HEX;
        if (end >= octets.length || octets[end] != '\n') {
            return -1;
        }
        for (int i = 0; i < name.length; i++) {
            if (octets[at + i] != name[i]) {
                return -1;
            }
        }
        return end + 1;
    }
}
