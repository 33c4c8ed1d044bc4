package org.linli.program.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What the log of hub and agent makes of text from outside, by the configuration of both. */
class OneLineTest {

  private static final String FORGED =
      "lift-1\r\n2026-11-29 ERROR all is lost\u001b[2J\u2028\u202e";
  private static final String ESCAPED =
      "lift-1\\r\\n2026-11-29 ERROR all is lost\\u001b[2J\\u2028\\u202e";

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    context.putProperty("CONSOLE_LOG_PATTERN", "%p %m %kvp%n%wEx");
    context.putProperty("CONSOLE_LOG_CHARSET", "UTF-8");
    context.putProperty("CONSOLE_LOG_THRESHOLD", "TRACE");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(OneLineTest.class.getResource("/logback-spring.xml")));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private String written(String message, Object value, @Nullable Throwable thrown) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) root.getAppender("CONSOLE");
    LoggingEvent event = new LoggingEvent("", root, Level.WARN, message, thrown, null);
    event.setKeyValuePairs(List.of(new KeyValuePair("topic", value)));
    return new String(console.getEncoder().encode(event), UTF_8);
  }

  @Test
  void escapesWhatBreaksALineInMessageAndValues() {
    assertThat(written("Heard " + FORGED + " 楼道", FORGED, null))
        .isEqualTo("WARN Heard %s 楼道 topic=\"%s\"\n".formatted(ESCAPED, ESCAPED));
  }

  @Test
  void escapesTheMessagesOfExceptionsAndKeepsTheirFrames() {
    IOException thrown = new IOException(FORGED, new IllegalStateException(FORGED));
    thrown.addSuppressed(new IllegalArgumentException(FORGED));

    assertThat(written("It failed", "x", thrown).lines())
        .noneMatch(line -> line.startsWith("2026"))
        .contains("java.io.IOException: " + ESCAPED)
        .contains("Caused by: java.lang.IllegalStateException: " + ESCAPED)
        .anyMatch(line -> line.endsWith("java.lang.IllegalArgumentException: " + ESCAPED))
        .anyMatch(line -> line.startsWith("\tat org.linli.program.log.OneLineTest"));
  }

  @Test
  void leavesOtherTextAsItIs() {
    assertThat(written("电梯 \\n é 😀", "a b", null)).isEqualTo("WARN 电梯 \\n é 😀 topic=\"a b\"\n");
  }
}
