package dev.deprovisioner.benchmark;

import java.util.Optional;
import java.util.regex.Pattern;

/** @param transaction its number, or 0 if it has written nothing so far */
record Statement(String database, long transaction, String sql) {

    private static final Pattern EXECUTED =
            Pattern.compile("([^|]*)\\|(\\d+)\\|LOG:  duration: \\S+ ms  (?:execute [^:]+|statement): (.*)");

    static Optional<Statement> of(String line) {
        var matcher = EXECUTED.matcher(line);
        return matcher.matches()
                ? Optional.of(new Statement(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    Statement with(String furtherLine) {
        return new Statement(database, transaction, sql + " " + furtherLine.strip());
    }

    boolean isControl() {
        return sql.matches("(?i)(BEGIN|COMMIT|ROLLBACK|SET|SHOW)\\b.*");
    }
}
