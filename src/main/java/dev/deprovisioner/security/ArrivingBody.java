package dev.deprovisioner.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request with a body, which has arrived when the body has been read to its end. */
final class ArrivingBody extends HttpServletRequestWrapper {

    private final Runnable arrived;

    ArrivingBody(HttpServletRequest request, Runnable arrived) {
        super(request);
        this.arrived = arrived;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Input(super.getInputStream());
    }

    private final class Input extends ServletInputStream {

        private final ServletInputStream body;

        Input(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            return count(body.read());
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return count(body.read(bytes, from, length));
        }

        private int count(int read) {
            if (read < 0) {
                arrived.run();
            }
            return read;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
