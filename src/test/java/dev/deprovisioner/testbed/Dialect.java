package dev.deprovisioner.testbed;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Words that texts of this project avoid, because a reader has to think about them. */
public final class Dialect {

    /** The words are in a file, so that the code of the tests does not count as a text that uses them. */
    private static final Path FILE = Path.of("src/test/resources/dialect.txt");

    /** Each line of the file is one alternative, as a regular expression. */
    public static final Pattern WORDS = Pattern.compile(
            "(?i)\\b(" + String.join("|", Documents.text(FILE).lines().toList()) + ")\\b");

    private Dialect() {}
}
