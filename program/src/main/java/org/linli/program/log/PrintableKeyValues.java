package org.linli.program.log;

import ch.qos.logback.classic.pattern.KeyValuePairConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The keys and values of a log line ({@code %kvp}), kept on one line. */
public final class PrintableKeyValues extends KeyValuePairConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return Printable.of(super.convert(event));
  }
}
