package dev.deprovisioner.security;

import static dev.deprovisioner.security.SlowRequests.LONGEST;
import static dev.deprovisioner.security.SlowRequests.LONGEST_WHEN_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlowRequestsTest {

    private static final int MOST = 10;

    private long now;
    private final SlowRequests slow = new SlowRequests(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Set<String> find(String... open) {
        return slow.find(Set.of(open), MOST);
    }

    @Test
    void findsAConnectionThatHasNotSentAWholeRequest() {
        find("1");
        pass(LONGEST);
        assertThat(find("1", "2")).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(find("1", "2")).containsExactly("1");
    }

    @Test
    void givesAnAnswerAsMuchTimeAsItTakes() {
        find("1");
        slow.arrived("1");
        pass(LONGEST.multipliedBy(10));
        assertThat(find("1")).isEmpty();
    }

    @Test
    void countsAgainFromTheAnswer() {
        slow.arrived("1");
        pass(LONGEST.multipliedBy(10));
        slow.answered("1");
        pass(LONGEST);
        assertThat(find("1")).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(find("1")).containsExactly("1");
    }

    @Test
    void givesLessTimeWhenFewConnectionsAreFree() {
        var open = IntStream.range(0, 8).mapToObj(Integer::toString).collect(Collectors.toSet());
        slow.find(open, MOST);
        slow.arrived("3");
        pass(LONGEST_WHEN_FULL.plusMillis(1));

        assertThat(slow.find(open, MOST)).hasSize(7).doesNotContain("3");
        assertThat(slow.find(open, MOST + 1)).isEmpty();
    }

    @Test
    void doesNotTakeANewConnectionForAClosedOne() {
        slow.arrived("1");
        slow.answered("1");
        find();
        pass(LONGEST.multipliedBy(2));
        assertThat(find("1")).isEmpty();
    }
}
