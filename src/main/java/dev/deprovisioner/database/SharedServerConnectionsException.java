package dev.deprovisioner.database;

/** The connections of the pool are not sessions of the server. */
class SharedServerConnectionsException extends RuntimeException {

    SharedServerConnectionsException() {
        super("Connections to the database are not sessions: a pooler assigns the server to each transaction.");
    }
}
