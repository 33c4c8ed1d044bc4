package org.linli.program.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;

/** The message of a log line ({@code %m}), kept on one line. */
public final class PrintableMessage extends MessageConverter {

  @Override
  public String convert(ILoggingEvent event) {
    @Nullable String message = super.convert(event);
    return message == null ? "" : Printable.of(message);
  }
}
