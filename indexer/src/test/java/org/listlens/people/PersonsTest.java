package org.listlens.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PersonsTest {
    private final Persons persons = new Persons();

    private void mail(String address, @Nullable String name, @Nullable String list, long at) {
        mail(persons, address, name, false, list, at);
    }

    private static void mail(
            Persons persons, String address, @Nullable String name, boolean robot, @Nullable String list, long at) {
        String key = PersonRules.key(name, address, robot, false);
        if (list != null) {
            persons.addList(address, robot, key, list);
        }
        persons.addMessages(address, robot, key, name, null, 1, at, at);
    }

    private List<List<String>> addresses() {
        return persons.persons().stream().map(Person::addresses).toList();
    }

    @Test
    void theSameAddressIsOnePersonWhateverTheName() {
        mail("jane@example.com", "Jane Doe", "a", 1);
        mail("jane@example.com", "J. D.", "b", 2);
        mail("jane@example.com", null, null, 3);
        assertThat(persons.persons()).singleElement().satisfies(person -> {
            assertThat(person.id()).isEqualTo("jane@example.com");
            assertThat(person.messages()).isEqualTo(3);
            assertThat(person.names()).containsExactly("Jane Doe", "J. D.");
            assertThat(person.listIds()).containsExactly("a", "b");
        });
    }

    @Test
    void theSameFullNameOnOneListWithMatchingLocalPartsIsOnePerson() {
        mail("jane.doe@example.com", "Jane Doe", "a", 2);
        mail("jdoe@example.org", "Doe Jane", "a", 1);
        assertThat(persons.persons()).singleElement().satisfies(person -> {
            assertThat(person.id()).as("used first").isEqualTo("jdoe@example.org");
            assertThat(person.addresses()).containsExactly("jane.doe@example.com", "jdoe@example.org");
        });
        assertThat(persons.id("jane.doe@example.com", false, null)).isEqualTo("jdoe@example.org");
    }

    @Test
    void onTwoListsItIsNot() {
        mail("jane.doe@example.com", "Jane Doe", "a", 1);
        mail("jdoe@example.org", "Jane Doe", "b", 2);
        mail("janed@example.net", "Jane Doe", null, 2);
        assertThat(persons.persons()).hasSize(3);
    }

    @Test
    void aThirdAddressMayLeadFromOneListToAnother() {
        mail("jane.doe@example.com", "Jane Doe", "a", 1);
        mail("jdoe@example.org", "Jane Doe", "b", 2);
        mail("janed@example.net", "Jane Doe", "a", 3);
        mail("janed@example.net", "Jane Doe", "b", 4);
        assertThat(persons.persons()).hasSize(1);
    }

    @Test
    void anotherNameOrAnotherLocalPartJoinsNobody() {
        mail("mkl@example.com", "Jane Doe", "a", 1);
        mail("jd42@example.org", "Jane Doe", "a", 2);
        mail("mkl@example.net", "John Roe", "a", 3);
        mail("jane@example.com", "Jane", "a", 4);
        mail("jane@example.org", "Jane", "a", 5);
        mail("jane@example.net", "Jane Doe", "a", 6);
        assertThat(persons.persons()).hasSize(6);
    }

    @Test
    void robotsAreNeverPeople() {
        mail(persons, "jane.doe@example.com", "Jane Doe", false, "a", 2);
        mail(persons, "jane.doe@example.com", "Jane Doe", true, "a", 1);
        mail(persons, "jdoe@example.org", "Jane Doe", true, "a", 1);
        assertThat(persons.persons().stream().map(Person::id))
                .containsExactly("jane.doe@example.com", "jane.doe@example.com#robot", "jdoe@example.org");
        assertThat(persons.id("jane.doe@example.com", true, null)).isEqualTo("jane.doe@example.com#robot");
    }

    @Test
    void aRobotsSubaddressesAreOne() {
        mail(persons, "syzbot+1@example.com", "syzbot", true, "a", 2);
        mail(persons, "syzbot+2@example.com", "syzbot", true, "a", 1);
        assertThat(addresses()).containsExactly(List.of("syzbot+1@example.com", "syzbot+2@example.com"));
    }

    @Test
    void behindAListsAddressAreAsManyPeopleAsNames() {
        for (String name : new String[] {"Jane Doe", "John Roe", "Jane Doe"}) {
            String key = PersonRules.key(name, "list@example.org", false, true);
            persons.addList("list@example.org", false, key, "a");
            persons.addMessages("list@example.org", false, key, name, null, 1, null, null);
        }
        mail("jane.doe@example.com", "Jane Doe", "a", 1);
        assertThat(persons.persons().stream().map(person -> person.id() + ' ' + person.messages()))
                .containsExactly(
                        "jane.doe@example.com 1", "list@example.org#doe jane 2", "list@example.org#john roe 1");
    }

    @Test
    void whatIsUsedMostIsTheNameAndWhatIsLastTheOrganization() {
        persons.addMessages("j@example.com", false, null, "J. Doe", "Old Company", 2, 10L, 90L);
        persons.addMessages("j@example.com", false, null, "Jane Doe", "New Company", 2, 50L, 95L);
        persons.addMessages("j@example.com", false, null, "Zoe", null, 1, null, null);
        Person person = persons.persons().getFirst();
        assertThat(person.names()).containsExactly("Jane Doe", "J. Doe", "Zoe");
        assertThat(person.name()).isEqualTo("Jane Doe");
        assertThat(person.organization()).isEqualTo("New Company");
        assertThat(person.organizations()).containsExactly("New Company", "Old Company");
        assertThat(person.firstMs()).isEqualTo(10);
        assertThat(person.lastMs()).isEqualTo(95);
    }

    @Test
    void withoutATimeNothingIsFirst() {
        persons.addMessages("b@example.com", false, null, null, null, 1, null, null);
        Person person = persons.persons().getFirst();
        assertThat(person.firstMs()).isNull();
        assertThat(person.name()).isNull();
        assertThat(persons.id("c@example.com", false, null)).isNull();
    }

    @Test
    void theOrderDoesNotMatter() {
        List<Consumer<Persons>> mails = new ArrayList<>();
        Random random = new Random(11);
        String[] names = {"Jane Doe", "Doe Jane", "John Roe", "Jane Doe", "Ann Loe"};
        String[] locals = {"jane.doe", "jdoe", "doe", "jr", "john.roe", "jane", "info", "bot+1", "bot+2"};
        for (int i = 0; i < 300; i++) {
            String address = locals[random.nextInt(locals.length)] + "@" + random.nextInt(4) + ".example.com";
            String name = names[random.nextInt(names.length)];
            String list = "list" + random.nextInt(3);
            long at = random.nextInt(50);
            boolean robot = address.startsWith("bot");
            mails.add(all -> mail(all, address, name, robot, list, at));
        }
        List<Person> expected = null;
        for (int round = 0; round < 50; round++) {
            Persons all = new Persons();
            mails.forEach(mail -> mail.accept(all));
            List<Person> found = all.persons();
            expected = expected == null ? found : expected;
            assertThat(found).isEqualTo(expected);
            Collections.shuffle(mails, random);
        }
    }
}
