package org.linli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The classes of gateway and hub still have every place that faults are put into. */
class FaultPlacesTest {

  @Test
  void eachFaultHasItsPlace() throws IOException {
    List<Change> changes = new ArrayList<>(Change.OF_CLOCK);
    changes.add(Change.ofAlerts());
    Arrays.stream(Point.values()).forEach(point -> changes.add(point.change()));
    Arrays.stream(Broken.values()).forEach(broken -> changes.addAll(broken.changes()));

    assertThat(changes).hasSizeGreaterThan(15);
    for (Change change : changes) {
      assertThat(Weaver.finds(change, classFile(change.type())))
          .as("a place in %s.%s", change.type(), change.method())
          .isTrue();
    }
  }

  private static byte[] classFile(String type) throws IOException {
    String name = "/" + type.replace('.', '/') + ".class";
    try (InputStream in = FaultPlacesTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
