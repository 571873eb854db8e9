package dev.deprovisioner.connection;

import static dev.deprovisioner.connection.FindingCode.FEATURES_NOT_SHOWN;
import static dev.deprovisioner.connection.FindingCode.FEATURES_SHOWN;
import static dev.deprovisioner.connection.FindingCode.FEATURE_MISSING;
import static dev.deprovisioner.connection.FindingCode.SCHEMA_NOT_SHOWN;
import static dev.deprovisioner.connection.FindingCode.SCHEMA_SHOWN;

import dev.deprovisioner.scim.Discovered;
import dev.deprovisioner.scim.ProviderFeatures;

/**
 * Judges what a provider says about its own API.
 *
 * @param membersSource where members are read, in the word of the setting
 */
record ProviderFindings(String membersSource) {

    private static final String MEMBERS_SOURCE = "deprovisioner.scim.members-source";

    Finding features(Discovered<ProviderFeatures> answer) {
        return switch (answer) {
            case Discovered.Shown<ProviderFeatures>(var features) -> judge(features);
            case Discovered.NotShown<ProviderFeatures>(var why) ->
                Finding.ok(
                        FEATURES_NOT_SHOWN,
                        "The provider shows no ServiceProviderConfig (" + why + "). None is needed.");
        };
    }

    private Finding judge(ProviderFeatures features) {
        var detail = "The ServiceProviderConfig says: filter " + yesOrNo(features.filter()) + ", patch "
                + yesOrNo(features.patch()) + ", ETag " + yesOrNo(features.etag()) + ".";
        if (!features.patch()) {
            return Finding.warning(
                    FEATURE_MISSING, detail + " The service removes members with PATCH.", FaultFindings.BASE_URL);
        }
        return !features.filter() && readsByFilter()
                ? Finding.warning(FEATURE_MISSING, detail + " The service finds members with a filter.", MEMBERS_SOURCE)
                : Finding.ok(FEATURES_SHOWN, detail);
    }

    private boolean readsByFilter() {
        return membersSource.equals("users-filter");
    }

    private static String yesOrNo(boolean supported) {
        return supported ? "yes" : "no";
    }

    Finding membersReturned(Discovered<String> answer) {
        return switch (answer) {
            case Discovered.Shown<String>(var returned) -> judge(returned);
            case Discovered.NotShown<String>(var why) ->
                Finding.ok(
                        SCHEMA_NOT_SHOWN,
                        "The provider shows no schema of groups with members (" + why + "). None is needed.");
        };
    }

    private Finding judge(String returned) {
        var detail = "By the schema, members of a group are returned: " + returned + ".";
        return returned.equals("never") && membersSource.equals("group")
                ? Finding.warning(SCHEMA_SHOWN, detail + " A read of the group does not list them.", MEMBERS_SOURCE)
                : Finding.ok(SCHEMA_SHOWN, detail);
    }
}
