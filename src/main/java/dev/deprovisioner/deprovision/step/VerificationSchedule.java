package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.deprovision.StepRecord;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * When to look whether an accepted request has had its effect: providers may do it later, or never. The looks come at once and
 * 1, 3, 7, 15, ... s after the answer, the last one when the settle time is over; with each further round of requests to the
 * same end, twice as long after each other.
 */
@Component
class VerificationSchedule {

    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;

    private final Duration settleTime;

    /** @throws InvalidSetting if a run would end before the settle time is over */
    VerificationSchedule(GroupsClient groups, DeprovisionProperties properties) {
        this.settleTime = groups.settleTime();
        if (settleTime.compareTo(properties.deadline()) >= 0) {
            throw new InvalidSetting(
                    "deprovisioner.scim.settle-time must be shorter than deprovisioner.deadline.",
                    "Set it to, for example, 15s.");
        }
    }

    /** The pause until the next look; empty when the last one has been, or when nothing was accepted. */
    Optional<Duration> untilNextRead(StepRecord step, Instant now) {
        var sent = step.sent();
        var accepted = sent.acceptedAt();
        if (accepted == null) {
            return Optional.empty();
        }
        long stretch = 1L << Math.clamp(sent.rounds() - 1, 0, MAX_DOUBLINGS);
        return looks().map(look -> Duration.between(now, accepted.plus(look.multipliedBy(stretch))))
                .filter(Duration::isPositive)
                .findFirst()
                // A clock that was set back meanwhile puts the look off no further than the last one.
                .map(pause -> shorter(pause, settleTime.multipliedBy(stretch)));
    }

    private Stream<Duration> looks() {
        var early = Stream.iterate(FIRST_LOOK, look -> look.multipliedBy(2).plus(FIRST_LOOK))
                .takeWhile(look -> look.compareTo(settleTime) < 0);
        return Stream.concat(early, Stream.of(settleTime));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
