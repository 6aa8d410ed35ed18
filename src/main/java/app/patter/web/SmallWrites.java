package app.patter.web;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Hands a long body to the server in parts. Payara 7 queues what is written at once, and ends the connection without a
 * word when that is more than 16 of its write buffers.
 */
@Provider
public class SmallWrites implements WriterInterceptor {

    /** Bytes. */
    private static final int PART = 32_768;

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.setOutputStream(new Parts(context.getOutputStream()));
        context.proceed();
    }

    private static final class Parts extends FilterOutputStream {

        private Parts(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int end = from + length;
            for (int next = from; next < end; next += PART) {
                out.write(bytes, next, Math.min(PART, end - next));
            }
        }
    }
}
