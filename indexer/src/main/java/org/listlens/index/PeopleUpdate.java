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
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.people.Person;
import org.listlens.people.Persons;
import org.listlens.sink.ActionWriter;

/**
 * Brings persons up to date with the messages that have come: joins their authors with those that are known, writes the
 * persons that this changes, and into messages who wrote them. The outcome depends on the messages alone, not on the order
 * in which they came; an update that was cut off is made up for by the next.
 *
 * <p>A message's author touches the persons who share an address or a key with it, and those who share one with them: what
 * all of their messages say is counted by the engine and looked at anew. Messages take part until their thread is solved.
 */
public final class PeopleUpdate {
    /** With more addresses than these, counting all authors is the shorter way. */
    private static final int MOST_ADDRESSES = 50_000;

    private static final int ACTIONS = 4_000;

    private final StoredAuthors stored;
    private final ActionWriter writer;

    public PeopleUpdate(EngineClient client, RetryPolicy retry) {
        this.stored = new StoredAuthors(new EngineSearch(new RetryingClient(client, retry)));
        this.writer = new ActionWriter(client, retry);
    }

    /** Updates; does nothing when nothing has come. */
    public void run() throws EngineException, InterruptedException {
        stored.refresh();
        Touched touched = touched();
        if (touched.addresses.size() > MOST_ADDRESSES) {
            all();
        } else if (!touched.addresses.isEmpty()) {
            update(touched.addresses, touched.persons);
        }
        stored.refresh();
        // Messages may have been replaced by such of other authors, or a run of all was cut off.
        if (stored.messages() != stored.messagesOfPersons()) {
            all();
            stored.refresh();
        }
    }

    private void all() throws EngineException, InterruptedException {
        Map<String, @Nullable String> persons = new HashMap<>();
        stored.persons(person -> persons.put(person.id(), person.hash()));
        update(null, persons);
    }

    /** Addresses to look at, and the documents of the persons who have them, by {@code _id} with their hashes. */
    private record Touched(Set<String> addresses, Map<String, @Nullable String> persons) {}

    private Touched touched() throws EngineException, InterruptedException {
        Set<String> addresses = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        Map<String, @Nullable String> persons = new HashMap<>();
        Set<String> newAddresses = new LinkedHashSet<>();
        Set<String> newKeys = new LinkedHashSet<>();
        stored.fresh(newAddresses, newKeys);
        while (!newAddresses.isEmpty() || !newKeys.isEmpty()) {
            addresses.addAll(newAddresses);
            keys.addAll(newKeys);
            if (addresses.size() > MOST_ADDRESSES) {
                break;
            }
            List<StoredAuthors.StoredPerson> found = new ArrayList<>();
            stored.persons("person.addresses", newAddresses, found::add);
            stored.persons("person.keys", newKeys, found::add);
            newAddresses.clear();
            newKeys.clear();
            for (StoredAuthors.StoredPerson person : found) {
                if (!persons.containsKey(person.id())) {
                    persons.put(person.id(), person.hash());
                    newAddresses.addAll(person.addresses());
                    newKeys.addAll(person.keys());
                }
            }
            newAddresses.removeAll(addresses);
            newKeys.removeAll(keys);
        }
        return new Touched(addresses, persons);
    }

    /**
     * Looks at authors anew.
     *
     * @param addresses of which authors; {@code null} for all
     * @param old the documents of the persons who have them, by {@code _id} with their hashes
     */
    private void update(@Nullable Collection<String> addresses, Map<String, @Nullable String> old)
            throws EngineException, InterruptedException {
        Persons persons = new Persons();
        Set<StoredAuthors.Author> authors = new HashSet<>();
        stored.claims(addresses, persons, authors::add);
        authors.removeIf(author -> {
            String id = persons.id(author.address(), author.robot(), author.key());
            return id != null && id.equals(author.id());
        });
        // Messages before persons: whether these add up tells whether an update of all came to its end.
        List<EncodedAction> actions = new ArrayList<>();
        stored.messages(authors, (message, author) -> {
            String id = persons.id(author.address(), author.robot(), author.key());
            if (id != null && !id.equals(author.id())) {
                actions.add(PersonDocuments.author(message, id, author.id() != null));
            }
            flush(actions, ACTIONS);
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
