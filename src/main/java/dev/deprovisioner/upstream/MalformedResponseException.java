package dev.deprovisioner.upstream;

/** An answer that says nothing that can be relied on; it must never be taken for "empty" or "gone". */
public final class MalformedResponseException extends RuntimeException {

    /** @param what what was answered, such as "an answer that is not JSON"; nothing of the answer's values */
    public MalformedResponseException(String what) {
        super(what);
    }
}
