package dev.deprovisioner.scim;

import tools.jackson.databind.json.JsonMapper;

/** Values in filters are JSON strings (RFC 7644, section 3.4.2.2): a quote or a backslash in an id must not end one. */
final class FilterValue {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FilterValue() {}

    /** The text as a value, with its quotes. */
    static String of(String text) {
        return JSON.writeValueAsString(text);
    }
}
