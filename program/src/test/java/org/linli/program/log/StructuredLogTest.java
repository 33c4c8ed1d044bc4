package org.linli.program.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** Lines in JSON, where {@code logging.structured.format.*} asks for them. */
class StructuredLogTest {

  private static final String FORGED = "lift-1\r\nERROR all is lost";

  @TempDir private Path folder;
  private final LoggerContext context = new LoggerContext();

  /**
   * @param property what Spring Boot makes of the setting
   */
  private void configure(String property, String format) throws Exception {
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putObject(Environment.class.getName(), new StandardEnvironment());
    context.putProperty("CONSOLE_LOG_PATTERN", "%p %m %kvp%n%wEx");
    context.putProperty("FILE_LOG_PATTERN", "%p %m %kvp%n%wEx");
    context.putProperty("LOG_FILE", folder.resolve("linli.log").toString());
    context.putProperty(property, format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(StructuredLogTest.class.getResource("/logback-spring.xml")));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private String encoderOf(String appender) {
    Appender<ILoggingEvent> found =
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(appender);
    Encoder<ILoggingEvent> encoder = ((OutputStreamAppender<ILoggingEvent>) found).getEncoder();
    return encoder.getClass().getSimpleName();
  }

  private List<String> fileAfterOneLine() throws Exception {
    context.getLogger("org.linli").atWarn().addKeyValue("topic", FORGED).log("Heard {}", FORGED);
    return Files.readAllLines(folder.resolve("linli.log"), UTF_8);
  }

  @Test
  void aFileIsInJsonAndNobodyForgesALineOfIt() throws Exception {
    configure("FILE_LOG_STRUCTURED_FORMAT", "ecs");

    assertThat(fileAfterOneLine())
        .singleElement()
        .asString()
        .startsWith("{")
        .contains("\"topic\":\"lift-1\\r\\nERROR all is lost\"");
    assertThat(encoderOf("CONSOLE")).isEqualTo("PatternLayoutEncoder");
  }

  @Test
  void theConsoleIsInJsonAndTheFileIsNot() throws Exception {
    configure("CONSOLE_LOG_STRUCTURED_FORMAT", "logstash");

    assertThat(fileAfterOneLine())
        .containsExactly(
            "WARN Heard lift-1\\r\\nERROR all is lost topic=\"lift-1\\r\\nERROR all is lost\"");
    assertThat(encoderOf("CONSOLE")).isEqualTo("StructuredLogEncoder");
  }
}
