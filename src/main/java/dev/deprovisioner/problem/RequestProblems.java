package dev.deprovisioner.problem;

/**
 * The texts of problems of a request by itself: its form, and whether the service can serve it now. Problems of the
 * caller are in {@link CallerProblems}; problems of the run or webhook that it names are in {@link ResourceProblems}.
 */
public final class RequestProblems {

    private static final String SEND_LATER = "Send the request again later.";
    private static final String CORRECT_BODY = "Correct the body and send it again.";
    private static final String SMALLER_BODY = "Send a smaller body.";
    private static final String ONE_KEY = "Send one key, for example a UUID.";

    private RequestProblems() {}

    static Problem pathUnknown() {
        return new Problem(ProblemType.NOT_FOUND, "This path does not exist.", "Check the path.");
    }

    static Problem methodNotAllowed() {
        return new Problem(
                ProblemType.METHOD_NOT_ALLOWED,
                "This path does not support the method.",
                "Use a method of the Allow header.");
    }

    static Problem notAcceptable() {
        return new Problem(
                ProblemType.NOT_ACCEPTABLE, "This path answers with application/json.", "Accept application/json.");
    }

    static Problem unsupportedMediaType() {
        return new Problem(
                ProblemType.UNSUPPORTED_MEDIA_TYPE, "This path takes application/json.", "Send application/json.");
    }

    static Problem bodyTooLarge() {
        return new Problem(ProblemType.PAYLOAD_TOO_LARGE, "The body is too large.", SMALLER_BODY);
    }

    public static Problem bodyTooLarge(int maxBytes) {
        return new Problem(
                ProblemType.PAYLOAD_TOO_LARGE, "The body has more than " + maxBytes + " bytes.", SMALLER_BODY);
    }

    static Problem bodyUnreadable() {
        return invalid("The body cannot be read.", CORRECT_BODY);
    }

    static Problem bodyNotExpected() {
        return invalid("The body is not the expected JSON object.", CORRECT_BODY);
    }

    static Problem bodyMemberUnknown() {
        return invalid("The body has an unknown member.", CORRECT_BODY);
    }

    static Problem malformed() {
        return invalid("The request is malformed.", "Correct the request and send it again.");
    }

    /** The request did not reach a controller. */
    public static Problem headMalformed() {
        return invalid("The request line or a header is malformed.", "Correct it and send the request again.");
    }

    /** @param sentence why the value is no group id, without a period */
    static Problem groupIdInvalid(String sentence) {
        return new Problem(
                ProblemType.INVALID_GROUP_ID, sentence + ".", "Correct the group id and send the request again.");
    }

    /** The request did not reach a controller because of its group id. */
    public static Problem groupIdInvalid() {
        return groupIdInvalid("The path has a character or a segment that a group id cannot have");
    }

    /** @param name of a parameter or header */
    static Problem valueUnreadable(String name) {
        return invalid("The value of " + name + " cannot be read.", "Correct it and send the request again.");
    }

    /** @param name of a member or parameter */
    public static Problem textInvalid(String name, int maxLength) {
        return invalid(
                "The value of " + name + " must have at most " + maxLength
                        + " characters and no control or format character.",
                "Shorten it, or remove the control characters.");
    }

    /** @param name of a member or parameter */
    public static Problem timeInvalid(String name) {
        return invalid(
                "The value of " + name + " is not a date-time.", "Write it as, for example, 2026-12-01T08:00:00Z.");
    }

    public static Problem startTooLate(long maxDays) {
        return invalid("The time in notBefore is more than " + maxDays + " days ahead.", "Choose an earlier time.");
    }

    public static Problem startTooEarly() {
        return invalid("The time in notBefore is before 1970.", "Omit it to start at once.");
    }

    public static Problem limitOutOfRange(int max) {
        return invalid("The parameter limit must be from 1 to " + max + ".", "Send a limit in this range.");
    }

    public static Problem cursorUnknown() {
        return invalid(
                "The cursor names no run that this caller is allowed to see.", "Start again with the first page.");
    }

    public static Problem idempotencyKeyRepeated() {
        return invalid("The request has more than one Idempotency-Key header.", ONE_KEY);
    }

    public static Problem idempotencyKeyInvalid(int maxLength) {
        return invalid("The Idempotency-Key must have 1 to " + maxLength + " visible ASCII characters.", ONE_KEY);
    }

    public static Problem auditSequenceNegative() {
        return invalid(
                "The parameter after must be the sequence of an entry.", "Omit it to start with the first entry.");
    }

    public static Problem auditPositionInvalid() {
        return invalid(
                "The parameters after and afterHash must be the sequence and the hash of one entry.",
                "Send both values of next, or omit both to start with the first entry.");
    }

    private static Problem invalid(String detail, String remedy) {
        return new Problem(ProblemType.INVALID_REQUEST, detail, remedy);
    }

    public static Problem unavailable() {
        return new Problem(ProblemType.UNAVAILABLE, "The service cannot answer now.", SEND_LATER);
    }

    static Problem databaseUnavailable() {
        return new Problem(ProblemType.UNAVAILABLE, "The database is unavailable. Nothing was accepted.", SEND_LATER);
    }

    /** The database failed in the transaction of the request, or after it. */
    static Problem databaseUnavailableLate() {
        return perhapsAccepted("The database is unavailable.");
    }

    static Problem tooManyRequestsAtWork() {
        return new Problem(
                ProblemType.UNAVAILABLE, "Too many requests use the database. Nothing was accepted.", SEND_LATER);
    }

    /** There was no connection to read the answer with, after the transaction of the request. */
    static Problem tooManyRequestsAtWorkLate() {
        return perhapsAccepted("Too many requests use the database.");
    }

    private static Problem perhapsAccepted(String why) {
        return new Problem(
                ProblemType.UNAVAILABLE,
                why + " The request may have been accepted.",
                "Send the request again later, with the same Idempotency-Key if it has one.");
    }

    public static Problem tooManyLargeAnswers() {
        return new Problem(ProblemType.UNAVAILABLE, "Too many large answers are being sent.", SEND_LATER);
    }

    static Problem unexpectedError() {
        return new Problem(
                ProblemType.UNAVAILABLE,
                "An unexpected error stopped the request.",
                "Send the request again later. If it fails again, report it to an operator.");
    }

    public static Problem verificationRunning() {
        return new Problem(
                ProblemType.UNAVAILABLE,
                "Another verification is running, or another caller comes first.",
                "Send the request again after the time in the Retry-After header.");
    }

    public static Problem connectionCheckRunning() {
        return new Problem(
                ProblemType.UNAVAILABLE,
                "Another check of the connection is running, or another caller comes first.",
                "Send the request again after the time in the Retry-After header.");
    }

    public static Problem auditKeyMissing() {
        return new Problem(
                ProblemType.UNAVAILABLE,
                "The audit trail was sealed with a key that is not set.",
                "Ask an operator to set deprovisioner.audit.hmac-keys.");
    }
}
