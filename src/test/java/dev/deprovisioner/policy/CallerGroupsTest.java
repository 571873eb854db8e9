package dev.deprovisioner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerGroupsTest {

    private static final Caller ANYBODY = new Caller("anybody");
    private static final CallerGroups RULES = new CallerGroups(
            List.of(entry("portal-*", "support-*", "Sales *"), entry("portal-emea", "g7"), entry("admin", "*")));

    private static CallerGroups.Entry entry(String principal, String... groups) {
        return new CallerGroups.Entry(
                Glob.exact(principal),
                Arrays.stream(groups).map(Glob::ignoringCase).toList());
    }

    @ParameterizedTest
    @CsvSource({
        // caller,     id,        display name, before it is read, after
        "portal-1,     support-1, Any,          true,              true",
        "portal-1,     SUPPORT-1, Any,          true,              true",
        "portal-1,     g1,        sales EMEA,   false,             true",
        "portal-1,     g1,        Presales one, false,             false",
        "portal-1,     g1,        ,             false,             false",
        "portal-1,     g7,        Any,          false,             false",
        "portal-emea,  g7,        Any,          true,              true",
        "portal-emea,  support-2, Any,          true,              true",
        "portal-emea,  g8,        Any,          false,             false",
        "PORTAL-1,     support-1, Any,          false,             false",
        "portal,       support-1, Any,          false,             false",
        "admin,        anything,  ,             true,              true",
        "administrator,anything,  Any,          false,             false",
        "*,            support-1, Any,          false,             false"
    })
    void aCallerMayNameWhatOneOfItsEntriesMatches(
            String caller, String id, @Nullable String displayName, boolean byId, boolean afterReading) {
        var group = new GroupId(id);
        assertThat(RULES.mayManage(new Caller(caller), group, null)).isEqualTo(byId);
        assertThat(RULES.mayManage(new Caller(caller), group, displayName)).isEqualTo(afterReading);
        assertThat(RULES.refusal(new Caller(caller), group, displayName).isEmpty())
                .isEqualTo(afterReading);
    }

    @ParameterizedTest
    @CsvSource({"portal-1, true", "admin, true", "portal, false", "Admin, false", "'', false"})
    void aCallerWithoutAnEntryMayNameNone(String caller, boolean any) {
        assertThat(RULES.mayManageAny(new Caller(caller))).isEqualTo(any);
    }

    @Test
    void withoutEntriesEveryCallerMayNameEveryGroup() {
        var none = new CallerGroups(List.of());
        assertThat(none.mayManageAny(ANYBODY)).isTrue();
        assertThat(none.refusal(ANYBODY, new GroupId("g1"), null)).isEmpty();
    }

    @Test
    void theRefusalSaysWhatToDoAndNotHowTheGroupIsCalled() {
        assertThat(RULES.refusal(new Caller("portal-1"), new GroupId("g1"), "Executives"))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.GROUP_PROTECTED);
                    assertThat(problem.detail()).contains("portal-1", "g1").doesNotContain("Executives");
                    assertThat(problem.remedy()).contains("deprovisioner.security.callers");
                });
    }
}
