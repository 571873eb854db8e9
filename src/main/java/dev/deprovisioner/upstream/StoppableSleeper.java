package dev.deprovisioner.upstream;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.retry.backoff.Sleeper;

/**
 * Sleeps at most until the service is stopped: from then on no request waits for the provider. Requests that are in
 * flight, or need not wait, go on.
 */
final class StoppableSleeper implements Sleeper, ApplicationListener<ContextClosedEvent> {

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @throws InterruptedException if the service is stopped, or the thread is */
    @Override
    public void sleep(long millis) throws InterruptedException {
        if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("The service is stopped");
        }
    }

    /** Before the work is asked to stop, and waited for. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        stopped.countDown();
    }
}
