package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks the provider for users: for those in a group, page by page, and whether the client is shown any. */
final class UserQueries {

    /** What members are searched by, for the operator. */
    static final String FILTER = "filter=groups.value eq {groupId}";

    private static final int MAX_PAGE_BYTES = 4 * 1024 * 1024;
    private static final int REFUSED = 400;

    private final Upstream upstream;
    private final String usersPath;
    private final UserPaging paging;

    UserQueries(Upstream upstream, ScimProperties properties) {
        this.upstream = upstream;
        this.usersPath = properties.usersPath();
        this.paging = properties.userPaging();
    }

    /** The users in a group, or why there are none to see. */
    sealed interface Users {}

    /**
     * @param list cut if nothing proves that it is complete
     * @param nestedGroups whether the answers show that another group is a member
     * @param contradicted whether a page contradicts itself or another page, so that the users may not be those in the group
     */
    record Found(MemberList list, boolean nestedGroups, boolean contradicted) implements Users {}

    /** The provider refuses the search. A 404 or 410 is no refusal: it may be a gateway's. */
    record Refused(UpstreamResponse response) implements Users {}

    private sealed interface Answer {}

    private record Shown(UserPage page) implements Answer {}

    private record Unshown(UpstreamResponse response) implements Answer {}

    /**
     * Searches for the users in a group. The first request asks for paging by cursor (RFC 9865, section 2), unless the settings
     * exclude that. If it is refused, it is sent once more without, where paging by index is allowed. No page is asked for after
     * the one that exceeds the member limit.
     *
     * @throws dev.deprovisioner.problem.Fault if a page could not be had
     */
    Users inGroup(GroupId group, int mostMembers) {
        var asked = paging == UserPaging.INDEX ? PageRequest.firstWithoutCursor() : PageRequest.first();
        var answer = ask(group, asked);
        if (paging == UserPaging.CURSOR_OR_INDEX && isRefused(answer)) {
            asked = PageRequest.firstWithoutCursor();
            answer = ask(group, asked);
        }
        return switch (answer) {
            case Unshown(var response) -> new Refused(response);
            case Shown(var page) -> collect(group, mostMembers, asked, page);
        };
    }

    private static boolean isRefused(Answer answer) {
        return answer instanceof Unshown(var response) && response.status() == REFUSED;
    }

    private Found collect(GroupId group, int mostMembers, PageRequest asked, UserPage page) {
        var pages = new UserPages(mostMembers, paging);
        var next = pages.add(asked, page);
        while (next.isPresent()) {
            var request = next.get();
            next = switch (ask(group, request)) {
                case Shown(var further) -> pages.add(request, further);
                case Unshown unshown -> pages.cut();
            };
        }
        return new Found(pages.list(), pages.showsNestedGroups(), pages.isContradicted());
    }

    private Answer ask(GroupId group, PageRequest page) {
        var filter = "groups.value eq " + FilterValue.of(group.value());
        var request = UpstreamRequest.get(usersPath + page.query(), page.variables(filter), MAX_PAGE_BYTES);
        return upstream.read(request, response -> answer(response, group));
    }

    private static Answer answer(UpstreamResponse response, GroupId group) {
        if (response.status() == 200) {
            return new Shown(UserPage.of(new ScimObject(response.object()), group));
        }
        if (response.isSuccess()) {
            throw new MalformedResponseException("HTTP " + response.status() + " without users");
        }
        if (response.isAbsent()) {
            throw Faults.inconclusive(
                    response, UpstreamProblems.userSearchNotFound(response.errorCode(), response.errorWords()));
        }
        return new Unshown(response);
    }

    /** Whether the provider's configuration says that it supports filters (RFC 7643, section 5). */
    boolean areFiltersSupported() {
        return isAnswered(
                Discovery.beside(usersPath, Discovery.CONFIGURATION),
                config -> config.object("filter").get("supported").asBoolean(false));
    }

    /** Whether the provider shows this client at least one user. */
    boolean isAnyShown() {
        return isAnswered(
                usersPath + "?count=1",
                users -> UserPage.resources(users)
                        .anyMatch(user -> !user.text("id").isEmpty()));
    }

    private boolean isAnswered(String path, Predicate<ScimObject> says) {
        var request = UpstreamRequest.get(path, Map.of(), MAX_PAGE_BYTES);
        return upstream.read(
                request,
                response -> Optional.of(response)
                        .filter(answer -> answer.status() == 200)
                        .map(answer -> new ScimObject(answer.object()))
                        .filter(says)
                        .isPresent());
    }
}
