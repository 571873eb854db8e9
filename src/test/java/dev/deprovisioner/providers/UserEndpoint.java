package dev.deprovisioner.providers;

import dev.deprovisioner.providers.Directory.StoredGroup;
import dev.deprovisioner.testbed.Answer;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a stand-in answers about its users: pages of all users, or of those in a group. */
final class UserEndpoint {

    private final Directory directory;
    private final ScimSyntax syntax;
    private final ErrorForm errors;
    private UserPages pages = new UserPages(100, false, true);
    private Set<String> unsupported = Set.of();
    private Predicate<String> visible = user -> true;

    UserEndpoint(Directory directory, ScimSyntax syntax, ErrorForm errors) {
        this.directory = directory;
        this.syntax = syntax;
        this.errors = errors;
    }

    UserEndpoint pages(UserPages value) {
        pages = value;
        return this;
    }

    /** Answers 400 to each of these query parameters. */
    UserEndpoint unsupported(String... parameters) {
        unsupported = Set.of(parameters);
        return this;
    }

    /** Shows only these users. */
    UserEndpoint visible(Predicate<String> value) {
        visible = value;
        return this;
    }

    Answer answer(ProviderRequest request) {
        var refused =
                request.query().keySet().stream().filter(unsupported::contains).findFirst();
        if (refused.isPresent()) {
            return errors.badRequest("The parameter " + refused.get() + " is not supported.");
        }
        var users = users(request).stream().filter(visible).toList();
        return GroupEndpoint.ok(pages.page(users, request));
    }

    private List<String> users(ProviderRequest request) {
        if (!request.query().containsKey("filter")) {
            return directory.groups().stream()
                    .flatMap(group -> group.members().stream())
                    .distinct()
                    .toList();
        }
        var filter = syntax.userFilter(request.query().get("filter"));
        return filter.attribute().equals("groups.value")
                ? directory.find(filter.value()).map(StoredGroup::members).orElse(List.of())
                : List.of();
    }
}
