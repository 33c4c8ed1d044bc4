package org.linli.hub.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.linli.hub.records.TestDatabase;

/** Runs commands of {@code hub.jar} in this process and keeps what the last one printed. */
public final class Commands {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Runs one with the settings by which a hub finds the records of a folder. */
  public int run(Path folder, Map<String, String> variables, String... arguments) {
    Map<String, String> all = new HashMap<>(variables(folder));
    all.putAll(variables);
    return run(all, arguments);
  }

  /** The settings by which a hub finds the records of a folder. */
  public static Map<String, String> variables(Path folder) {
    Map<String, String> all = new HashMap<>();
    all.put("LINLI_DATA", folder.toString());
    all.put("PATH", System.getenv("PATH"));
    TestDatabase.settings(folder)
        .forEach(
            (option, value) ->
                all.put(
                    option.substring(2).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    return all;
  }

  public int run(Map<String, String> variables, String... arguments) {
    out.reset();
    err.reset();
    return HubCommands.run(
        InstantSource.system(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        variables,
        arguments);
  }

  public List<String> out() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  public List<String> err() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Everything that it printed. */
  public String printed() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }
}
