package org.listlens.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which engine a subclass of {@link EngineSuite} brings. It runs where {@code -Dlistlens.engines} names it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SuiteCondition.class)
@interface SuiteEngine {
    /** How {@code -Dlistlens.engines} calls it. */
    String name();

    /** What it is, for the table of engines. */
    String title();
}
