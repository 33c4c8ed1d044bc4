package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.Marks;
import org.linli.event.Value;

/**
 * What an alarm says of its defects travels to the hub and stands on pages that many read. It may
 * name fields, and quotes no value of the message, such as the name of a resident: in every message
 * of the equipment, whatever value is replaced by a name and however it is broken.
 */
class DefectsQuoteNothingTest {

  private static final Path CASES = Path.of("src/test/resources/equipment");

  /** Of a person. No message has it, and nothing is read as such a word. */
  private static final String NAME = "Zhangsanfeng";

  private static final int MOST_VALUES = 40;

  /** What stands for a value, and not for a name, a tag or a header. */
  private static final Pattern VALUE = Pattern.compile("(?<![</\\w])[\\w.+:-]+(?!\\w|\"?\\s*[:=])");

  /** In which {@code ~} stands for the name. */
  private static final List<String> INSTEAD =
      List.of(
          "~", "~\"", "\"~", "~<", "~>", "~&", "~\\", "~,", "~:", "~{", "~ ~", "\"~\":", "'~'",
          "~\u0001");

  @TempDir Path data;

  @Test
  void quotesNoValueOfAMessageInAnyDefect() throws IOException {
    Set<String> defects = new HashSet<>();
    Map<String, String> quoting = new TreeMap<>();
    try (RunningGateway gateway = RunningGateway.start(data, EquipmentCase.SETTINGS)) {
      for (EquipmentCase each : cases()) {
        for (byte[] payload : variants(each.payload())) {
          Interpreted read =
              gateway.profiles().interpret(new Sent(each.address(), payload).message());
          if (read instanceof Interpreted.Understood understood) {
            for (DeviceEvent event : understood.events()) {
              String defect = defect(event);
              defects.add(defect);
              if (defect.toLowerCase(Locale.ROOT).contains(NAME.toLowerCase(Locale.ROOT))) {
                quoting.put(defect, each.name());
              }
            }
          }
          read.basis().undo();
        }
      }
    }
    assertThat(quoting).isEmpty();
    assertThat(defects).as("what is told").hasSizeGreaterThan(100);
  }

  private static String defect(DeviceEvent event) {
    return event.values().find(Marks.DEFECT).orElse(null) instanceof Value.Text(String text)
        ? text
        : "";
  }

  private static List<EquipmentCase> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      List<EquipmentCase> cases = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".case")).sorted().toList()) {
        cases.add(EquipmentCase.read(file));
      }
      return cases;
    }
  }

  private static List<byte[]> variants(byte[] payload) {
    String text = new String(payload, StandardCharsets.ISO_8859_1);
    List<byte[]> variants = new ArrayList<>();
    Matcher value = VALUE.matcher(text);
    for (int i = 0; i < MOST_VALUES && value.find(); i++) {
      String before = text.substring(0, value.start());
      String after = text.substring(value.end());
      for (String instead : INSTEAD) {
        add(variants, before + instead.replace("~", NAME) + after);
      }
      add(variants, before + NAME);
      if (!after.isEmpty()) {
        add(variants, before + NAME + after.substring(1));
      }
      if (!before.isEmpty()) {
        add(variants, before.substring(0, before.length() - 1) + NAME + after);
      }
    }
    return variants;
  }

  private static void add(List<byte[]> variants, String text) {
    variants.add(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
