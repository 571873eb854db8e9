package dev.deprovisioner.scim;

import java.util.Map;

/** Which page of the users is asked for. */
sealed interface PageRequest {

    /** The first page, by cursor where the provider has cursors. */
    static PageRequest first() {
        return new Cursor("");
    }

    /** The first page of a provider that refuses the cursor. */
    static PageRequest firstWithoutCursor() {
        return new Index(1);
    }

    /**
     * RFC 9865, section 2.
     *
     * @param value as the page before names it; empty for the first page
     */
    record Cursor(String value) implements PageRequest {}

    /**
     * RFC 7644, section 3.4.2.4.
     *
     * @param first the place of its first user, counted from 1
     */
    record Index(long first) implements PageRequest {}

    /** Of the request, with the variables as placeholders. */
    default String query() {
        return switch (this) {
            case Cursor cursor -> "?filter={filter}&cursor={cursor}";
            case Index(long first) -> first == 1 ? "?filter={filter}" : "?filter={filter}&startIndex={startIndex}";
        };
    }

    default Map<String, String> variables(String filter) {
        return switch (this) {
            case Cursor(var value) -> Map.of("filter", filter, "cursor", value);
            case Index(long first) -> Map.of("filter", filter, "startIndex", Long.toString(first));
        };
    }
}
