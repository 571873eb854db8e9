package dev.deprovisioner.problem;

import java.time.Duration;

/** A problem of a system that the service depends on, and whether another attempt can help. */
public final class Fault extends ProblemException {

    /** Whether another attempt can help. */
    public enum Recovery {
        /** It may pass: worth trying until the deadline. */
        RETRY,
        /**
         * The service is throttled, stops, has no token or may have lost the run: as {@link #RETRY}, and no attempt was
         * spent.
         */
        RETRY_UNCOUNTED,
        /** Credentials may just be rotating: worth one more attempt, not a loop. */
        RETRY_ONCE,
        /** Only a person can change it. */
        FAIL
    }

    private final Recovery recovery;
    private final Duration notBefore;
    private final Duration askedPause;
    private final boolean interruption;

    public Fault(Problem problem, Recovery recovery) {
        this(problem, recovery, Duration.ZERO);
    }

    /** @param notBefore how long the other side asks to be left alone from now, zero if it does not say */
    public Fault(Problem problem, Recovery recovery, Duration notBefore) {
        this(problem, recovery, notBefore, notBefore, false);
    }

    private Fault(Problem problem, Recovery recovery, Duration notBefore, Duration askedPause, boolean interruption) {
        super(problem);
        this.recovery = recovery;
        this.notBefore = notBefore;
        this.askedPause = askedPause;
        this.interruption = interruption;
    }

    /** The service waits before another attempt, and the other side did not ask it to. */
    public static Fault withOwnPause(Problem problem, Recovery recovery, Duration notBefore) {
        return new Fault(problem, recovery, notBefore, Duration.ZERO, false);
    }

    /**
     * The thread was asked to stop while it waited; its work resumes after the restart. This replaces the interrupt
     * flag: the thread must still save its work, and the database refuses an interrupted thread.
     */
    public static Fault interrupted() {
        return new Fault(UpstreamProblems.stopped(), Recovery.RETRY_UNCOUNTED, Duration.ZERO, Duration.ZERO, true);
    }

    /** Whether the thread was asked to stop: then the fault says nothing about the other system. */
    public boolean isInterruption() {
        return interruption;
    }

    public Recovery recovery() {
        return recovery;
    }

    /** How long to wait at least, zero if nothing requires it. */
    public Duration notBefore() {
        return notBefore;
    }

    /** How long the other side asks to be left alone, zero if it does not say. */
    public Duration askedPause() {
        return askedPause;
    }
}
