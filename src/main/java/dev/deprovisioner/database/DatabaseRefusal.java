package dev.deprovisioner.database;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a server, or a pooler in front of it, refuses every connection until an operator changes something. */
enum DatabaseRefusal {
    CREDENTIALS("28", "", "Set spring.datasource.username and spring.datasource.password to a role that may connect."),
    DATABASE("3D000", "", "Create the database, or correct its name in spring.datasource.url."),
    PRIVILEGE("42501", "permission denied for database", "Grant the role CONNECT on the database."),
    /** From here on, messages of PgBouncer, which has one SQLSTATE for all of them. */
    PARAMETER(
            "08P01",
            "unsupported startup parameter",
            "Add the parameter to ignore_startup_parameters of PgBouncer, or remove it from spring.datasource.url."),
    POOLER_DATABASE("08P01", "no such database", "Add the database to PgBouncer, or correct spring.datasource.url."),
    POOLED_DATABASE("08P01", "does not exist", "Create what the server misses, or correct spring.datasource.url."),
    POOLER_CREDENTIALS(
            "08P01",
            "authentication failed",
            "Correct spring.datasource.username and spring.datasource.password, or add the role to PgBouncer.");

    private final String state;
    private final String message;
    private final String remedy;

    /**
     * @param state begin of the SQLSTATE
     * @param message part of the message; empty for any
     */
    DatabaseRefusal(String state, String message, String remedy) {
        this.state = state;
        this.message = message;
        this.remedy = remedy;
    }

    /** What an operator has to do. */
    String remedy() {
        return remedy;
    }

    /** The refusal that a failure, or a cause of it, stands for; null if there is none. */
    static @Nullable DatabaseRefusal of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException answer) {
                var refusal =
                        Arrays.stream(values()).filter(one -> one.is(answer)).findFirst();
                if (refusal.isPresent()) {
                    return refusal.get();
                }
            }
        }
        return null;
    }

    private boolean is(SQLException answer) {
        return Objects.requireNonNullElse(answer.getSQLState(), "").startsWith(state)
                && Objects.requireNonNullElse(answer.getMessage(), "")
                        .toLowerCase(Locale.ROOT)
                        .contains(message);
    }
}
