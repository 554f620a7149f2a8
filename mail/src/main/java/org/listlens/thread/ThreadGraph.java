package org.listlens.thread;

import java.util.Arrays;

/**
 * The threads of mails, from Message-ID, References and In-Reply-To alone. Mails come in any order; the outcome is the
 * same.
 *
 * <p>All mails that a chain of references joins are one thread, whether or not the mails that are referred to are there.
 * Within it, a mail answers the last of its References. Where a mail has none, and for mails that are missing, what
 * other mails' References have before it stands in: of several the longest says it. Such guesses yield to what a mail
 * says itself, and where parents go round in a circle, the weakest link is taken out. Subjects are not looked at.
 *
 * <p>Ids are 64-bit hashes ({@link ThreadIds}); an id costs about 40 octets, that of a missing mail included. Not
 * thread-safe; once the threads were asked for, many threads may ask.
 */
public final class ThreadGraph {
    private static final int NONE = -1;

    /** More ids than fit into an array; no archive has so many. */
    private static final int MOST = 1 << 29;

    /** What a link says of itself, in {@link #strength}: the mail's own word beats any guess. */
    private static final int OWN = 1 << 30;

    /** In {@link #state}: the mail of this id was added. */
    private static final byte THERE = 1;
    /** While looking for circles: on the way that is being walked, and walked before. */
    private static final byte ON_WAY = 2;

    private static final byte WALKED = 4;

    private long[] ids = new long[1 << 10];
    /** Open addressing: the node of an id, or {@link #NONE}. */
    private int[] slots = new int[1 << 11];

    private int size;
    private byte[] state = new byte[1 << 10];
    /** Union-find over the nodes. */
    private int[] joined = new int[1 << 10];

    private int[] parent = new int[1 << 10];
    /** How much the link to the parent is worth: how many references stand before, and {@link #OWN}. */
    private int[] strength = new int[1 << 10];

    private int[] depth = new int[0];
    /** Of each node the root that names its thread. */
    private int[] main = new int[0];

    public ThreadGraph() {
        Arrays.fill(slots, NONE);
    }

    /**
     * Adds a mail. Another one with the same id takes the same place.
     *
     * @param id its own id
     * @param references what it refers to, the mail that it answers last; its own id at their end is skipped, and before
     *     others tells that another mail has the same id, so that they do not say what this one answers
     * @param related further ids that belong to the same thread and say nothing of who answers whom
     * @return the number of its id, from 0 in the order in which ids were met
     * @throws IllegalStateException when the threads were asked for already
     */
    public int add(long id, long[] references, long[] related) {
        if (solved()) {
            throw new IllegalStateException("the threads are known already");
        }
        int node = node(id);
        state[node] = THERE;
        int before = NONE;
        int chain = 0;
        boolean answersItself = false;
        for (int i = 0; i < references.length; i++) {
            boolean own = references[i] == id;
            answersItself |= own && i < references.length - 1;
            int next = own ? before : node(references[i]);
            if (next != before) {
                if (before != NONE) {
                    link(next, before, chain);
                }
                join(node, next);
                before = next;
                chain = Math.min(chain + 1, OWN - 1);
            }
        }
        if (before != NONE && !answersItself) {
            link(node, before, OWN | chain);
        }
        for (long other : related) {
            join(node, node(other));
        }
        return node;
    }

    /** Whether a mail with this id was added. */
    public boolean has(long id) {
        int node = slots[slot(id)];
        return node != NONE && (state[node] & THERE) != 0;
    }

    /** How many ids were met, those of missing mails included. */
    public int size() {
        return size;
    }

    /** The id of the thread that an id belongs to: the id at its root, whose mail may be missing. */
    public long thread(long id) {
        int node = solvedNode(id);
        return ids[main[node]];
    }

    /** How many mails lie above a mail, those included that are missing: 0 of a root. */
    public int depth(long id) {
        int node = solvedNode(id);
        return depth[node];
    }

    /** The id of the next mail above a mail that is there; the mail's own when there is none. */
    public long parent(long id) {
        int node = solvedNode(id);
        for (int above = parent[node]; above != NONE; above = parent[above]) {
            if ((state[above] & THERE) != 0) {
                return ids[above];
            }
        }
        return id;
    }

    private int solvedNode(long id) {
        solve();
        int node = slots[slot(id)];
        if (node == NONE) {
            throw new IllegalArgumentException("no such id");
        }
        return node;
    }

