package dev.deprovisioner.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Inflates a body while it is read, so that the reader's bound on bytes is one on inflated bytes. For readers without
 * one it has its own, and it takes no more compressed bytes than content can come of.
 */
final class InflatedBody extends InputStream {

    static final long MOST_BYTES = 64L * 1024 * 1024;

    /** Compressed content is longer than it was by a few bytes each 32 KiB at most; the rest is for headers. */
    static final long MOST_OVERHEAD = 64L * 1024;

    private final Compressed compressed;
    private @Nullable GZIPInputStream content;
    private long inflated;

    InflatedBody(InputStream compressed) {
        this.compressed = new Compressed(compressed);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        try {
            int count = content().read(into, offset, most);
            return count < 0 ? end() : counted(count);
        } catch (ZipException e) {
            throw damaged(e);
        } catch (EOFException e) {
            if (compressed.taken == 0) {
                return -1;
            }
            throw damaged(e);
        }
    }

    /** Not made before the first read, because it reads. */
    private GZIPInputStream content() throws IOException {
        var current = content;
        if (current == null) {
            current = new GZIPInputStream(compressed);
            content = current;
        }
        return current;
    }

    /** Reads the end of the body after the end of the content, so that the connection can be used again. */
    private int end() throws IOException {
        compressed.read();
        return -1;
    }

    private int counted(int count) throws IOException {
        inflated += count;
        if (inflated > MOST_BYTES) {
            throw new UnreadableBodyException("an answer over " + MOST_BYTES + " bytes", null);
        }
        return count;
    }

    private static UnreadableBodyException damaged(IOException cause) {
        return new UnreadableBodyException("an answer whose gzip encoding is damaged", cause);
    }

    @Override
    public void close() throws IOException {
        compressed.close();
    }

    private final class Compressed extends FilterInputStream {

        private long taken;

        Compressed(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            took(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            int count = super.read(into, offset, most);
            took(Math.max(count, 0));
            return count;
        }

        private void took(int count) throws IOException {
            taken += count;
            if (taken > inflated + MOST_OVERHEAD) {
                throw new UnreadableBodyException("an answer whose gzip encoding holds next to nothing", null);
            }
        }
    }
}
