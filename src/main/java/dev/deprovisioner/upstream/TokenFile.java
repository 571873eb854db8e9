package dev.deprovisioner.upstream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A file with a bearer token and nothing else but white space around it. */
record TokenFile(Path path) {

    private static final int MAX_BYTES = 16 * 1024;
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

    /** What the file has at the moment. */
    sealed interface Content permits BearerToken, Unusable {}

    /** @param why completes "a file that", without a word of its content */
    record Unusable(String why) implements Content {}

    static TokenFile of(String path) {
        return new TokenFile(Path.of(path));
    }

    /** Reads it through symbolic links, which Kubernetes replaces when a mounted secret changes. */
    Content read() {
        try {
            if (!Files.isRegularFile(path)) {
                // To read a pipe or a device may never end.
                return new Unusable(Files.exists(path) ? "is no regular file" : "does not exist");
            }
            try (var bytes = Files.newInputStream(path)) {
                return content(bytes.readNBytes(MAX_BYTES + 1));
            }
        } catch (NoSuchFileException e) {
            return new Unusable("does not exist");
        } catch (IOException e) {
            return new Unusable("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Content content(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return new Unusable("is over " + MAX_BYTES + " bytes");
        }
        var token = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        if (token.isEmpty()) {
            return new Unusable("is empty");
        }
        return SENDABLE.matcher(token).matches()
                ? BearerToken.of(token)
                : new Unusable("has a character that no bearer token has, such as a space or a line break inside");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
