package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.Kind;

class SimilarTypeTest {

  @ParameterizedTest
  @CsvSource({
    "ACCESS,door.frced,door.forced",
    "ACCESS,door.focred,door.forced",
    "ACCESS,door-forced,door.forced",
    "ACCESS,door.open,door.opened",
    "ACCESS,door.hold-open,door.held-open",
    "ENVIRONMENT,smoke.detcted,smoke.detected",
    "ENVIRONMENT,gas.detect,gas.detected",
    "CARE,sos.presed,sos.pressed",
    "CAMERA,device.ofline,device.offline",
    "CAMERA,measurment,measurement"
  })
  void findsTheTypeThatWasMeant(Kind kind, String typed, String meant) {
    assertThat(SimilarType.of(kind, new EventType(typed))).isEqualTo(new EventType(meant));
  }

  @ParameterizedTest
  @CsvSource({
    "ACCESS,door.forced",
    "ACCESS,door.locked",
    "ACCESS,battery.ok",
    "ACCESS,battery.normal",
    "CAMERA,door.frced",
    "CAMERA,stream.online",
    "PARKING,vehicle.seen",
    "ENVIRONMENT,smoke.tested"
  })
  void leavesOtherTypesAlone(Kind kind, String type) {
    assertThat(SimilarType.of(kind, new EventType(type))).isNull();
  }

  /** Reported by another kind of device, a known type is at most unknown there. */
  @Test
  void takesNoKnownTypeForAnother() {
    for (Kind kind : Kind.values()) {
      for (EventTypes.Entry entry : EventTypes.all()) {
        assertThat(SimilarType.of(kind, entry.type())).as("%s %s", kind, entry.type()).isNull();
      }
    }
  }

  @Test
  void takesNoTypeOfAProfileForAnother() throws IOException {
    Matcher type =
        Pattern.compile("`([a-z-]+\\.[a-z-]+)`")
            .matcher(Files.readString(Path.of("../docs/equipment.md")));
    int types = 0;
    for (; type.find(); types++) {
      EventType found = new EventType(type.group(1));
      assertThat(Arrays.stream(Kind.values()).map(kind -> SimilarType.of(kind, found)))
          .as(found.value())
          .containsOnlyNulls();
    }
    assertThat(types).isGreaterThan(20);
  }
}
