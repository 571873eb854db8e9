package dev.deprovisioner.dependency;

import dev.deprovisioner.setting.InvalidSetting;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param checks The checks before a group is emptied: routing-profile blocks the run when a member would be left without an
 *     active routing profile. Empty for none.
 * @param routingProfilePath The path of a member's routing profile below the base URL, with {userId} where the member's
 *     id goes.
 */
@ConfigurationProperties("deprovisioner.dependency")
record DependencyProperties(
        @DefaultValue("routing-profile") List<Kind> checks,

        @DefaultValue("/api/v2/users/{userId}/routing/profile")
        String routingProfilePath) {

    static final String USER_ID = "userId";

    enum Kind {
        ROUTING_PROFILE
    }

    DependencyProperties {
        checks = List.copyOf(checks);
        if (!routingProfilePath.startsWith("/") || !routingProfilePath.contains("{" + USER_ID + "}")) {
            throw new InvalidSetting(
                    "deprovisioner.dependency.routing-profile-path must begin with / and contain {userId}.",
                    "Set it to, for example, /api/v2/users/{userId}/routing/profile.");
        }
    }
}
