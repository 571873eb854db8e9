package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.UpstreamResponse;

/** What the provider says in an error. */
final class ProviderWords {

    private ProviderWords() {}

    /** Status, code, correlation id and the provider's own words: for callers, and never logged. */
    static String of(UpstreamResponse response) {
        var id = response.correlationId();
        var words = response.errorWords();
        return response.errorCode()
                + (id == null ? "" : ", correlation id " + id)
                + (words == null ? "" : ": " + words);
    }
}
