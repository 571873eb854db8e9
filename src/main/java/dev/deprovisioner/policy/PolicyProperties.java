package dev.deprovisioner.policy;

import dev.deprovisioner.setting.InvalidSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxMembers A group with more members than this is refused before anything is changed; 0 lets only empty groups
 *     pass.
 * @param unlistedMembers The decision on a group if the provider does not show its members. BLOCK refuses it. ALLOW
 *     deletes it together with its memberships; run, audit trail and webhook then say that the members were not seen.
 */
@ConfigurationProperties("deprovisioner.policy")
record PolicyProperties(
        @DefaultValue("500") int maxMembers,
        @DefaultValue("BLOCK") Unlisted unlistedMembers) {

    /** The decision on a group if the provider does not show its members. */
    enum Unlisted {
        BLOCK,
        ALLOW
    }

    PolicyProperties {
        if (maxMembers < 0) {
            throw new InvalidSetting(
                    "deprovisioner.policy.max-members must not be negative.", "Set it to, for example, 500.");
        }
    }
}
