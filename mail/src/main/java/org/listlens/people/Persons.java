package org.listlens.people;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins the authors of many mails to persons: those with the same address, and those with the same {@linkplain PersonRules
 * key} on one list. The outcome depends on what was added and not on the order. Robots are never joined with people. Not
 * thread-safe.
 */
public final class Persons {
    private final Map<Identity, Integer> numbers = new HashMap<>();
    private final List<Identity> identities = new ArrayList<>();
    private final List<Facts> facts = new ArrayList<>();

    /** The identity that each is joined with, or itself. */
    private int[] parents = new int[64];

    /** An identity for each key on each list. */
    private final Map<KeyOnList, Integer> keysOnLists = new HashMap<>();

    private @Nullable Map<Integer, String> ids;

    /**
     * Whose mails are one person's in any case.
     *
     * @param key of an address that many people share; else {@code null}
     */
    private record Identity(
            String address, boolean robot, @Nullable String key) {
        static Identity of(String address, boolean robot, @Nullable String key) {
            return new Identity(address, robot, PersonRules.isShared(key) ? key : null);
        }
    }

    private record KeyOnList(String key, boolean robot, String list) {}

    /** What the mails of an identity say. */
    private static final class Facts {
        long messages;
        long firstMs = Long.MAX_VALUE;
        long lastMs = Long.MIN_VALUE;
        final Map<String, Long> names = new TreeMap<>();

        /** When each organisation was last written for. */
        final Map<String, Long> organizations = new TreeMap<>();

        final TreeSet<String> keys = new TreeSet<>();
        final TreeSet<String> lists = new TreeSet<>();

        void add(Facts other) {
            messages += other.messages;
            firstMs = Math.min(firstMs, other.firstMs);
            lastMs = Math.max(lastMs, other.lastMs);
            other.names.forEach((name, count) -> names.merge(name, count, Long::sum));
            other.organizations.forEach((name, lastMs) -> organizations.merge(name, lastMs, Math::max));
            keys.addAll(other.keys);
            lists.addAll(other.lists);
        }
    }

    /**
     * Adds that mails of an author came by a list.
     *
     * @param key the author's {@link PersonRules#key}
     * @param list the list's id
     */
    public void addList(String address, boolean robot, @Nullable String key, String list) {
        int number = number(address, robot, key);
        facts.get(number).lists.add(list);
        if (key != null && !PersonRules.isShared(key)) {
            Integer other = keysOnLists.putIfAbsent(new KeyOnList(key, robot, list), number);
            if (other != null) {
                join(number, other);
            }
        }
    }

    /**
     * Adds mails of an author, each mail once, however many lists carried it.
     *
     * @param key the author's {@link PersonRules#key}
     * @param name the author's name in all of them
     * @param organization the author's organisation in all of them
     * @param messages how many they are
     * @param firstMs the time of the first, in milliseconds since 1970; {@code null} when none has a time
     * @param lastMs the time of the last
     */
    public void addMessages(
            String address,
            boolean robot,
            @Nullable String key,
            @Nullable String name,
            @Nullable String organization,
            long messages,
            @Nullable Long firstMs,
            @Nullable Long lastMs) {
        Facts known = facts.get(number(address, robot, key));
        known.messages += messages;
        known.firstMs = firstMs == null ? known.firstMs : Math.min(known.firstMs, firstMs);
        known.lastMs = lastMs == null ? known.lastMs : Math.max(known.lastMs, lastMs);
        if (key != null) {
            known.keys.add(key);
        }
        if (name != null) {
            known.names.merge(name, messages, Long::sum);
        }
        if (organization != null) {
            known.organizations.merge(organization, lastMs == null ? Long.MIN_VALUE : lastMs, Math::max);
        }
    }

    /** The id of an author's person; {@code null} when the author was not added. */
    public @Nullable String id(String address, boolean robot, @Nullable String key) {
        Integer number = numbers.get(Identity.of(address, robot, key));
        return number == null ? null : ids().get(root(number));
    }

