package dev.deprovisioner.dependency;

import dev.deprovisioner.setting.InvalidSetting;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param checks The checks before a group is emptied: routing-profile blocks the run when a member would be left without an
 *     active routing profile, genesys-references when an object of Genesys Cloud refers to the group. Empty for none.
 * @param routingProfilePath The path of a member's routing profile below the base URL, with {userId} where the member's
 *     id goes.
 * @param genesysReferences What genesys-references looks at: queues, Architect flows, role grants, access policies, phone
 *     numbers of the group, rules that feed it, and its voice mailbox (which is reported as a warning and never blocks).
 * @param genesysNotFound The evidence of a 404 of the grants, policies or rules of a group in Genesys Cloud's own form, while
 *     the group is shown. UNKNOWN: none, so that it blocks. NONE: the group has none of these. A 404 of queues or flows always
 *     blocks.
 * @param genesysLeftOut The evidence of what Genesys Cloud leaves out of an answer: the addresses of a group, or all attributes
 *     of a queue that name groups. UNKNOWN: none, so that it blocks. NONE: the group has no phone number, and the queue refers
 *     to no group.
 */
@ConfigurationProperties("deprovisioner.dependency")
record DependencyProperties(
        @DefaultValue("routing-profile") List<Kind> checks,

        @DefaultValue("/api/v2/users/{userId}/routing/profile")
        String routingProfilePath,

        @DefaultValue({"queues", "flows", "grants", "policies", "phones", "rules", "mailbox"})
        List<GenesysReference> genesysReferences,

        @DefaultValue("unknown") GenesysNotFound genesysNotFound,

        @DefaultValue("unknown") GenesysLeftOut genesysLeftOut) {

    static final String USER_ID = "userId";

    enum Kind {
        ROUTING_PROFILE,
        GENESYS_REFERENCES
    }

    /** What may refer to a group of Genesys Cloud, or is lost with it. */
    enum GenesysReference {
        QUEUES,
        FLOWS,
        GRANTS,
        POLICIES,
        PHONES,
        RULES,
        MAILBOX
    }

    /** What a 404 of a check means. */
    enum GenesysNotFound {
        UNKNOWN,
        NONE
    }

    /** What it means that an answer leaves an attribute out. */
    enum GenesysLeftOut {
        UNKNOWN,
        NONE;

        static final String HINT = " (deprovisioner.dependency.genesys-left-out=none takes this for \"none\")";
    }

    /** What is looked at for each group. */
    List<GenesysReference> references() {
        return checks.contains(Kind.GENESYS_REFERENCES) ? genesysReferences : List.of();
    }

    DependencyProperties {
        checks = List.copyOf(checks);
        genesysReferences = List.copyOf(genesysReferences);
        if (!routingProfilePath.startsWith("/") || !routingProfilePath.contains("{" + USER_ID + "}")) {
            throw new InvalidSetting(
                    "deprovisioner.dependency.routing-profile-path must begin with / and contain {userId}.",
                    "Set it to, for example, /api/v2/users/{userId}/routing/profile.");
        }
    }
}
