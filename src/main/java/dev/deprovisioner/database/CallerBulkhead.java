package dev.deprovisioner.database;

import dev.deprovisioner.identifier.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How many of something callers may have at once, such as connections of the pool, whose others are for workers, heartbeats
 * and the rate limit. The last ones are kept for callers that have none. A short wait lets a burst pass.
 */
public final class CallerBulkhead {

    private final int all;
    private final int forBusy;
    private final int waitingOfOne;
    private final Duration longestWait;
    /** Of each caller who has any. */
    private final Map<Caller, Integer> held = new HashMap<>();
    /** In the order of their arrival. */
    private final List<Request> waiting = new ArrayList<>();

    /**
     * @param all how many all callers may have
     * @param waitingOfOne how many requests of a caller may wait; all callers together have five times as many
     */
    public CallerBulkhead(int all, int waitingOfOne, Duration longestWait) {
        this.all = all;
        this.forBusy = Math.max(1, all - Math.max(1, all / 3));
        this.waitingOfOne = waitingOfOne;
        this.longestWait = longestWait;
    }

    /** A request for one, equal only to itself. */
    private static final class Request {

        private final Caller caller;
        private final CompletableFuture<Boolean> granted = new CompletableFuture<>();

        Request(Caller caller) {
            this.caller = caller;
        }
    }

    /**
     * Takes one, which is to be given back.
     *
     * @return false if there is none soon enough, and nothing was taken
     */
    public boolean take(Caller caller) throws InterruptedException {
        var request = queue(new Request(caller));
        try {
            return request.granted.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return leave(request);
        } catch (InterruptedException e) {
            if (leave(request)) {
                giveBack(caller);
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized Request queue(Request request) {
        if (isFree(request.caller)) {
            grant(request);
        } else if (hasPlaceToWait(request.caller)) {
            waiting.add(request);
        } else {
            request.granted.complete(false);
        }
        return request;
    }

    private void grant(Request request) {
        held.merge(request.caller, 1, Integer::sum);
        request.granted.complete(true);
    }

    private boolean hasPlaceToWait(Caller caller) {
        return waiting.size() < 5 * waitingOfOne
                && waiting.stream().filter(one -> one.caller.equals(caller)).count() < waitingOfOne;
    }

    private boolean isFree(Caller caller) {
        int taken = held.values().stream().mapToInt(Integer::intValue).sum();
        return taken < all && (taken < forBusy || !held.containsKey(caller));
    }

    /** @return whether it got its connection at the last moment */
    private synchronized boolean leave(Request request) {
        waiting.remove(request);
        return request.granted.getNow(false);
    }

    public synchronized void giveBack(Caller caller) {
        held.computeIfPresent(caller, (name, taken) -> taken == 1 ? null : taken - 1);
        waiting.stream().filter(one -> isFree(one.caller)).findFirst().ifPresent(next -> {
            waiting.remove(next);
            grant(next);
        });
    }
}
