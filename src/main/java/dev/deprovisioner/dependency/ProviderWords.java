package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.UpstreamResponse;

/** What the provider says in an error. */
final class ProviderWords {

    private ProviderWords() {}

    /** Status, code, correlation id and the provider's own words, which may name persons: for callers, and never logged. */
    static String of(UpstreamResponse response) {
        var words = response.errorWords();
        return codeOf(response) + (words == null ? "" : ": " + words);
    }

    /** Status, code and correlation id: no free text, so it names no person. */
    static String codeOf(UpstreamResponse response) {
        var id = response.correlationId();
        return response.errorCode() + (id == null ? "" : ", correlation id " + id);
    }
}
