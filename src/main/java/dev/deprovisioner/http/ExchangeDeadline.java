package dev.deprovisioner.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Aborts an exchange that takes too long, from connecting to the last byte of the body: the client's own timeouts start
 * again with each read. An aborted exchange takes its connection with it.
 */
final class ExchangeDeadline implements ExecChainHandler {

    private static final String CONNECTED = ExchangeDeadline.class.getName() + ".connected";
    private static final long IDLE_SECONDS = 10;
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Duration timeout;

    /** @param timeout for a whole exchange */
    ExchangeDeadline(Duration timeout) {
        this.timeout = timeout;
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("exchange-deadline").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var exchange = (Cancellable) scope.originalRequest;
        var end = TIMER.schedule(exchange::cancel, timeout.toNanos(), TimeUnit.NANOSECONDS);
        var goesOn = false;
        try {
            var answer = chain.proceed(request, scope);
            if (!isConnected(scope)) {
                // A proxy that has refused to connect: the client returns its answer as if it were the host's.
                scope.execRuntime.discardEndpoint();
                throw NotConnectedException.byProxy(answer.getCode());
            }
            goesOn = hasBody(answer, scope, end);
            return answer;
        } catch (NotConnectedException e) {
            throw e;
        } catch (IOException | HttpException e) {
            if (isConnected(scope)) {
                throw e;
            }
            throw new NotConnectedException("no connection", e);
        } catch (IllegalStateException e) {
            throw afterEnd(e, end, scope);
        } finally {
            if (!goesOn) {
                end.cancel(false);
            }
        }
    }

    /** The client says that it has no connection where it was cancelled between two of its steps. */
    private static IOException afterEnd(IllegalStateException failure, Future<?> end, ExecChain.Scope scope) {
        if (!end.isDone()) {
            throw failure;
        }
        return isConnected(scope)
                ? new IOException("The time of the exchange was over", failure)
                : new NotConnectedException("no connection", failure);
    }

    private static boolean isConnected(ExecChain.Scope scope) {
        return scope.clientContext.getAttribute(CONNECTED) != null;
    }

    private static boolean hasBody(ClassicHttpResponse answer, ExecChain.Scope scope, Future<?> end)
            throws IOException {
        var body = answer.getEntity();
        if (body == null) {
            return false;
        }
        ResponseBody.replace(answer, body, scope.execRuntime, () -> end.cancel(false));
        return true;
    }

    /** Comes after the connection was made, and before the first byte of the request. */
    static ClassicHttpResponse connected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(CONNECTED, true);
        return chain.proceed(request, scope);
    }
}
