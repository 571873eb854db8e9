package dev.deprovisioner.testbed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a provider does otherwise than RFC 7644 asks for. Every one of them was reported of a provider in use. */
public enum Quirk {
    /** Every read of a group says {@code "members": []}. */
    NEVER_LISTS_MEMBERS,
    /** A read of a group with several members leaves the last one out, and {@code totalResults} counts them all. */
    CUTS_MEMBER_LISTS,
    /** A change is made also where {@code If-Match} names another version. */
    IGNORES_VERSIONS,
    /** A change is made, and answered as a conflict. */
    ANSWERS_CHANGES_WITH_409,
    /** A change is made, and answered as if the version had been another one. */
    ANSWERS_CHANGES_WITH_412,
    /** A change is made, and answered with an internal error. */
    ANSWERS_CHANGES_WITH_500;

    private static final String MEMBERS = "members";

    /**
     * What the provider sends after the effect of a request.
     *
     * @param answer what it should send
     */
    public Answer answer(String method, Answer answer) {
        return switch (this) {
            case NEVER_LISTS_MEMBERS -> isSuccess(answer) ? withoutMembers(answer) : answer;
            case CUTS_MEMBER_LISTS -> method.equals("GET") && isSuccess(answer) ? cut(answer) : answer;
            case IGNORES_VERSIONS -> answer;
            case ANSWERS_CHANGES_WITH_409 -> ifChanged(method, answer, 409, "The resource is being changed.");
            case ANSWERS_CHANGES_WITH_412 -> ifChanged(method, answer, 412, "The resource has another version.");
            case ANSWERS_CHANGES_WITH_500 -> ifChanged(method, answer, 500, "Something broke.");
        };
    }

    private static boolean isSuccess(Answer answer) {
        return answer.status() < 300;
    }

    private static Answer ifChanged(String method, Answer answer, int status, String detail) {
        return method.equals("GET") || !isSuccess(answer) ? answer : Answer.error(status, detail);
    }

    private static Answer withoutMembers(Answer answer) {
        if (answer.body().isEmpty()) {
            return answer;
        }
        var group = group(answer);
        group.putArray(MEMBERS);
        return answer.withBody(group.toString());
    }

    private static Answer cut(Answer answer) {
        var group = group(answer);
        var members = List.copyOf(group.path(MEMBERS).values());
        if (members.size() < 2) {
            return answer;
        }
        var shown = group.putArray(MEMBERS);
        members.subList(0, members.size() - 1).forEach(shown::add);
        group.put("totalResults", members.size());
        return answer.withBody(group.toString());
    }

    private static ObjectNode group(Answer answer) {
        JsonNode group = JsonMapper.shared().readTree(answer.body());
        return (ObjectNode) group;
    }

    /** The headers of a request as this provider takes them. */
    Map<String, String> headers(Map<String, String> headers) {
        if (this != IGNORES_VERSIONS) {
            return headers;
        }
        var read = new HashMap<>(headers);
        read.keySet().removeIf("If-Match"::equalsIgnoreCase);
        return read;
    }
}
