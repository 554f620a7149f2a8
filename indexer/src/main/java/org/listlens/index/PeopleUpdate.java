package org.listlens.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.document.PersonDocuments;
import org.listlens.engine.EngineException;
import org.listlens.people.Person;
import org.listlens.people.Persons;

/**
 * Brings persons up to date with the messages that have come: joins their authors with those that are known, writes the
 * persons that this changes, and into messages who wrote them. The outcome depends on the messages alone, not on the order
 * in which they came; an update that was cut off is made up for by the next.
 *
 * <p>A message's author touches the persons who share an address or a key with it, and those who share one with them: what
 * all of their messages say is counted by the engine and looked at anew. Messages take part until their thread is solved.
 */
final class PeopleUpdate {
    /** With more addresses than these, counting all authors is the shorter way. */
    private static final int MOST_ADDRESSES = 50_000;

    private static final int ACTIONS = 4_000;

    /** With more persons than these to look at, all are. */
    private static final int MOST_DEVIATING = 5_000;

    private final StoredAuthors stored;
    private final UpdateWriter writer;

    PeopleUpdate(EngineSearch search, UpdateWriter writer) {
        this.stored = new StoredAuthors(search);
        this.writer = writer;
    }

    /** Updates, after a refresh; what messages are to be told is left to the round where that is possible. */
    void run(DiscussionRound round) throws EngineException, InterruptedException {
        Touched touched = new Touched();
        stored.fresh(touched.newAddresses, touched.newKeys);
        if (find(touched)) {
            update(touched.addresses, touched.persons, round);
        } else {
            all();
        }
    }

    /**
     * Looks at the persons anew whose documents do not count as many messages as they have, because messages were taken
     * away or replaced by such of other authors, or an update was cut off.
     */
    void heal() throws EngineException, InterruptedException {
        Set<String> deviating = stored.deviating(MOST_DEVIATING);
        Touched touched = new Touched();
        if (deviating.size() <= MOST_DEVIATING) {
            stored.persons("person.id", deviating, touched::add);
            stored.of(deviating, touched.newAddresses, touched.newKeys);
        }
        if (deviating.size() <= MOST_DEVIATING && find(touched)) {
            update(touched.addresses, touched.persons, null);
        } else {
            all();
        }
    }

    /** Looks at all authors anew. */
    void all() throws EngineException, InterruptedException {
        Map<String, @Nullable String> persons = new HashMap<>();
        stored.persons(person -> persons.put(person.id(), person.hash()));
        update(null, persons, null);
    }

    /** Addresses to look at, and the documents of the persons who have them, by {@code _id} with their hashes. */
    private static final class Touched {
        final Set<String> addresses = new TreeSet<>();
        final Set<String> keys = new TreeSet<>();
        final Map<String, @Nullable String> persons = new HashMap<>();
        final Set<String> newAddresses = new LinkedHashSet<>();
        final Set<String> newKeys = new LinkedHashSet<>();

        void add(StoredAuthors.StoredPerson person) {
            if (!persons.containsKey(person.id())) {
                persons.put(person.id(), person.hash());
                newAddresses.addAll(person.addresses());
                newKeys.addAll(person.keys());
            }
        }
    }

    /** Finds all that shares an address or a key with what is touched; whether that is less than about all. */
    private boolean find(Touched touched) throws EngineException, InterruptedException {
        while (!touched.newAddresses.isEmpty() || !touched.newKeys.isEmpty()) {
            touched.addresses.addAll(touched.newAddresses);
            touched.keys.addAll(touched.newKeys);
            if (touched.addresses.size() > MOST_ADDRESSES) {
                return false;
            }
            List<StoredAuthors.StoredPerson> found = new ArrayList<>();
            stored.persons(touched.newAddresses, touched.newKeys, found::add);
            touched.newAddresses.clear();
            touched.newKeys.clear();
            found.forEach(touched::add);
            touched.newAddresses.removeAll(touched.addresses);
            touched.newKeys.removeAll(touched.keys);
        }
        return true;
    }

    /**
     * Looks at authors anew.
     *
     * @param addresses of which authors; {@code null} for all
     * @param old the documents of the persons who have them, by {@code _id} with their hashes
     * @param round tells messages who wrote them, which tell it that they are new until then; {@code null} where none
     *     may be new
     */
    private void update(
            @Nullable Collection<String> addresses, Map<String, @Nullable String> old, @Nullable DiscussionRound round)
            throws EngineException, InterruptedException {
        Persons persons = new Persons();
        Set<StoredAuthors.Author> authors = new HashSet<>();
        stored.claims(addresses, persons, authors::add);
        authors.removeIf(author -> {
            String id = persons.id(author.address(), author.robot(), author.key());
            return id != null && id.equals(author.id());
        });
        // Messages before persons: whether these add up tells whether an update that nothing else tells of came to its
        // end.
        List<EncodedAction> actions = new ArrayList<>();
        stored.messages(authors, (message, author, thread) -> {
            String id = persons.id(author.address(), author.robot(), author.key());
            if (id != null && !id.equals(author.id()) && (round == null || !round.author(message, id, thread))) {
                actions.add(PersonDocuments.author(message, id, author.id() != null));
                flush(actions, ACTIONS);
            }
        });
        flush(actions, 1);
        write(persons.persons(), old);
    }

    private void write(List<Person> persons, Map<String, @Nullable String> old)
            throws EngineException, InterruptedException {
        Map<String, @Nullable String> obsolete = new HashMap<>(old);
        List<EncodedAction> actions = new ArrayList<>();
        for (Person person : persons) {
            HashedAction document = PersonDocuments.person(person);
            String hash = obsolete.remove(document.action().id());
            if (!document.hash().equals(hash)) {
                actions.add(document.action());
            }
            flush(actions, ACTIONS);
        }
        for (String id : obsolete.keySet()) {
            actions.add(HashedAction.delete(DocumentKind.PERSON, id));
        }
        flush(actions, 1);
    }

    private void flush(List<EncodedAction> actions, int least) throws EngineException, InterruptedException {
        if (actions.size() >= least) {
            writer.write(actions);
            actions.clear();
        }
    }
}
