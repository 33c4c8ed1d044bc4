package org.linli.program.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.WhitespaceThrowableProxyConverter;

/** A stack trace in Spring Boot's format ({@code %wEx}), with each message kept on one line. */
public final class PrintableThrowable extends WhitespaceThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return super.throwableProxyToString(new OnOneLine(thrown));
  }

  private record OnOneLine(IThrowableProxy thrown) implements IThrowableProxy {

    @Override
    public @Nullable String getMessage() {
      @Nullable String message = thrown.getMessage();
      return message == null ? null : Printable.of(message);
    }

    @Override
    public String getClassName() {
      return thrown.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return thrown.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
      return thrown.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
      @Nullable IThrowableProxy cause = thrown.getCause();
      return cause == null ? null : new OnOneLine(cause);
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
      IThrowableProxy[] suppressed = thrown.getSuppressed();
      IThrowableProxy[] wrapped = new IThrowableProxy[suppressed == null ? 0 : suppressed.length];
      for (int i = 0; i < wrapped.length; i++) {
        wrapped[i] = new OnOneLine(suppressed[i]);
      }
      return wrapped;
    }

    @Override
    public boolean isCyclic() {
      return thrown.isCyclic();
    }
  }
}
