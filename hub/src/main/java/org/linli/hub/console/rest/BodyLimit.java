package org.linli.hub.console.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads at most {@value #MAX_BYTES} bytes of a request's body, whatever length it claims. */
@Component
class BodyLimit extends OncePerRequestFilter {

  static final int MAX_BYTES = 65_536;
  static final String SENTENCE =
      "The body is too large; at most " + MAX_BYTES + " bytes are taken.";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > MAX_BYTES) {
      response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, SENTENCE);
      return;
    }
    chain.doFilter(new LimitedRequest(request), response);
  }

  /** A body is longer than the limit. */
  static final class BodyTooLargeException extends IOException {
    BodyTooLargeException() {
      super(SENTENCE);
    }
  }

  private static final class LimitedRequest extends HttpServletRequestWrapper {

    private LimitedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedInput(super.getInputStream());
    }

    @Override
    public BufferedReader getReader() throws IOException {
      String encoding = getCharacterEncoding();
      return new BufferedReader(
          new InputStreamReader(
              getInputStream(), encoding == null ? StandardCharsets.UTF_8.name() : encoding));
    }
  }

  private static final class LimitedInput extends ServletInputStream {

    private final ServletInputStream input;
    private long read;

    private LimitedInput(ServletInputStream input) {
      this.input = input;
    }

    @Override
    public int read() throws IOException {
      int next = input.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int got = input.read(bytes, offset, length);
      count(Math.max(0, got));
      return got;
    }

    private void count(int bytes) throws BodyTooLargeException {
      read += bytes;
      if (read > MAX_BYTES) {
        throw new BodyTooLargeException();
      }
    }

    @Override
    public boolean isFinished() {
      return input.isFinished();
    }

    @Override
    public boolean isReady() {
      return input.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      input.setReadListener(listener);
    }
  }
}
