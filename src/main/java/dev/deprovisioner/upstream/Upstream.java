package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.upstream.FailedAttempt.Reason;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import dev.deprovisioner.upstream.ratelimit.QueueKey;
import dev.deprovisioner.upstream.ratelimit.RateBudget;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.retry.RetryCallback;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.support.RetryTemplate;

/**
 * Sends requests to the provider, with a token, in turn, and with a few quick tries. A failure that lasts longer is a
 * {@link Fault}: the run waits or gives up.
 */
public final class Upstream {

    private final UpstreamCall exchange;
    private final InlineRetryPolicy repeatable;
    private final InlineRetryPolicy once;
    private final InlineRetryPolicy bounded;
    private final BackOffPolicy backOff;

    Upstream(UpstreamCall exchange, UpstreamProperties.Retry limits, BackOffPolicy backOff) {
        this.exchange = exchange;
        this.repeatable = new InlineRetryPolicy(limits, true);
        this.once = new InlineRetryPolicy(limits, false);
        this.bounded = new InlineRetryPolicy(limits.withAttempts(1), false);
        this.backOff = backOff;
    }

    /**
     * Reads, and tries again after a fault that may pass, unless {@link BoundedReads} are required.
     *
     * @param interpret makes a value of an answer, or throws {@link MalformedResponseException} or a {@link Fault}
     * @throws Fault if there is no answer to rely on
     */
    public <T> T read(UpstreamRequest request, Function<UpstreamResponse, T> interpret) {
        return read(request, QueueKey.priority(), interpret);
    }

    /**
     * As {@link #read}, for one question of many: reads for the same caller that are not such questions go before it.
     *
     * @param survey what it belongs to; surveys take turns
     */
    public <T> T readInBulk(UpstreamRequest request, BulkRead survey, Function<UpstreamResponse, T> interpret) {
        return read(request, QueueKey.bulk(survey), interpret);
    }

    private <T> T read(UpstreamRequest request, QueueKey turn, Function<UpstreamResponse, T> interpret) {
        BoundedReads.requireTime();
        var policy = readPolicy();
        return executeWithRetries(policy, context -> {
            var answer = exchange.send(request, turn, policy.longestPause());
            try {
                return interpret.apply(answer);
            } catch (MalformedResponseException e) {
                throw malformed(answer, e);
            }
        });
    }

    private InlineRetryPolicy readPolicy() {
        return BoundedReads.areRequired() ? bounded : repeatable;
    }

    /**
     * Has an access token, which may be fetched now. The provider may refuse it all the same.
     *
     * @throws Fault if there is none
     */
    public void requireToken() {
        BoundedReads.requireTime();
        executeWithRetries(readPolicy(), context -> exchange.token());
    }

    /** What the provider said last about the rest of its rate limit; empty if that is not known. */
    public Optional<RateBudget> rateBudget() {
        return exchange.rateBudget();
    }

    private static FailedAttempt malformed(UpstreamResponse answer, MalformedResponseException e) {
        return new FailedAttempt(
                Reason.MALFORMED,
                e.getMessage() + " (" + answer.form() + ")",
                Duration.ZERO,
                answer.beginning(),
                answer.correlationId());
    }

    /**
     * Sends a request that changes something, before all reads that wait. It is sent again only where it certainly had no
     * effect.
     *
     * @throws Fault if it certainly had no effect and cannot be sent now, or its guard stops it
     */
    public WriteResult write(UpstreamRequest request) {
        var turn = QueueKey.change();
        return executeWithRetries(once, context -> {
            try {
                return new WriteResult.Answered(exchange.send(request, turn, once.longestPause()));
            } catch (FailedAttempt e) {
                if (e.reason().isAmbiguous()) {
                    return new WriteResult.Unknown(Faults.of(e).problem(), e.notBefore());
                }
                throw e;
            }
        });
    }

    private <T> T executeWithRetries(InlineRetryPolicy policy, RetryCallback<T, InterruptedException> callback) {
        var template = new RetryTemplate();
        template.setRetryPolicy(policy);
        template.setBackOffPolicy(backOff);
        try {
            return template.execute(callback);
        } catch (FailedAttempt e) {
            throw Faults.of(e);
        } catch (InterruptedException | BackOffInterruptedException e) {
            throw Fault.interrupted();
        }
    }

    /** The result of a request that changes something. */
    public sealed interface WriteResult {

        /** The provider has decided. */
        record Answered(UpstreamResponse response) implements WriteResult {}

        /**
         * It may or may not have had its effect: only a read can tell.
         *
         * @param notBefore how long the provider asks to be left alone, zero if it does not say
         */
        record Unknown(Problem problem, Duration notBefore) implements WriteResult {}
    }
}
