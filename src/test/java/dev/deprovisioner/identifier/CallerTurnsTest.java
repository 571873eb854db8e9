package dev.deprovisioner.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is served next by work that is done for one caller at a time. */
class CallerTurnsTest {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Caller FIRST = new Caller("first");
    private static final Caller SECOND = new Caller("second");
    private static final Caller THIRD = new Caller("third");

    private final SteppedTime time = new SteppedTime();
    private final CallerTurns turns = new CallerTurns(RETRY_AFTER, time::nanos);

    private boolean isServed(Caller caller) {
        return turns.serve(caller, () -> "done").isPresent();
    }

    private void refuse(Caller... callers) {
        turns.serve(FIRST, () -> {
            for (var caller : callers) {
                assertThat(isServed(caller)).isFalse();
            }
            return "done";
        });
    }

    @Test
    void serveACallerAgainAndAgainIfNoOtherComes() {
        assertThat(turns.serve(FIRST, () -> "done")).contains("done");
        assertThat(isServed(FIRST)).isTrue();
    }

    @Test
    void refuseACallerThatAsksAgainBeforeOneThatWasRefused() {
        refuse(SECOND);

        assertThat(isServed(FIRST)).isFalse();
        time.step(RETRY_AFTER);
        assertThat(isServed(FIRST)).isFalse();
        assertThat(isServed(SECOND)).isTrue();
        assertThat(isServed(FIRST)).isTrue();
    }

    @Test
    void areInTheOrderOfTheFirstRefusal() {
        refuse(SECOND, THIRD, SECOND);

        assertThat(isServed(THIRD)).isFalse();
        assertThat(isServed(SECOND)).isTrue();
        assertThat(isServed(SECOND)).isFalse();
        assertThat(isServed(THIRD)).isTrue();
        assertThat(isServed(SECOND)).isTrue();
    }

    @Test
    void areKeptForTwiceTheWaitAfterTheLastRefusal() {
        refuse(SECOND);
        time.step(Duration.ofSeconds(9));
        refuse(SECOND);
        assertThat(isServed(SECOND)).isTrue();

        refuse(SECOND);
        time.step(Duration.ofMillis(9999));
        assertThat(isServed(THIRD)).isFalse();
        time.step(Duration.ofMillis(1));
        assertThat(isServed(FIRST)).isFalse();
        assertThat(isServed(THIRD)).isTrue();
    }

    @Test
    void areOnlyOneForACaller() {
        refuse(FIRST, FIRST, SECOND);

        assertThat(isServed(FIRST)).isTrue();
        assertThat(isServed(FIRST)).isFalse();
        assertThat(isServed(SECOND)).isTrue();
    }

    @Test
    void goOnAfterWorkThatFails() {
        assertThatIllegalStateException()
                .isThrownBy(() -> turns.serve(FIRST, () -> {
                    throw new IllegalStateException("bug");
                }));

        assertThat(isServed(SECOND)).isTrue();
    }
}
