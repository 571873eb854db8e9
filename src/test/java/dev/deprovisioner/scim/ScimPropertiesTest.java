package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import dev.deprovisioner.scim.ScimProperties.MembersSource;
import dev.deprovisioner.scim.ScimProperties.MembersVisibleBy;
import dev.deprovisioner.scim.ScimProperties.PlainNotFound;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where groups are read, and when an absent member list can be believed. */
class ScimPropertiesTest {

    private static final String PATH = "/Groups/{groupId}";

    private static ScimProperties reading(@Nullable String query) {
        return GroupReadSettings.of(PATH, query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                                       | false",
                "attributes=members                         | true",
                "attributes=displayName,externalId,members  | true",
                "count=5&attributes=members,id              | true",
                "attributes=displayName                     | false",
                "attributes=membership                      | false",
                "excludedAttributes=members                 | false"
            })
    void knowsWhetherMembersAreAskedFor(@Nullable String query, boolean asked) {
        assertThat(reading(query).alwaysAsksForMembers()).isEqualTo(asked);
    }

    @Test
    void appendsItsQueryToReads() {
        assertThat(reading(null).readPath("")).isEqualTo(PATH);
        assertThat(reading(" ").usualQuery()).isEmpty();
        assertThat(reading("attributes=displayName").usualQuery()).isEqualTo("attributes=displayName");
        assertThat(reading(null).readPath("attributes=members")).isEqualTo(PATH + "?attributes=members");
    }

    @Test
    void sendsNoEtagToAnotherApi() {
        assertThat(reading(null).deletesOverScim()).isTrue();
        assertThat(new ScimProperties(
                                PATH,
                                "/api/v2/groups/{groupId}",
                                "application/json",
                                MemberRemovalStyle.ALL,
                                100,
                                null,
                                PlainNotFound.VERIFY,
                                MembersSource.GROUP,
                                MembersVisibleBy.PROVIDER,
                                "/Users",
                                UserPaging.CURSOR_OR_INDEX,
                                null,
                                Duration.ofSeconds(15))
                        .deletesOverScim())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Groups/{groupId}", "/Groups/", "/Groups/{id}", "/{tenant}/Groups/{groupId}"})
    void namesAPathThatCannotBeOne(String path) {
        assertThatThrownBy(() -> new ScimProperties(
                        path,
                        PATH,
                        "application/json",
                        MemberRemovalStyle.ALL,
                        100,
                        null,
                        PlainNotFound.VERIFY,
                        MembersSource.GROUP,
                        MembersVisibleBy.PROVIDER,
                        "/Users",
                        UserPaging.CURSOR_OR_INDEX,
                        null,
                        Duration.ofSeconds(15)))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("deprovisioner.scim.groups-path");
    }
}
