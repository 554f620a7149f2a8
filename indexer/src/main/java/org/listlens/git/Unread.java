package org.listlens.git;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * The mails that a repository has to hand over, in the order in which git tells of them: newest first. Each takes 40
 * octets in version 2, and 60 in version 1.
 */
final class Unread {
    /** How many ints an id takes. */
    private static final int ID = Constants.OBJECT_ID_LENGTH / Integer.BYTES;

    private final Layout layout;
    private final int stride;
    private int[] ids = new int[0];
    private int size;
    private final Map<Integer, String> longPaths = new HashMap<>();

    Unread(Layout layout) {
        this.layout = layout;
        this.stride = layout == Layout.V1 ? 3 * ID : 2 * ID;
    }

    int size() {
        return size;
    }

    /** Adds the mail of a commit of version 2; with a blob of zeros a commit whose files cannot be read. */
    void add(AnyObjectId commit, AnyObjectId blob) {
        int at = size * stride;
        if (at == ids.length) {
            ids = Arrays.copyOf(ids, Math.max(64 * stride, 2 * at));
        }
        commit.copyRawTo(ids, at);
        blob.copyRawTo(ids, at + ID);
        size++;
    }

    /** Adds a mail of version 1. */
    void add(AnyObjectId commit, AnyObjectId blob, byte[] path) {
        int index = size;
        add(commit, blob);
        if (path.length == Constants.OBJECT_ID_STRING_LENGTH + 1) {
            key(path).copyRawTo(ids, index * stride + 2 * ID);
        } else {
            longPaths.put(index, RawParseUtils.decode(path));
        }
    }

    /** The SHA-1 that is the path of a mail of version 1; for one of several with one Message-ID, that of its path. */
    static ObjectId key(byte[] path) {
        if (path.length > Constants.OBJECT_ID_STRING_LENGTH + 1) {
            return new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, path);
        }
        byte[] digits = new byte[Constants.OBJECT_ID_STRING_LENGTH];
        digits[0] = path[0];
        digits[1] = path[1];
        System.arraycopy(path, 3, digits, 2, digits.length - 2);
        return ObjectId.fromString(digits, 0);
    }

    ObjectId commit(int index) {
        return ObjectId.fromRaw(ids, index * stride);
    }

    ObjectId blob(int index) {
        return ObjectId.fromRaw(ids, index * stride + ID);
    }

    /** Whether a mail is of the same commit as the one before it in the list. */
    boolean isOfSameCommit(int index) {
        int at = index * stride;
        return index > 0 && Arrays.equals(ids, at, at + ID, ids, at - stride, at - stride + ID);
    }

    /** The place of a mail, as {@code git show} takes it: the commit that brought it, a colon, and its file. */
    String place(int index) {
        return commit(index).name() + ':' + path(index);
    }

    private String path(int index) {
        if (layout == Layout.V2) {
            return "m";
        }
        String path = longPaths.get(index);
        if (path != null) {
            return path;
        }
        String name = ObjectId.fromRaw(ids, index * stride + 2 * ID).name();
        return name.substring(0, 2) + '/' + name.substring(2);
    }

    /** Frees what has been handed over. */
    void clear() {
        ids = new int[0];
        size = 0;
        longPaths.clear();
    }
}
