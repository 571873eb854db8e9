package dev.deprovisioner.providers;

import dev.deprovisioner.providers.Directory.StoredGroup;
import dev.deprovisioner.testbed.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a stand-in answers about its groups. As it is made, it follows RFC 7644 and always lists members. */
final class GroupEndpoint {

    private final Directory directory;
    private final ScimSyntax syntax;
    private final ErrorForm errors;
    private MemberView view = MemberView.always();
    private PatchRules patches = PatchRules.of(RemovalForm.ALL, RemovalEffect.REMOVES_ALL)
            .and(RemovalForm.FILTERED, RemovalEffect.REMOVES_NAMED)
            .and(RemovalForm.VALUES, RemovalEffect.REMOVES_ALL);
    private boolean patchesWithoutContent;
    private boolean versions;
    private boolean deletes = true;
    private Duration lateness = Duration.ZERO;
    private final Set<String> forgotten = new HashSet<>();

    GroupEndpoint(Directory directory, ScimSyntax syntax, ErrorForm errors) {
        this.directory = directory;
        this.syntax = syntax;
        this.errors = errors;
    }

    GroupEndpoint view(MemberView value) {
        view = value;
        return this;
    }

    GroupEndpoint patches(PatchRules value) {
        patches = value;
        return this;
    }

    /** Answers each PATCH with an empty object. */
    GroupEndpoint answersPatchesWithNothing() {
        patchesWithoutContent = true;
        return this;
    }

    /** Gives each group a version, and refuses a PATCH that names another one. */
    GroupEndpoint withVersions() {
        versions = true;
        return this;
    }

    /** Takes no DELETE. */
    GroupEndpoint withoutDelete() {
        deletes = false;
        return this;
    }

    /** Lets each removal show only after this time. */
    GroupEndpoint lateness(Duration value) {
        lateness = value;
        return this;
    }

    /** Leaves this member out of the next removal that names it, without a word. */
    void forgetOnce(String member) {
        forgotten.add(member);
    }

    Answer list(ProviderRequest request) {
        if (!request.is("GET")) {
            return methodNotAllowed();
        }
        var groups = directory.groups();
        var page = groups.subList(0, Math.min(request.number("count", 100), groups.size()));
        var response = JsonMapper.shared().createObjectNode();
        response.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        response.put("totalResults", groups.size())
                .put("itemsPerPage", page.size())
                .put("startIndex", 1);
        var resources = response.putArray("Resources");
        page.forEach(group -> resources.add(json(group, request)));
        return ok(response);
    }

    Answer answer(String id, ProviderRequest request) {
        return directory
                .find(id)
                .map(group -> switch (request.method()) {
                    case "GET" -> shown(group, request);
                    case "PATCH" -> patch(group, request);
                    case "DELETE" -> delete(group);
                    default -> methodNotAllowed();
                })
                .orElseGet(() -> errors.notFound("Group not found."));
    }

    private Answer methodNotAllowed() {
        return errors.error(405, "METHOD_NOT_ALLOWED", "This method is not supported.");
    }

    private Answer patch(StoredGroup group, ProviderRequest request) {
        var condition = request.header("If-Match");
        if (versions && !condition.isEmpty() && !condition.equals(etag(group))) {
            return errors.staleVersion("The version of the group is another one.");
        }
        var removals = syntax.removals(request.body());
        var refusal = patches.refusal(removals);
        if (refusal.isPresent()) {
            return errors.badRequest(refusal.get());
        }
        var leaving = new HashSet<>(patches.leaving(group, removals));
        leaving.removeIf(forgotten::remove);
        directory.remove(group.id(), leaving, lateness);
        return patchesWithoutContent
                ? ok(JsonMapper.shared().createObjectNode())
                : shown(directory.find(group.id()).orElseThrow(), request);
    }

    private Answer delete(StoredGroup group) {
        if (!deletes) {
            return methodNotAllowed();
        }
        directory.delete(group.id(), Duration.ZERO);
        return new Answer(204, Map.of(), "");
    }

    private Answer shown(StoredGroup group, ProviderRequest request) {
        var answer = ok(json(group, request));
        return versions ? answer.with("ETag", etag(group)) : answer;
    }

    private static String etag(StoredGroup group) {
        return "\"" + group.version() + "\"";
    }

    private ObjectNode json(StoredGroup group, ProviderRequest request) {
        var json = JsonMapper.shared().createObjectNode();
        json.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Group");
        json.put("id", group.id()).put("displayName", group.displayName());
        if (versions) {
            json.putObject("meta").put("resourceType", "Group").put("version", etag(group));
        }
        view.shown(group, request).ifPresent(members -> {
            var list = json.putArray("members");
            members.forEach(member -> list.addObject().put("value", member).put("type", "User"));
        });
        return json;
    }

    static Answer ok(ObjectNode body) {
        return new Answer(200, Map.of("Content-Type", "application/scim+json"), body.toString());
    }
}
