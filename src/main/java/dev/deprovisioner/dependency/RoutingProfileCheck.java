package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.Kind;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.upstream.Attributes;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A member without an active routing profile would get no work once the group is gone. */
@Component
class RoutingProfileCheck implements MemberCheck {

    private static final int MAX_BYTES = 256 * 1024;

    /** Attributes of an error or of a list, which some providers answer with 200. */
    private static final List<String> NOT_A_PROFILE =
            List.of("error", "errors", "error_description", "schemas", "totalResults", "message");

    private final Upstream upstream;
    private final String path;

    RoutingProfileCheck(Upstream upstream, DependencyProperties properties) {
        this.upstream = upstream;
        this.path = properties.routingProfilePath();
    }

    @Override
    public Kind kind() {
        return Kind.ROUTING_PROFILE;
    }

    @Override
    public Optional<Dependency> check(MemberId member, BulkRead survey) {
        var request = UpstreamRequest.getOther(path, Map.of(DependencyProperties.USER_ID, member.value()), MAX_BYTES);
        return upstream.readInBulk(request, survey, response -> judge(member, response));
    }

    private static Optional<Dependency> judge(MemberId member, UpstreamResponse response) {
        if (response.isAbsent()) {
            return missing(member);
        }
        if (response.status() == 403) {
            return unknown(member, null, "may not be read (" + ProviderWords.of(response) + ")", response);
        }
        if (response.status() != 200) {
            return unknown(member, null, "is unclear (" + ProviderWords.of(response) + ")", response);
        }
        var profile = response.object();
        var reference = reference(profile);
        return switch (activity(profile)) {
            case ACTIVE -> Optional.empty();
            case INACTIVE -> inactive(member, reference);
            case UNCLEAR -> unknown(member, reference, "does not say clearly whether it is active", response);
        };
    }

    /** The profile's id, where it is one. */
    private static @Nullable String reference(JsonNode profile) {
        return NamedObject.word(profile.path("id").asString(""));
    }

    private enum Activity {
        ACTIVE,
        INACTIVE,
        UNCLEAR
    }

    /** A profile is active unless it says otherwise, in a form that can be read. */
    private static Activity activity(JsonNode profile) {
        if (NOT_A_PROFILE.stream()
                .anyMatch(name -> !Attributes.of(profile, name).isMissingNode())) {
            return Activity.UNCLEAR;
        }
        var active = Attributes.of(profile, "active");
        var state = Attributes.of(profile, "state");
        boolean readable =
                (active.isMissingNode() || active.isBoolean()) && (state.isMissingNode() || state.isString());
        if (!readable) {
            return Activity.UNCLEAR;
        }
        boolean saysInactive = active.isBoolean() && !active.booleanValue();
        boolean otherState = state.isString() && !state.stringValue().equalsIgnoreCase("active");
        return saysInactive || otherState ? Activity.INACTIVE : Activity.ACTIVE;
    }

    private static Optional<Dependency> missing(MemberId member) {
        return Optional.of(new Dependency(
                "routing-profile-missing",
                member,
                null,
                "User " + member + " has no routing profile, and would be left without one.",
                reassign(member)));
    }

    private static Optional<Dependency> inactive(MemberId member, @Nullable String reference) {
        return Optional.of(new Dependency(
                "routing-profile-inactive",
                member,
                reference,
                "The routing profile of user " + member + " is inactive.",
                reassign(member)));
    }

    private static Optional<Dependency> unknown(
            MemberId member, @Nullable String reference, String why, UpstreamResponse response) {
        return Optional.of(new Dependency(
                "routing-profile-unknown",
                member,
                reference,
                "The routing profile of user " + member + " " + why + ". An unknown profile blocks the run.",
                "Let the client, or the owner of the bearer token, read routing profiles, or check the user by hand. "
                        + reassign(member),
                response.correlationId()));
    }

    private static String reassign(MemberId member) {
        return "Reassign user " + member + " to another queue, then post the group again.";
    }
}
