package dev.deprovisioner.chaos.witness;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement as it was executed.
 *
 * @param parameters as texts; {@code null} as that word
 */
public record Sql(String text, List<String> parameters) {

    /** H2's form of RETURNING is a SELECT. */
    private static final Pattern WRITE =
            Pattern.compile("\\s*(WITH|INSERT|UPDATE|DELETE|SELECT \\* FROM FINAL TABLE)\\b", Pattern.CASE_INSENSITIVE);

    public Sql {
        parameters = List.copyOf(parameters);
    }

    boolean mayWrite() {
        return WRITE.matcher(text).lookingAt();
    }
}
