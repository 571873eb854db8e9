package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.upstream.FailedTry.Reason;
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
    private final RetryTemplate reads;
    private final RetryTemplate writes;

    Upstream(Exchange exchange, UpstreamProperties.Retry limits, BackOffPolicy backOff) {
        this.exchange = exchange;
        this.reads = template(new QuickTries(limits, true), backOff);
        this.writes = template(new QuickTries(limits, false), backOff);
    }

    /**
     * Reads, and tries again whatever may pass.
     *
     * @param interpret makes a value of an answer, or throws {@link MalformedAnswer} or a {@link Fault}
     * @throws Fault if there is no answer to rely on
     */
    public <T> T read(UpstreamRequest request, Function<UpstreamResponse, T> interpret) {
        return tried(reads, context -> {
            var answer = exchange.once(request);
            try {
                return interpret.apply(answer);
            } catch (MalformedAnswer e) {
                throw new FailedTry(Reason.MALFORMED, String.valueOf(e.getMessage()));
            }
        });
    }

    /**
     * Sends a request that changes something. It is sent again only where it certainly had no effect.
     *
     * @throws Fault if it certainly had no effect and cannot be sent now
     */
    public WriteAnswer write(UpstreamRequest request) {
        return tried(writes, context -> {
            try {
                return new WriteAnswer.Answered(exchange.once(request));
            } catch (FailedTry e) {
                if (e.reason().isAmbiguous()) {
                    return new WriteAnswer.Unknown(Faults.of(e).problem());
                }
                throw e;
            }
        });
    }

    private static <T> T tried(RetryTemplate template, RetryCallback<T, InterruptedException> callback) {
        try {
            return template.execute(callback);
        } catch (FailedTry e) {
            throw Faults.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.interrupted();
        } catch (BackOffInterruptedException e) {
            throw Fault.interrupted();
        }
    }

    private static RetryTemplate template(QuickTries policy, BackOffPolicy backOff) {
        var template = new RetryTemplate();
        template.setRetryPolicy(policy);
        template.setBackOffPolicy(backOff);
        return template;
    }

    /** What is known of a request that changes something. */
    public sealed interface WriteAnswer {

        /** The provider has decided. */
        record Answered(UpstreamResponse response) implements WriteAnswer {}

        /** It may or may not have had its effect: only a read can tell. */
        record Unknown(Problem problem) implements WriteAnswer {}
    }
}
