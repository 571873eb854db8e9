package dev.deprovisioner.deprovision.run;

/** Ends an attempt whose worker is needed for another caller's run. Nothing is wrong with the attempt. */
public final class WorkerYieldedException extends RuntimeException {

    WorkerYieldedException() {
        super("A run of another caller needs the worker");
    }
}
