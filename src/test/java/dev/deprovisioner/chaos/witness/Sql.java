package dev.deprovisioner.chaos.witness;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement as it was executed.
 *
 * @param parameters as texts; {@code null} as that word
 */
public record Sql(String text, List<String> parameters) {

    private static final Pattern WRITE =
            Pattern.compile("\\s*(WITH|INSERT|UPDATE|DELETE)\\b", Pattern.CASE_INSENSITIVE);

    public Sql {
        parameters = List.copyOf(parameters);
    }

    boolean mayWrite() {
        return WRITE.matcher(text).lookingAt();
    }
}
