package dev.deprovisioner;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.hostile.Attack;
import dev.deprovisioner.hostile.Forgery;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Meets random requests that are all wrong. For others: {@code -Dhostile.seed=7 -Dhostile.requests=100000}. */
@ExtendWith(OutputCaptureExtension.class)
abstract class HostileApplication extends WholeApplication {

    private static final long SEED = Long.getLong("hostile.seed", 20_261_124);

    /** In JSON, a message, an exception's message and its trace are one line. */
    private static final int LONGEST_LINE = 16_384 + 16_384 + 32_768 + 8_192;

    private final int port;
    private final LoggingSystem logging;

    @Autowired
    private JdbcClient jdbc;

    HostileApplication(int port, int managementPort, LoggingSystem logging) {
        super(port, managementPort);
        this.port = port;
        this.logging = logging;
    }

    /** What other tests have left to do would be taken for what the requests do. */
    @BeforeEach
    void awaitNothingToDo() {
        await().atMost(ofSeconds(30))
                .until(() ->
                        jdbc.sql("SELECT (SELECT COUNT(*) FROM deprovision_task) + (SELECT COUNT(*) FROM webhook_task)")
                                        .query(Long.class)
                                        .single()
                                == 0);
    }

    /** The lines of the log that are not, or do not continue, a record of the service itself. */
    abstract List<String> forged(List<String> lines);

    /** Sends so many requests, and returns what the service has logged meanwhile. */
    final List<String> survives(int count, CapturedOutput output) {
        int asked = around.upstream().journal().size();
        int tokens = around.tokens().upstreamTokensIssued();
        int printed = output.getOut().length();
        var attack = new Attack(port, SEED, around.tokens());
        long began = System.nanoTime();

        var failures = attack.failuresOf(count);

        var log = output.getOut().substring(printed).lines().toList();
        long took = (System.nanoTime() - began) / 1_000_000;
        System.out.printf("%d requests with seed %d in %d ms: %s%n", count, SEED, took, attack.tally());
        assertThat(failures).as("answers that break a rule").isEmpty();
        assertThat(around.upstream().journal()).as("requests to the provider").hasSize(asked);
        assertThat(around.tokens().upstreamTokensIssued())
                .as("tokens for the provider")
                .isEqualTo(tokens);
        assertThat(forged(log)).as("forged lines of the log").isEmpty();
        assertThat(log).as("lines of the log").allMatch(line -> line.length() <= LONGEST_LINE);
        assertStillWorks();
        return log;
    }

    private void assertStillWorks() {
        var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/health"));
        assertThat(portal.send(health).statusCode()).isEqualTo(200);
        assertThat(portal.postAndWait(group, null).statusCode()).isEqualTo(200);
        assertThat(around.upstream().statusOf(group)).isEqualTo(404);
    }

    @Test
    void keepsItsLogWhereThatRepeatsWhatCallersSend(CapturedOutput output) {
        var talkative = List.of("org.springframework.web", "org.springframework.security", "org.apache.coyote");
        talkative.forEach(logger -> logging.setLogLevel(logger, LogLevel.DEBUG));
        try {
            assertThat(survives(1000, output))
                    .filteredOn(line -> line.contains(Forgery.MARK))
                    .hasSizeGreaterThan(100);
        } finally {
            talkative.forEach(logger -> logging.setLogLevel(logger, LogLevel.WARN));
        }
    }
}
