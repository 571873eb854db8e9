package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refused permission is named by a scope only if the client asks for tokens with that scope. */
class PermissionTest {

    private static Problem denied(Permission permission, String... scopes) {
        return denied(permission, new PermissionNames(List.of(scopes), false));
    }

    private static Problem denied(Permission permission, PermissionNames names) {
        var fault = names.denied(permission, Answers.json(403, "{\"detail\":\"No\"}"));
        assertThat(fault.recovery()).isEqualTo(Fault.Recovery.FAIL);
        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_FORBIDDEN);
        assertThat(fault.problem().quote()).isEqualTo("No");
        return fault.problem();
    }

    private static String remedy(Problem problem) {
        return Objects.requireNonNull(problem.remedy());
    }

    @ParameterizedTest
    @CsvSource({"READ_GROUPS, scim:group:read", "CHANGE_MEMBERS, scim:group:write", "DELETE_GROUPS, scim:group:delete"})
    void namesAScopeThatTokensAreRequestedWith(Permission permission, String scope) {
        var problem = denied(permission, "scim:group:read", "scim:group:write", "scim:group:delete");

        assertThat(problem.detail()).contains(scope, "HTTP 403");
        assertThat(remedy(problem)).contains(scope);
    }

    @ParameterizedTest
    @CsvSource({
        "READ_GROUPS, read groups",
        "CHANGE_MEMBERS, change the members of groups",
        "DELETE_GROUPS, delete groups"
    })
    void namesThePermissionOfAClientWithoutThatScope(Permission permission, String words) {
        for (var problem : List.of(denied(permission), denied(permission, "https://graph.microsoft.com/.default"))) {
            assertThat(problem.detail()).contains("the permission to " + words, "HTTP 403");
            assertThat(remedy(problem))
                    .contains("the permission to " + words, "client", "owner of the bearer token")
                    .doesNotContain("scim:", "OAuth");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "READ_GROUPS, directory:group:edit",
        "LIST_GROUPS, directory:group:edit",
        "CHANGE_MEMBERS, directory:group:edit",
        "DELETE_GROUPS, directory:group:delete",
        "VIEW_NATIVE_GROUPS, directory:group:view"
    })
    void namesThePermissionInTheRolesOfGenesysCloud(Permission permission, String name) {
        var problem = denied(permission, new PermissionNames(List.of(), true));

        assertThat(problem.detail()).contains("the permission to " + permission.action() + ", " + name, "HTTP 403");
        assertThat(remedy(problem)).contains(name);
    }
}
