package org.linli.hub;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.linli.program.Help;
import org.linli.program.memory.LeastHeap;
import org.linli.program.thread.Carriers;
import org.springframework.beans.factory.config.CustomEditorConfigurer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The hub process. Its way of a batch is told in {@code flow.HubFlow}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HubApplication {

  /** With less it starts slowly or not at all; the same number is in {@code launch}. */
  private static final int LEAST_HEAP_MEGABYTES = 96;

  /** Of SQLite's connections there are a writer, four readers and the one of the sessions. */
  private static final int MOST_IN_NATIVE_CODE = 6;

  public static void main(String[] arguments) {
    new Help(HubApplication.class, List.of(), System.getenv())
        .answer(System.out, System.err, arguments)
        .ifPresent(System::exit);
    Carriers.beMoreThanProcessors(MOST_IN_NATIVE_CODE);
    LeastHeap.refuse(System.err, "hub", LEAST_HEAP_MEGABYTES).ifPresent(System::exit);
    SpringApplication.run(HubApplication.class, arguments);
  }

  /** The hub's clock, for everything that asks what time it is. */
  @Bean
  Clock clock() {
    // Records keep milliseconds; a finer clock would tell one time before a restart and another
    // after.
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  /** How settings become paths. */
  @Bean
  static CustomEditorConfigurer plainPaths() {
    CustomEditorConfigurer editors = new CustomEditorConfigurer();
    editors.setCustomEditors(Map.of(Path.class, PlainPath.class));
    return editors;
  }
}
