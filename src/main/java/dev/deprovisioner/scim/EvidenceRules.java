package dev.deprovisioner.scim;

import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.ScimProperties.PlainNotFound;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;

/** The rules for the evidence in an answer, without any I/O. The page {@code docs/evidence.md} describes these rules to operators. */
final class EvidenceRules {

    private EvidenceRules() {}

    /** An absence is proven by a form that only the provider writes, or by any form if the operator accepts it. */
    static GroupResponse absence(UpstreamResponse response, PlainNotFound plainNotFound) {
        return switch (plainNotFound) {
            case ACCEPT -> new GroupResponse.Gone();
            case VERIFY ->
                AbsenceForms.prove(response.status(), response.body()) ? new GroupResponse.Gone() : doubtful(response);
        };
    }

    /** An unproven absence counts if, after a control read that was answered, the provider says the same again. */
    static GroupEvidence repeated(GroupResponse.Doubtful first, GroupResponse.Doubtful second) {
        return second.isSameAs(first) ? new GroupEvidence.Absent() : new GroupEvidence.Unproven(second.problem());
    }

    /** A control read is answered by a 200 whose media type is a form of JSON: a gateway's page is none. */
    static boolean isControl(UpstreamResponse response) {
        return response.status() == 200 && mediaType(response).contains("json");
    }

    /**
     * A list is complete unless its answer says otherwise. An empty one needs proof that the provider lists members.
     *
     * @param ifEmpty decides on an empty list; asked for no other one
     */
    static MemberEvidence members(MemberList list, Function<MemberEvidence.Listed, MemberEvidence> ifEmpty) {
        if (list.isCut()) {
            return new MemberEvidence.Incomplete(list.shown(), list.statedBeyondShown());
        }
        var listed = new MemberEvidence.Listed(list.shown());
        return list.shown().isEmpty() ? ifEmpty.apply(listed) : listed;
    }

    private static GroupResponse doubtful(UpstreamResponse response) {
        var type = mediaType(response);
        var form = "HTTP " + response.status() + (type.isEmpty() ? " without a media type" : ", " + type);
        var problem =
                UpstreamProblems.absenceUnproven(form, response.errorWords()).correlated(response.correlationId());
        return new GroupResponse.Doubtful(form, problem);
    }

    /** Lower case, without parameters; empty if there is none or if it is no media type. */
    private static String mediaType(UpstreamResponse response) {
        var header = Objects.requireNonNullElse(response.headers().getFirst(HttpHeaders.CONTENT_TYPE), "");
        var type = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.matches("[\\w.+-]{1,64}/[\\w.+-]{1,64}") ? type : "";
    }
}
