package org.linli.hub;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.linli.hub.command.HubCommands;
import org.linli.hub.organisation.EarlyCheck;
import org.linli.hub.records.StandBy;
import org.linli.program.Help;
import org.linli.program.memory.LeastHeap;
import org.linli.program.settings.FilePathEditor;
import org.linli.program.thread.Carriers;
import org.springframework.beans.factory.config.CustomEditorConfigurer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;

/**
 * The hub process. {@code flow.HubFlow} describes the way of a batch. With the name of a command as
 * its first argument it runs that instead ({@link HubCommands}).
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HubApplication {

  /** With less it starts slowly or not at all; the same number is in {@code launch}. */
  private static final int LEAST_HEAP_MEGABYTES = 96;

  /** SQLite's connections are a writer, four readers and the one of the sessions. */
  private static final int MOST_IN_NATIVE_CODE = 6;

  public static void main(String[] arguments) {
    new Help(HubApplication.class, HubCommands.NAMES, System.getenv())
        .answer(System.out, System.err, arguments)
        .ifPresent(System::exit);
    if (arguments.length > 0 && HubCommands.NAMES.contains(arguments[0])) {
      // What a person reads is printed; a library's log would stand in between.
      LoggingSystem.get(HubApplication.class.getClassLoader()).beforeInitialize();
      System.exit(HubCommands.run(time(), System.out, System.err, System.getenv(), arguments));
    }
    Carriers.beMoreThanProcessors(MOST_IN_NATIVE_CODE);
    LeastHeap.refuse(System.err, "hub", LEAST_HEAP_MEGABYTES).ifPresent(System::exit);
    SpringApplication hub = new SpringApplication(HubApplication.class);
    hub.addInitializers(new StandBy(EarlyCheck::ofFiles));
    hub.run(arguments);
  }

  /** The hub's clock, for all code that needs the time. */
  @Bean
  Clock clock() {
    return time();
  }

  private static Clock time() {
    // Records keep milliseconds; with a finer clock the same time would differ before and after a
    // restart.
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  /** Registers the conversion of settings to paths. */
  @Bean
  static CustomEditorConfigurer plainPaths() {
    CustomEditorConfigurer editors = new CustomEditorConfigurer();
    editors.setCustomEditors(Map.of(Path.class, FilePathEditor.class));
    return editors;
  }
}
