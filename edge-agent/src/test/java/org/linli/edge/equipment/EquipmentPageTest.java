package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Profiles;
import org.linli.edge.profile.TestProfiles;
import org.linli.edge.profile.life.LifeWord;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/**
 * The tables of docs/equipment.md are what the profiles make of the messages kept in {@code
 * src/test/resources/equipment}, in the order of their files. With {@code -Dlinli.docs.write=true}
 * they are written anew.
 */
class EquipmentPageTest {

  private static final Path PAGE = Path.of("../docs/equipment.md");
  private static final Path CASES = Path.of("src/test/resources/equipment");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T05:16:01.500Z");
  private static final String END = "<!-- end -->";

  /** What people call the equipment of a built-in profile. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("chirpstack", "ChirpStack"),
          Map.entry("frigate", "Frigate"),
          Map.entry("hikvision", "Hikvision"),
          Map.entry("linli", "Linli JSON"),
          Map.entry("onvif", "ONVIF"),
          Map.entry("platecamera", "plate cameras"),
          Map.entry("platerecognizer", "Plate Recognizer"),
          Map.entry("senml", "SenML"),
          Map.entry("sparkplug", "Sparkplug B"),
          Map.entry("tasmota", "Tasmota"),
          Map.entry("thingsboard", "ThingsBoard"),
          Map.entry("zigbee2mqtt", "Zigbee2MQTT"),
          Map.entry("zkteco", "ZKTeco"));

  /** Of the table about states. */
  private static final int COLUMNS = 5;

  private static final int MOST_SHOWN = 6;
  private static final int LONGEST_SHOWN = 40;

  @TempDir Path data;

  @Test
  void showsWhatComesOut() throws IOException {
    String written = Files.readString(PAGE);
    String page = written;
    try (RunningGateway gateway = RunningGateway.start(data, EquipmentCase.SETTINGS)) {
      for (Map.Entry<String, List<EquipmentCase>> make : cases().entrySet()) {
        page = replaced(page, make.getKey(), table(gateway.profiles(), make.getValue()));
      }
    }
    if (Boolean.getBoolean("linli.docs.write")) {
      Files.writeString(PAGE, page);
      return;
    }
    assertThat(written)
        .as("docs/equipment.md, which says in its first lines how to write it anew")
        .isEqualTo(page);
  }

  /** What a restart, a lost message and one out of order do is said of every profile. */
  @Test
  void saysOfEachProfileWhatBecomesOfItsStates() throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("### States"), page.indexOf("### Values with"));
    List<String[]> rows =
        section
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split("\\|"))
            .toList();
    Set<String> profiles = new TreeSet<>(RaisedAlarms.WITHOUT_END);
    RaisedAlarms.ALL.forEach(alarm -> profiles.add(alarm.profile()));
    for (String profile : profiles) {
      assertThat(rows)
          .as("the row of %s in docs/equipment.md", profile)
          .filteredOn(row -> row[1].contains(NAMES.getOrDefault(profile, "own mappings")))
          .isNotEmpty()
          .allSatisfy(
              row ->
                  assertThat(List.of(row).subList(1, row.length))
                      .hasSize(COLUMNS)
                      .noneMatch(String::isBlank));
    }
  }

  private static Map<String, List<EquipmentCase>> cases() throws IOException {
    Map<String, List<EquipmentCase>> cases = new TreeMap<>();
    try (Stream<Path> files = Files.walk(CASES)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".case")).sorted().toList()) {
        cases
            .computeIfAbsent(
                String.valueOf(CASES.relativize(file).getName(0)), profile -> new ArrayList<>())
            .add(EquipmentCase.read(file));
      }
    }
    return cases;
  }

  private static String replaced(String page, String profile, String table) {
    String begin = "<!-- cases: " + profile + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(END, from);
    assertThat(from).as("%s in docs/equipment.md", begin).isNotNegative();
    assertThat(to).as("%s after %s in docs/equipment.md", END, begin).isNotNegative();
    return page.substring(0, from) + begin + "\n" + table + page.substring(to);
  }

  private static String table(Profiles profiles, List<EquipmentCase> cases) {
    StringBuilder table = new StringBuilder("| message | comes by | becomes |\n|---|---|---|\n");
    for (EquipmentCase each : cases) {
      Interpreted interpreted =
          profiles.interpret(
              new Message("test://x", each.address(), each.payload(), RECEIVED, TestProfiles.NOBODY)
                  .cutFrom(Math.max(each.size(), each.payload().length)));
      table
          .append("| ")
          .append(each.name().replace('-', ' '))
          .append(" | ")
          .append(each.way())
          .append(" | ")
          .append(cell(interpreted).replace("|", "\\|"))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String cell(Interpreted interpreted) {
    return switch (interpreted) {
      case Interpreted.Understood understood ->
          understood.events().stream()
              .limit(MOST_SHOWN)
              .map(EquipmentPageTest::shown)
              .collect(
                  Collectors.joining(
                      "<br>", "", understood.events().size() > MOST_SHOWN ? "<br>…" : ""));
      case Interpreted.PassedOver _ -> "nothing: housekeeping";
      case Interpreted.Refused refused ->
          "a dead letter, "
              + refused.refusal().reason().wireName()
              + ": "
              + refused.refusal().detail()
              + called(refused);
    };
  }

  /** Which word of life safety makes it an alarm. */
  private static String called(Interpreted.Refused refused) {
    LifeWord word = refused.lifeWord();
    return word == null ? "" : "; `unreadable-alarm` for its word *" + word.word() + "*";
  }

  private static String shown(DeviceEvent event) {
    Map<String, Value> values = event.values().byName();
    String what =
        values.entrySet().stream()
            .limit(MOST_SHOWN)
            .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
            .collect(Collectors.joining(", ", " ", values.size() > MOST_SHOWN ? ", …" : ""))
            .stripTrailing();
    return "%s `%s` **%s**%s%s%s"
        .formatted(
            event.kind(),
            event.device(),
            event.type(),
            what,
            event.givenId().map(id -> ", id `" + id + "`").orElse(""),
            event.time().equals(RECEIVED) ? "" : ", at " + event.time());
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Whole whole -> Long.toString(whole.number());
      case Value.Real real -> Double.toString(real.number());
      case Value.Truth truth -> Boolean.toString(truth.truth());
      case Value.Text text ->
          '"'
              + (text.text().length() > LONGEST_SHOWN
                  ? text.text().substring(0, LONGEST_SHOWN) + "…"
                  : text.text())
              + '"';
    };
  }
}
