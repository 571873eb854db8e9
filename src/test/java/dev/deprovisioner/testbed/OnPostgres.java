package dev.deprovisioner.testbed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** Runs the tests that a class inherits on PostgreSQL, by a role that may change rows only. */
@Tag("slow")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@ContextConfiguration(initializers = OnPostgres.Settings.class)
public @interface OnPostgres {

    /**
     * A database of its own for each context, migrated before. Contexts are kept for other tests: each with a full pool,
     * the server would soon be out of connections.
     */
    class Settings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "spring.datasource.url="
                                    + Postgres.create().migrated().url(),
                            "spring.datasource.username=" + Postgres.APPLICATION,
                            "spring.datasource.password=" + Postgres.PASSWORD,
                            "spring.datasource.hikari.minimum-idle=0")
                    .applyTo(context);
        }
    }
}
