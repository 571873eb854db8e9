package dev.deprovisioner.schema;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.Portal;
import dev.deprovisioner.testbed.ExternalSystems;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Writes down the statements of this version, for the next version's schema to be held against: run it, with
 * {@code -Dstatements.write=true}, when a version is released.
 */
@Import(StatementsIT.Recording.class)
@EnabledIfSystemProperty(named = "statements.write", matches = "true")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.datasource.url=jdbc:h2:mem:statements;DB_CLOSE_DELAY=-1",
            "deprovisioner.upstream.retry.max-attempts=1"
        })
@Execution(SAME_THREAD)
class StatementsIT {

    /** For both databases, up to the end of the JVM. */
    private static final ExternalSystems around = new ExternalSystems();

    private static final Recorder RECORDER = new Recorder();

    private final Portal portal;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    StatementsIT(@LocalServerPort int port) {
        this.portal = new Portal(port, around.tokens());
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Recording {

        @Bean
        static BeanPostProcessor recordingDataSource() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource dataSource ? RECORDER.recording(dataSource) : bean;
                }
            };
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        around.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    String file() {
        return "h2";
    }

    @Test
    void writesThemDown() {
        RECORDER.begin();
        around.upstream().onExchange(exchange -> {});
        succeeds();
        waitsAndIsWoken();
        waitsAndIsCancelled();
        Recorded.write(RECORDER.statements(), Path.of("src/test/resources/previous-version", file() + ".txt"));
    }

    private String group(String name) {
        return around.upstream().createGroup(name, List.of("ann", "bob"));
    }

    private void succeeds() {
        var group = group("Succeeds");
        portal.postAndWait(group, "{\"reason\":\"Team dissolved\",\"onBehalfOf\":\"ann\"}");
        awaitNothingToDo();
        portal.auditActions(group);
        portal.post(group);
    }

    private void waitsAndIsWoken() {
        var group = waiting();
        around.upstream().onExchange(exchange -> {});
        portal.post(group);
        awaitNothingToDo();
    }

    private void waitsAndIsCancelled() {
        var group = waiting();
        portal.cancel(group);
        awaitNothingToDo();
    }

    private String waiting() {
        var group = group("Waits");
        around.upstream().onExchange(exchange -> {
            throw new IllegalStateException("no answer");
        });
        portal.post(group);
        await().atMost(ofSeconds(20))
                .until(() -> portal.latest(group).path("status").asString().equals("WAITING"));
        return group;
    }

    private void awaitNothingToDo() {
        await().atMost(ofSeconds(30))
                .until(() ->
                        jdbc.sql("SELECT (SELECT COUNT(*) FROM deprovision_task) + (SELECT COUNT(*) FROM webhook_task)")
                                        .query(Long.class)
                                        .single()
                                == 0);
    }
}
