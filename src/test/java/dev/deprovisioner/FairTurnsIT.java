package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** While requests wait for the rate limit, those of one caller do not keep another caller's few waiting. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.datasource.url=jdbc:h2:mem:fair-turns;DB_CLOSE_DELAY=-1",
            "deprovisioner.policy.max-members=10000",
            "deprovisioner.upstream.retry.max-attempts=1"
        })
@Isolated("Compares times")
class FairTurnsIT {

    private static final ExternalSystems around = new ExternalSystems();
    private static final int MEMBERS = 10_000;

    /** One has the permit that comes next, the other caller has a turn, and some more while the run saves. */
    private static final int OTHERS_TO_ONE = 3;

    private static final int BURST = 60;

    private final Portal many;
    private final Portal one;

    @Autowired
    FairTurnsIT(@LocalServerPort int port) {
        this.many = new Portal(port, around.tokens());
        this.one = new Portal(port, around.tokens().approverToken("deprovision:read", "deprovision:write"));
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        around.settings().forEach((name, value) -> registry.add(name, () -> value));
        registry.add("deprovisioner.upstream.rate-limit.requests", () -> 1200);
        registry.add("deprovisioner.upstream.rate-limit.burst", () -> 5);
    }

    @AfterAll
    static void close() {
        around.close();
    }

    @Test
    void aLargeGroupTakesTurnsWithASmallOne() {
        var large = around.upstream()
                .createGroup(
                        "Large",
                        IntStream.range(0, MEMBERS).mapToObj(i -> "agent-" + i).toList());
        assertThat(many.post(large).statusCode()).isEqualTo(202);

        assertThat(othersToOneOfASmallGroup()).isLessThanOrEqualTo(OTHERS_TO_ONE);

        assertThat(many.latest(large).get("step").asString()).isEqualTo("VALIDATE");
        // Else its questions go on beside another test.
        around.upstream().onArrival(arrival -> Optional.of(Answer.error(503, "Enough.")));
        await().until(() -> many.latest(large).get("status").asString().equals("WAITING"));
        around.upstream().onArrival(arrival -> Optional.empty());
    }

    @Test
    void aBurstTakesTurnsWithASmallGroup() {
        var burst = IntStream.range(0, BURST)
                .mapToObj(i -> around.upstream().createGroup("Burst " + i, List.of("bob", "cid", "dan")))
                .toList();
        burst.forEach(group -> assertThat(many.post(group).statusCode()).isEqualTo(202));

        assertThat(othersToOneOfASmallGroup()).isLessThanOrEqualTo(OTHERS_TO_ONE);

        assertThat(many.latest(burst.getLast()).get("status").asString()).isEqualTo("SCHEDULED");
    }

    /** How many requests of others there are for each of another caller's small group, from its first to its last. */
    private double othersToOneOfASmallGroup() {
        int before = around.upstream().journal().size();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> around.upstream().journal().size() > before + 30);
        var small = around.upstream().createGroup("Small", List.of("ann"));
        assertThat(Portal.json(one.postAndWait(small, null)).get("status").asString())
                .isEqualTo("SUCCEEDED");

        var requests = around.upstream().journal().stream()
                .skip(before)
                .map(exchange -> isAbout(exchange, small))
                .toList();
        var between = requests.subList(requests.indexOf(true), requests.lastIndexOf(true) + 1);
        long own = between.stream().filter(isOwn -> isOwn).count();
        return (between.size() - own) / (double) own;
    }

    private static boolean isAbout(Exchange exchange, String group) {
        return exchange.path().contains(group) || exchange.path().contains("/ann/");
    }
}
