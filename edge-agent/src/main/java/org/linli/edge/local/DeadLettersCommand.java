package org.linli.edge.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.local.LocalApi.DeadLetterView;
import org.linli.edge.local.LocalApi.Page;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.DeadLetterQuery;
import org.linli.edge.outbox.DeadLetters;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code dead-letters}: prints the messages that a gateway could not read. It reads the data folder
 * beside a running agent and changes nothing there.
 */
@Command(
    name = DeadLettersCommand.NAME,
    description =
        "Shows the messages that this gateway could not read, the newest first. It reads the data"
            + " folder, also while the agent runs, and changes nothing.",
    sortOptions = false)
public final class DeadLettersCommand implements Callable<Integer> {

  /** The first argument that selects this command. */
  public static final String NAME = "dead-letters";

  private static final int SHOWN_PLACE = 40;
  private static final int SHOWN_DETAIL = 70;
  private static final int SHOWN_SAMPLE = 48;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "most letters to show, from 1 to 1000 (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      converter = ReasonConverter.class,
      description = "only those refused for this reason, such as not-json")
  private @Nullable RefusalReason reason;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "only those whose source begins so, such as coap://192.0.2.7")
  private @Nullable String source;

  @Option(names = "--json", description = "print what GET /api/dead-letters answers")
  private boolean json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:LINLI_DATA:-./data/agent}",
      description = "data folder of the agent (default: LINLI_DATA, or ./data/agent)")
  private @Nullable Path data;

  /** Read by picocli only. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--help", usageHelp = true, description = "show this help and end")
  private boolean help;

  /** Called by picocli. */
  private DeadLettersCommand() {}

  /**
   * Runs the command.
   *
   * @param arguments the arguments after its name
   * @return the exit code: 0, 1 when the outbox cannot be read, 2 for wrong arguments
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new DeadLettersCommand())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (problem, command, parsed) -> {
              if (problem instanceof IOException unread) {
                command.getErr().println(unread.getMessage());
                command.getErr().flush();
                return 1;
              }
              throw problem;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    DeadLetterQuery query;
    try {
      query = new DeadLetterQuery(limit, reason, source);
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(command, "--" + wrong.getMessage());
    }
    List<DeadLetter> letters = DeadLetters.read(Objects.requireNonNull(data), query);
    PrintWriter out = command.getOut();
    if (json) {
      out.println(
          JsonMapper.builder()
              .build()
              .writeValueAsString(
                  new Page<>(letters.stream().map(DeadLetterView::of).toList(), null)));
    } else if (letters.isEmpty()) {
      out.println("No dead letters.");
    } else {
      table(out, letters);
    }
    out.flush();
    return 0;
  }

  private static void table(PrintWriter out, List<DeadLetter> letters) {
    int width =
        letters.stream()
            .mapToInt(letter -> Math.max(letter.source().length(), address(letter).length()))
            .max()
            .orElse(0);
    String row = "%-24s  %-" + Math.clamp(width, 16, SHOWN_PLACE) + "s  %-18s  %9s  %s%n";
    out.printf(
        Locale.ROOT, row, "TIME", "SOURCE / ADDRESS", "REASON", "BYTES", "DETAIL / BEGINNING");
    for (DeadLetter letter : letters) {
      out.printf(
          Locale.ROOT,
          row,
          letter.at(),
          Printable.line(letter.source(), SHOWN_PLACE),
          letter.refusal().reason().wireName(),
          letter.size(),
          Printable.line(letter.refusal().detail(), SHOWN_DETAIL));
      String beginning =
          Printable.line(new String(letter.sample(), StandardCharsets.UTF_8), SHOWN_SAMPLE);
      String address = Printable.line(address(letter), SHOWN_PLACE);
      if (!beginning.isEmpty() || !address.isEmpty()) {
        out.printf(Locale.ROOT, row, "", address, "", "", "  " + beginning);
      }
      String emergency = letter.emergency();
      if (emergency != null) {
        String told = "! may be an emergency (" + emergency + "): told as unreadable-alarm";
        out.printf(Locale.ROOT, row, "", "", "", "", told);
      }
    }
  }

  private static String address(DeadLetter letter) {
    return Objects.requireNonNullElse(letter.address(), "");
  }

  private static final class ReasonConverter implements ITypeConverter<RefusalReason> {
    @Override
    public RefusalReason convert(String value) {
      return RefusalReason.ofWireName(value)
          .orElseThrow(
              () ->
                  new TypeConversionException(value + " is none of " + RefusalReason.wireNames()));
    }
  }
}