    private boolean solved() {
        return main.length > 0;
    }

    /** Ends adding: from here on, many threads may ask. */
    void solve() {
        if (solved()) {
            return;
        }
        for (int node = 0; node < size; node++) {
            breakCircle(node);
        }
        depth = new int[size];
        int[] top = new int[size];
        int[] way = new int[size];
        Arrays.fill(top, NONE);
        for (int node = 0; node < size; node++) {
            measure(node, top, way);
        }
        int[] mails = way;
        Arrays.fill(mails, 0);
        for (int node = 0; node < size; node++) {
            mails[top[node]] += state[node] & THERE;
        }
        // The roots of the union-find first, which stand for their threads; then all.
        int[] best = top;
        Arrays.fill(best, NONE);
        for (int node = 0; node < size; node++) {
            if (parent[node] == NONE) {
                int first = root(node);
                int other = best[first];
                if (other == NONE
                        || mails[node] > mails[other]
                        || (mails[node] == mails[other] && ids[node] < ids[other])) {
                    best[first] = node;
                }
            }
        }
        int[] roots = new int[Math.max(1, size)];
        for (int node = 0; node < size; node++) {
            roots[node] = best[root(node)];
        }
        main = roots;
    }

    /** Takes the weakest link out of the circle that the parents of a node lead into, if there is one. */
    private void breakCircle(int from) {
        int node = from;
        while (node != NONE && (state[node] & (ON_WAY | WALKED)) == 0) {
            state[node] |= ON_WAY;
            node = parent[node];
        }
        boolean circle = node != NONE && (state[node] & ON_WAY) != 0;
        for (int next = from; next != NONE && (state[next] & ON_WAY) != 0; next = parent[next]) {
            state[next] = (byte) ((state[next] & THERE) | WALKED);
        }
        if (circle) {
            int weakest = node;
            for (int next = parent[node]; next != node; next = parent[next]) {
                if (strength[next] < strength[weakest]
                        || (strength[next] == strength[weakest] && ids[next] < ids[weakest])) {
                    weakest = next;
                }
            }
            parent[weakest] = NONE;
        }
    }

    /** Finds the topmost node above a node, and the depths on the way there. */
    private void measure(int from, int[] top, int[] way) {
        int steps = 0;
        int node = from;
        while (node != NONE && top[node] == NONE) {
            way[steps++] = node;
            node = parent[node];
        }
        while (steps > 0) {
            int next = way[--steps];
            int above = parent[next];
            top[next] = above == NONE ? next : top[above];
            depth[next] = above == NONE ? 0 : depth[above] + 1;
        }
    }

    /** Makes a node the answer to another one, unless there is a stronger link already. */
    private void link(int node, int above, int worth) {
        int known = parent[node];
        if (known == NONE || worth > strength[node] || (worth == strength[node] && ids[above] < ids[known])) {
            parent[node] = above;
            strength[node] = worth;
        }
    }

    private int root(int node) {
        int at = node;
        while (joined[at] != at) {
            joined[at] = joined[joined[at]];
            at = joined[at];
        }
        return at;
    }

    private void join(int one, int other) {
        int first = root(one);
        int second = root(other);
        // By age of the node, not by rank: path halving alone keeps chains short enough.
        joined[Math.max(first, second)] = Math.min(first, second);
    }

    private int slot(long id) {
        int mask = slots.length - 1;
        int at = (int) ((id * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (slots[at] != NONE && ids[slots[at]] != id) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int node(long id) {
        int slot = slot(id);
        if (slots[slot] != NONE) {
            return slots[slot];
        }
        if (size == MOST) {
            throw new IllegalStateException("more than " + MOST + " Message-IDs");
        }
        if (size == ids.length) {
            int more = Math.min(MOST, size + size / 2);
            ids = Arrays.copyOf(ids, more);
            state = Arrays.copyOf(state, more);
            joined = Arrays.copyOf(joined, more);
            parent = Arrays.copyOf(parent, more);
            strength = Arrays.copyOf(strength, more);
        }
        if ((size + 1) * 3L > slots.length * 2L) {
            rehash();
            slot = slot(id);
        }
        ids[size] = id;
        joined[size] = size;
        parent[size] = NONE;
        slots[slot] = size;
        return size++;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        Arrays.fill(slots, NONE);
        for (int node = 0; node < size; node++) {
            slots[slot(ids[node])] = node;
        }
    }
}
