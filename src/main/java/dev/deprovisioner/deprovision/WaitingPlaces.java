package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many requests wait for the end of a run in this process, and shares the places among callers. A caller gets
 * a further place only while more of the shared places are free than it holds: one caller takes half of them, two take a
 * third each. The other places are kept for callers that have none.
 */
final class WaitingPlaces {

    /** A request that waits takes about 50 KB. */
    static final int SHARED = 400;

    static final int FOR_FIRST = 100;

    /** Of each caller that has any. */
    private final Map<Caller, Integer> held = new HashMap<>();

    private int taken;

    /**
     * Takes a place for a request of this caller; it is to be given back.
     *
     * @return false if the request is not to wait, and nothing was taken
     */
    synchronized boolean take(Caller caller) {
        int own = held.getOrDefault(caller, 0);
        boolean granted = own == 0 ? taken < SHARED + FOR_FIRST : own < SHARED - taken;
        if (granted) {
            held.put(caller, own + 1);
            taken++;
        }
        return granted;
    }

    synchronized void giveBack(Caller caller) {
        held.computeIfPresent(caller, (name, places) -> places == 1 ? null : places - 1);
        taken--;
    }
}
