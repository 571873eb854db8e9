package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.upstream.FailedTry.Reason;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import dev.deprovisioner.upstream.ratelimit.QueueKey;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.retry.RetryCallback;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.support.RetryTemplate;

/**
 * Sends requests to the provider, with a token, in turn, and with a few quick tries. Everything that outlasts these is
 * a {@link Fault}, for the run to park or to give up.
 */
public final class Upstream {

    private final Exchange exchange;
    private final QuickTries repeatable;
    private final QuickTries once;
    private final BackOffPolicy backOff;

    Upstream(Exchange exchange, UpstreamProperties.Retry limits, BackOffPolicy backOff) {
        this.exchange = exchange;
        this.repeatable = new QuickTries(limits, true);
        this.once = new QuickTries(limits, false);
        this.backOff = backOff;
    }

    /**
     * Reads, and tries again after a fault that may pass.
     *
     * @param interpret makes a value of an answer, or throws {@link MalformedAnswer} or a {@link Fault}
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
        return executeWithRetries(repeatable, context -> {
            var answer = exchange.once(request, turn, repeatable.longestPause());
            try {
                return interpret.apply(answer);
            } catch (MalformedAnswer e) {
                throw malformed(answer, e);
            }
        });
    }

    private static FailedTry malformed(UpstreamResponse answer, MalformedAnswer e) {
        return new FailedTry(
                Reason.MALFORMED, e.getMessage() + " (" + answer.form() + ")", Duration.ZERO, answer.beginning());
    }

    /**
     * Sends a request that changes something, before all reads that wait. It is sent again only where it certainly had no
     * effect.
     *
     * @throws Fault if it certainly had no effect and cannot be sent now, or its guard stops it
     */
    public WriteAnswer write(UpstreamRequest request) {
        var turn = QueueKey.change();
        return executeWithRetries(once, context -> {
            try {
                return new WriteAnswer.Answered(exchange.once(request, turn, once.longestPause()));
            } catch (FailedTry e) {
                if (e.reason().isAmbiguous()) {
                    return new WriteAnswer.Unknown(Faults.of(e).problem(), e.notBefore());
                }
                throw e;
            }
        });
    }

    private <T> T executeWithRetries(QuickTries policy, RetryCallback<T, InterruptedException> callback) {
        var template = new RetryTemplate();
        template.setRetryPolicy(policy);
        template.setBackOffPolicy(backOff);
        try {
            return template.execute(callback);
        } catch (FailedTry e) {
            throw Faults.of(e);
        } catch (InterruptedException | BackOffInterruptedException e) {
            throw Fault.interrupted();
        }
    }

    /** The result of a request that changes something. */
    public sealed interface WriteAnswer {

        /** The provider has decided. */
        record Answered(UpstreamResponse response) implements WriteAnswer {}

        /**
         * It may or may not have had its effect: only a read can tell.
         *
         * @param notBefore how long the provider asks to be left alone, zero if it does not say
         */
        record Unknown(Problem problem, Duration notBefore) implements WriteAnswer {}
    }
}
