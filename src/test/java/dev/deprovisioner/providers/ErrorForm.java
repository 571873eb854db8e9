package dev.deprovisioner.providers;

import dev.deprovisioner.testbed.Answer;
import java.util.Map;

/** How a provider writes errors. */
interface ErrorForm {

    /** @param code the provider's own word for the kind of error */
    Answer error(int status, String code, String detail);

    default Answer notFound(String detail) {
        return error(404, "NOT_FOUND", detail);
    }

    default Answer badRequest(String detail) {
        return error(400, "INVALID_ARGUMENT", detail);
    }

    default Answer staleVersion(String detail) {
        return error(412, "FAILED_PRECONDITION", detail);
    }

    /** RFC 7644, section 3.12. */
    static ErrorForm scim() {
        return (status, code, detail) -> Answer.error(status, detail);
    }

    /** A SCIM error with two further attributes. */
    static ErrorForm aws() {
        return (status, code, detail) -> json(status, "application/json", """
                {"schema":["urn:ietf:params:scim:api:messages:2.0:Error"],\
                "schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"%s","status":"%d",\
                "exceptionRequestId":"e-1","timeStamp":"2026-03-01T00:00:00Z"}""".formatted(detail, status));
    }

    /** Genesys Cloud over SCIM: an old version is answered with 400 and not with 412. */
    static ErrorForm genesysScim() {
        return new ErrorForm() {
            @Override
            public Answer error(int status, String code, String detail) {
                return Answer.error(status, detail);
            }

            @Override
            public Answer staleVersion(String detail) {
                return json(400, "application/scim+json", """
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400",\
                        "scimType":"invalidVers","detail":"%s"}""".formatted(detail));
            }
        };
    }

    /** Genesys Cloud in its own API. */
    static ErrorForm genesys() {
        return (status, code, detail) ->
                json(status, "application/json", """
                {"message":"%s","code":"%s","status":%d,"contextId":"%s","details":[],"errors":[]}""".formatted(detail, code, status, StandIn.REQUEST_ID));
    }

    /** As other interfaces of AWS write it: not a SCIM error. */
    static ErrorForm awsException() {
        return (status, code, detail) -> json(status, "application/x-amz-json-1.1", """
                {"__type":"%s","message":"%s"}""".formatted(code, detail));
    }

    /** google.rpc.Status over HTTP. */
    static ErrorForm google() {
        return (status, code, detail) -> json(status, "application/json", """
                {"error":{"code":%d,"message":"%s","status":"%s"}}""".formatted(status, detail, code));
    }

    private static Answer json(int status, String mediaType, String body) {
        return new Answer(status, Map.of("Content-Type", mediaType), body);
    }
}
