package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysNotFound;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads Genesys Cloud's API for the checks. An answer that shows nothing for certain leaves a doubt, which blocks. */
@Component
class GenesysApi {

    /** Enough for 500 queues with all their settings. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Upstream upstream;
    private final GenesysNotFound notFound;

    GenesysApi(Upstream upstream, DependencyProperties properties) {
        this.upstream = upstream;
        this.notFound = properties.genesysNotFound();
    }

    /**
     * Reads what has an answer for every group: a 404 leaves a doubt.
     *
     * @param path a URI template below the base URL, query included
     * @param interpret makes a listing of the JSON object of a 200
     * @throws dev.deprovisioner.problem.Fault if the provider gives no answer to rely on
     */
    <T> Listing<T> read(String path, Map<String, String> variables, Function<JsonNode, Listing<T>> interpret) {
        return read(path, variables, interpret, response -> Listing.unclear(ProviderWords.codeOf(response)));
    }

    /** As {@link #read}, for what a group may not have: the settings say whether a 404 means that there is none. */
    <T> Listing<T> readOf(
            CheckedGroup group, String path, Map<String, String> variables, Function<JsonNode, Listing<T>> interpret) {
        return read(path, variables, interpret, response -> absent(group, response));
    }

    private <T> Listing<T> read(
            String path,
            Map<String, String> variables,
            Function<JsonNode, Listing<T>> interpret,
            Function<UpstreamResponse, Listing<T>> absent) {
        var request = UpstreamRequest.getOther(path, variables, MAX_BYTES);
        return upstream.read(
                request,
                response -> listing(response, interpret, absent).at(place(path)).correlated(response.correlationId()));
    }

    /** The request as texts name it. */
    static String place(String path) {
        return "GET " + path.split("\\?", 2)[0];
    }

    private static <T> Listing<T> listing(
            UpstreamResponse response,
            Function<JsonNode, Listing<T>> interpret,
            Function<UpstreamResponse, Listing<T>> absent) {
        return switch (response.status()) {
            case 200 -> interpret.apply(response.object());
            case 403 -> Listing.unclear("the OAuth client lacks a permission, " + ProviderWords.codeOf(response));
            case 404 -> absent.apply(response);
            default -> Listing.unclear(ProviderWords.codeOf(response));
        };
    }

    private <T> Listing<T> absent(CheckedGroup group, UpstreamResponse response) {
        if (!response.isGenesysError() || group.nativeGroup() == null) {
            return Listing.unclear(ProviderWords.codeOf(response));
        }
        return switch (notFound) {
            case NONE -> Listing.complete(List.of());
            case UNKNOWN ->
                Listing.unclear(ProviderWords.codeOf(response)
                        + " (deprovisioner.dependency.genesys-not-found=none takes this for \"none\")");
        };
    }
}
