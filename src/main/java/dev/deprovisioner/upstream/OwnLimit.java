package dev.deprovisioner.upstream;

import static io.github.bucket4j.TokensInheritanceStrategy.AS_IS;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/** The limit of a process that is alone, in its memory. */
final class OwnLimit implements Limit {

    private final Refill refill;
    private final Brakes brakes;
    private final Bucket bucket;
    private Refill current;

    OwnLimit(Refill refill, Brakes brakes, TimeMeter time) {
        this.refill = refill;
        this.brakes = brakes;
        this.current = refill;
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(refill.configuration().getBandwidths()[0])
                .build();
    }

    @Override
    public long take(int waiting) {
        var wanted = refill.slowedBy(brakes.slow());
        if (!wanted.equals(current)) {
            bucket.replaceConfiguration(wanted.configuration(), AS_IS);
            current = wanted;
        }
        return bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
    }

    @Override
    public void tell(Brake brake) {
        // There is nobody else.
    }
}