    /** The persons as they are known now, to be asked by many threads. */
    public KnownPersons known() {
        Map<Integer, String> made = ids();
        Map<KnownPersons.Claim, String> known = HashMap.newHashMap(identities.size());
        for (int i = 0; i < identities.size(); i++) {
            Identity identity = identities.get(i);
            String id = made.get(root(i));
            if (id != null) {
                known.put(new KnownPersons.Claim(identity.address(), identity.robot(), identity.key()), id);
            }
        }
        return new KnownPersons(known);
    }

    /** All persons, sorted by their ids. */
    public List<Person> persons() {
        Map<Integer, String> known = ids();
        Map<Integer, Facts> sums = new HashMap<>();
        Map<Integer, TreeSet<String>> addresses = new HashMap<>();
        for (int i = 0; i < identities.size(); i++) {
            int root = root(i);
            sums.computeIfAbsent(root, unused -> new Facts()).add(facts.get(i));
            addresses
                    .computeIfAbsent(root, unused -> new TreeSet<>())
                    .add(identities.get(i).address());
        }
        List<Person> persons = new ArrayList<>(sums.size());
        sums.forEach((root, sum) -> persons.add(person(
                known.getOrDefault(root, ""),
                identities.get(root).robot(),
                sum,
                List.copyOf(addresses.getOrDefault(root, new TreeSet<>())))));
        persons.sort(Comparator.comparing(Person::id));
        return persons;
    }

    private static Person person(String id, boolean robot, Facts sum, List<String> addresses) {
        List<String> names = new ArrayList<>(sum.names.keySet());
        names.sort(Comparator.<String>comparingLong(name -> -sum.names.getOrDefault(name, 0L))
                .thenComparingInt(name -> -name.length())
                .thenComparing(Comparator.naturalOrder()));
        String organization = null;
        long latest = Long.MIN_VALUE;
        for (Map.Entry<String, Long> entry : sum.organizations.entrySet()) {
            if (organization == null || entry.getValue() > latest) {
                organization = entry.getKey();
                latest = entry.getValue();
            }
        }
        boolean timed = sum.firstMs <= sum.lastMs;
        return new Person(
                id,
                names.isEmpty() ? null : names.getFirst(),
                names,
                addresses,
                organization,
                List.copyOf(sum.organizations.keySet()),
                robot,
                sum.messages,
                timed ? (Long) sum.firstMs : null,
                timed ? (Long) sum.lastMs : null,
                List.copyOf(sum.keys),
                List.copyOf(sum.lists));
    }

    /** The id of each root. */
    private Map<Integer, String> ids() {
        if (ids == null) {
            Map<Integer, Integer> first = new HashMap<>();
            for (int i = 0; i < identities.size(); i++) {
                first.merge(root(i), i, this::earlier);
            }
            Map<Integer, String> made = new HashMap<>();
            first.forEach((root, number) -> made.put(root, label(identities.get(number))));
            ids = made;
        }
        return ids;
    }

    private int earlier(int one, int other) {
        int order = Long.compare(facts.get(one).firstMs, facts.get(other).firstMs);
        order = order != 0 ? order : label(identities.get(one)).compareTo(label(identities.get(other)));
        return order <= 0 ? one : other;
    }

    private String label(Identity identity) {
        if (identity.key() != null) {
            return identity.address()
                    + '#'
                    + identity.key().substring(0, identity.key().lastIndexOf('|'));
        }
        boolean people = identity.robot() && numbers.containsKey(new Identity(identity.address(), false, null));
        return people ? identity.address() + "#robot" : identity.address();
    }

    private int number(String address, boolean robot, @Nullable String key) {
        ids = null;
        Identity identity = Identity.of(address, robot, key);
        Integer known = numbers.get(identity);
        if (known != null) {
            return known;
        }
        int number = identities.size();
        numbers.put(identity, number);
        identities.add(identity);
        facts.add(new Facts());
        if (number == parents.length) {
            parents = Arrays.copyOf(parents, 2 * number);
        }
        parents[number] = number;
        return number;
    }

    private void join(int one, int other) {
        int a = root(one);
        int b = root(other);
        parents[Math.max(a, b)] = Math.min(a, b);
        ids = null;
    }

    private int root(int number) {
        int root = number;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }
}
