package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import dev.deprovisioner.testbed.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Thousands of questions that wait for the rate limit do not keep another caller's few requests waiting. */
@DirtiesContext
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.datasource.url=jdbc:h2:mem:large-group;DB_CLOSE_DELAY=-1",
            "deprovisioner.policy.max-members=10000",
            "deprovisioner.upstream.retry.max-attempts=1"
        })
class LargeGroupIT {

    private static final Surroundings around = new Surroundings();
    private static final int MEMBERS = 10_000;

    /** One that has the place, one that has the permit, and some while the run saves what it did. */
    private static final int OTHERS_TO_ONE = 6;

    private final Portal many;
    private final Portal one;

    @Autowired
    LargeGroupIT(@LocalServerPort int port) {
        this.many = new Portal(port, around.tokens());
        this.one = new Portal(port, around.tokens().approverToken("deprovision:read", "deprovision:write"));
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        around.settings().forEach((name, value) -> registry.add(name, () -> value));
        registry.add("deprovisioner.upstream.rate-limit.requests", () -> 3000);
        registry.add("deprovisioner.upstream.rate-limit.burst", () -> 5);
    }

    @AfterAll
    static void close() {
        around.close();
    }

    @Test
    void takesTurnsWithASmallOne() {
        var large = around.upstream()
                .createGroup(
                        "Large",
                        IntStream.range(0, MEMBERS).mapToObj(i -> "agent-" + i).toList());
        var small = around.upstream().createGroup("Small", List.of("ann"));
        assertThat(many.post(large).statusCode()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> around.upstream().journal().size() > 30);

        assertThat(Portal.json(one.postAndWait(small, null)).get("status").asString())
                .isEqualTo("SUCCEEDED");

        var requests = around.upstream().journal().stream()
                .map(exchange -> isAbout(exchange, small))
                .toList();
        var between = requests.subList(requests.indexOf(true), requests.lastIndexOf(true) + 1);
        assertThat(between.size())
                .isLessThanOrEqualTo((1 + OTHERS_TO_ONE)
                        * (int) between.stream().filter(own -> own).count());
        assertThat(many.latest(large).get("step").asString()).isEqualTo("VALIDATE");
        // Else the service waits for it when it stops.
        around.upstream().onArrival(arrival -> Optional.of(Answer.error(503, "Enough.")));
        await().until(() -> many.latest(large).get("status").asString().equals("WAITING"));
    }

    private static boolean isAbout(Exchange exchange, String group) {
        return exchange.path().contains(group) || exchange.path().contains("/ann/");
    }
}
