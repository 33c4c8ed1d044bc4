package org.linli.edge;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.DoorFiles;
import org.linli.edge.local.DeadLettersCommand;
import org.linli.edge.picture.PictureFolder;
import org.linli.edge.profile.mapping.TryProfileCommand;
import org.linli.program.Help;
import org.linli.program.memory.LeastHeap;
import org.linli.program.settings.FilePathEditor;
import org.linli.program.thread.Farewell;
import org.springframework.beans.factory.config.CustomEditorConfigurer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * The gateway process. {@code flow.EdgeFlow} shows an event's path through it. With {@code
 * dead-letters} or {@code try-profile} as its first argument it runs the command of that name
 * instead.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EdgeAgentApplication {

  /**
   * Smallest heap: with less, the agent starts slowly or not at all. {@code launch} has the same
   * number.
   */
  private static final int LEAST_HEAP_MEGABYTES = 48;

  /** It stops within 5 s. What the libraries need comes on top of the parts' time. */
  private static final Duration STOPPING = Duration.ofSeconds(4);

  private static final Duration STOPPING_OUTBOX = Duration.ofSeconds(1);
  private static final Duration STOPPED_AT_LAST = Duration.ofMillis(4_500);

  public static void main(String[] arguments) {
    new Help(
            EdgeAgentApplication.class,
            List.of(DeadLettersCommand.NAME, TryProfileCommand.NAME),
            System.getenv())
        .answer(System.out, System.err, arguments)
        .ifPresent(System::exit);
    String first = arguments.length > 0 ? arguments[0] : "";
    if (first.equals(DeadLettersCommand.NAME) || first.equals(TryProfileCommand.NAME)) {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
      System.exit(
          first.equals(DeadLettersCommand.NAME)
              ? DeadLettersCommand.run(out, err, others)
              : TryProfileCommand.run(out, err, Clock.systemUTC(), others));
    }
    LeastHeap.refuse(System.err, "edge agent", LEAST_HEAP_MEGABYTES).ifPresent(System::exit);
    refuseTooFewFiles();
    SpringApplication agent = new SpringApplication(EdgeAgentApplication.class);
    Farewell farewell = Farewell.within(STOPPING, STOPPING_OUTBOX, System::nanoTime);
    farewell.haltsTheProgram(STOPPED_AT_LAST);
    agent.addInitializers(
        starting -> starting.getBeanFactory().registerSingleton("farewell", farewell));
    agent.run(arguments);
  }

  /** Before anything else opens files: with very few, nothing could say why the start fails. */
  private static void refuseTooFewFiles() {
    try {
      DoorFiles.ofThisProgram().mqttConnections();
    } catch (CannotListenException tooFew) {
      System.err.println(tooFew.getMessage());
      System.exit(1);
    }
  }

  /** The gateway's clock, for all code that needs the time. */
  @Bean
  Clock clock() {
    return new TravellingTime(Clock.systemUTC());
  }

  /** Converts settings to paths. */
  @Bean
  static CustomEditorConfigurer plainPaths() {
    CustomEditorConfigurer editors = new CustomEditorConfigurer();
    editors.setCustomEditors(Map.of(Path.class, FilePathEditor.class));
    return editors;
  }

  /** Where pictures are kept. It is defined here because neither module may know the other. */
  @Bean
  PictureFolder pictureFolder(AgentSettings gateway) {
    return new PictureFolder(gateway.data().resolve("pictures"));
  }
}
