package dev.deprovisioner.audit;

import org.jspecify.annotations.Nullable;

/**
 * The last entry that was sealed.
 *
 * @param sequence 0 while there is none
 * @param hash 64 zeros while there is none
 * @param keyId of the key that it was sealed with, null if with none
 */
record ChainHead(long sequence, String hash, @Nullable String keyId) {

    static final ChainHead NONE = new ChainHead(0, "0".repeat(64), null);
}
