package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** The errors of the providers that are in use have one form here: a code, words, and the provider's id of the request. */
class ProviderErrorsTest {

    private static final String ID = "88d9c6f3-566d-42b3-b1ed-183c3fc1efc4";

    private static UpstreamResponse error(String body, String... headers) {
        var fields = new HttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            fields.add(headers[i], headers[i + 1]);
        }
        return new UpstreamResponse(400, fields, body.replace('\'', '"').replace("%ID%", ID), 0);
    }

    private static void assertError(UpstreamResponse error, @Nullable String code, String words, @Nullable String id) {
        assertThat(error.errorCode()).isEqualTo(code == null ? "HTTP 400" : "HTTP 400 " + code);
        assertThat(error.errorWords()).isEqualTo(words);
        assertThat(error.correlationId()).isEqualTo(id);
    }

    @Test
    void ofScim() {
        var error = error("""
                {'schemas':['urn:ietf:params:scim:api:messages:2.0:Error'],'status':'400','scimType':'invalidVers',
                 'detail':'Stale version'}""", "X-Request-Id", ID);
        assertError(error, "invalidVers", "Stale version", ID);
    }

    @Test
    void ofAmazon() {
        var scim = error("""
                {'schema':['urn:ietf:params:scim:api:messages:2.0:Error'],'detail':'Request is unparsable',
                 'status':'400','exceptionRequestId':'%ID%','timeStamp':'2022-01-26 16:50:48.135'}""");
        assertError(scim, null, "Request is unparsable", ID);
        var typed = error("""
                {'__type':'com.amazonaws.identitystore#ResourceNotFoundException','Message':'GROUP not found.',
                 'RequestId':'%ID%','ResourceType':'GROUP'}""");
        assertError(typed, "ResourceNotFoundException", "GROUP not found.", ID);
        var gateway = error(
                "{'message':'Forbidden'}",
                "x-amzn-RequestId",
                ID,
                "x-amzn-ErrorType",
                "AccessDeniedException:http://internal.amazon.com/coral/");
        assertError(gateway, "AccessDeniedException", "Forbidden", ID);
    }

    @Test
    void ofGenesysCloudNamesTheObjectWithoutAMessageAndInAListOfErrors() {
        var silent = error("""
                {'code':'group.in.use','status':400,'contextId':'%ID%','details':[{'entityName':'Sales','entityId':'q1'}]}""");
        assertError(silent, "group.in.use", "Sales q1", ID);
        var wordy = error("""
                {'message':'%s','code':'group.in.use','status':400,'contextId':'%%ID%%','entityName':'Sales'}""".formatted("In use. ".repeat(60)));
        assertThat(wordy.errorWords()).startsWith("Sales: In use. In use.").endsWith("…");
        var several = error("""
                {'message':'Several','code':'group.in.use','status':400,'contextId':'%ID%',
                 'errors':[{'message':'In use','code':'queue.in.use','entityName':'Sales','entityId':'q1'}]}""");
        assertError(several, "group.in.use", "Sales q1: Several", ID);
    }

    @Test
    void ofGoogle() {
        var error = error("""
                {'error':{'code':400,'message':'Precondition check failed.','status':'FAILED_PRECONDITION','details':[
                 {'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'memberMissing','domain':'x'},
                 {'@type':'type.googleapis.com/google.rpc.RequestInfo','requestId':'%ID%'}]}}""");
        assertError(error, "memberMissing", "Precondition check failed.", ID);
    }

    @Test
    void ofMicrosoft() {
        var body = """
                {'error':{'code':'Request_ResourceNotFound','message':'Resource does not exist.','innerError':{
                 'date':'2026-03-01T00:00:00','request-id':'%ID%','client-request-id':'mine'}}}""";
        assertError(error(body), "Request_ResourceNotFound", "Resource does not exist.", ID);
        assertError(
                error(body, "client-request-id", "client", "request-id", "server"),
                "Request_ResourceNotFound",
                "Resource does not exist.",
                "server");
    }

    @Test
    void ofGenesys() {
        var body = """
                {'message':'The version must match','code':'general.conflict','status':400,'entityName':'group',
                 'contextId':'%ID%','details':[{'errorCode':'queue.in.use','entityName':'Sales','entityId':'q1'}],
                 'errors':[]}""";
        var words = "group, Sales q1: The version must match";
        assertError(error(body), "general.conflict", words, ID);
        assertError(
                error(body, "x-request-id", "gateway", "ININ-Correlation-Id", "inin"),
                "general.conflict",
                words,
                "inin");
        assertThat(error(body.replace("general.conflict", "two words")).errorCode())
                .isEqualTo("HTTP 400 queue.in.use");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{'errorCode':'E0000007','errorSummary':'Not found: Group','errorId':'oae1'} | E0000007 | Not found: Group",
                "[{'message':'invalid id','errorCode':'INVALID_ID'}]                         | INVALID_ID | invalid id",
                "{'error_code':'RESOURCE_DOES_NOT_EXIST','message':'No group'} | RESOURCE_DOES_NOT_EXIST | No group",
                "{'Errors':{'description':'user_not_found','code':404}}                      | none | user_not_found",
                "{'type':'about:blank','title':'Bad Request','status':400}                   | none | Bad Request",
                "<html>Bad Gateway</html>                                       | none | <html>Bad Gateway</html>"
            })
    void ofOthers(String body, @Nullable String code, String words) {
        assertError(error(body), code, words, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kim@example.com",
                "two words",
                "a\tb",
                "id/with/path",
                "{json}",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJraW0ifQ.c2ln",
                "AQoDYXdzEJr00000000000000000000000000000000000000000000000000000000000000000000",
                "\u0661\u0662"
            })
    void takeNoIdThatMayBeAnAddressATokenOrText(String id) {
        assertThat(error("{}", "x-request-id", id).correlationId()).isNull();
        assertThat(error("{'contextId':'" + id + "'}").correlationId()).isNull();
        assertThat(error("{'contextId':'%ID%'}", "x-request-id", id).correlationId())
                .isEqualTo(ID);
    }

    @Test
    void showNoTokenInTheirWords() {
        assertThat(error(
                                "{'message':'The token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJraW0ifQ.c2ln of kim@example.com is bad'}")
                        .errorWords())
                .isEqualTo("The token [token] of [e-mail] is bad");
    }
}
