package dev.deprovisioner.benchmark;

import dev.deprovisioner.ServiceProcess;

/**
 * The packaged service that is measured, with a caller.
 *
 * @param database its JDBC URL
 */
record Service(ServiceProcess process, Caller caller, String database) implements AutoCloseable {

    @Override
    public void close() {
        process.close();
    }
}
