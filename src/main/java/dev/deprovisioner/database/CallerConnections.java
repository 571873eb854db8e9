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
 * How many connections callers may have at once: the others of the pool are for workers, heartbeats and the rate limit.
 * The last ones are kept for callers that have none. A short wait lets a burst pass.
 */
final class CallerConnections {

    private final int all;
    private final int forBusy;
    private final int waitingOfOne;
    private final Duration longestWait;
    /** Of each caller who has any. */
    private final Map<Caller, Integer> held = new HashMap<>();
    /** In the order of their arrival. */
    private final List<Waiting> waiting = new ArrayList<>();

    /**
     * @param all how many connections all callers may have
     * @param waitingOfOne how many requests of a caller may wait; all callers together have five times as many
     */
    CallerConnections(int all, int waitingOfOne, Duration longestWait) {
        this.all = all;
        this.forBusy = all - all / 3;
        this.waitingOfOne = waitingOfOne;
        this.longestWait = longestWait;
    }

    private record Waiting(Caller caller, CompletableFuture<Boolean> turn) {}

    /**
     * Takes a connection, which is to be given back.
     *
     * @return false if there is none soon enough, and nothing was taken
     */
    boolean take(Caller caller) throws InterruptedException {
        var turn = queue(caller);
        try {
            return turn.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return leave(turn);
        } catch (InterruptedException e) {
            if (leave(turn)) {
                giveBack(caller);
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized CompletableFuture<Boolean> queue(Caller caller) {
        if (isFree(caller)) {
            held.merge(caller, 1, Integer::sum);
            return CompletableFuture.completedFuture(true);
        }
        var turn = new CompletableFuture<Boolean>();
        if (hasPlaceToWait(caller)) {
            waiting.add(new Waiting(caller, turn));
        } else {
            turn.complete(false);
        }
        return turn;
    }

    private boolean hasPlaceToWait(Caller caller) {
        return waiting.size() < 5 * waitingOfOne
                && waiting.stream().filter(one -> one.caller().equals(caller)).count() < waitingOfOne;
    }

    private boolean isFree(Caller caller) {
        int taken = held.values().stream().mapToInt(Integer::intValue).sum();
        return taken < all && (taken < forBusy || !held.containsKey(caller));
    }

    /** @return whether it got its turn at the last moment */
    private synchronized boolean leave(CompletableFuture<Boolean> turn) {
        waiting.removeIf(one -> one.turn() == turn);
        return turn.getNow(false);
    }

    synchronized void giveBack(Caller caller) {
        held.computeIfPresent(caller, (name, connections) -> connections == 1 ? null : connections - 1);
        waiting.stream().filter(one -> isFree(one.caller())).findFirst().ifPresent(next -> {
            waiting.remove(next);
            held.merge(next.caller(), 1, Integer::sum);
            next.turn().complete(true);
        });
    }
}
