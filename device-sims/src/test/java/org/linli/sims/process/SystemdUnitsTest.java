package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units of docs/examples/systemd, as systemd itself reads them. */
class SystemdUnitsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path UNITS = ROOT.resolve("docs/examples/systemd");
  private static final Pattern SETTING = Pattern.compile("LINLI_[A-Z_]+");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"linli-hub", "linli-edge-agent"})
  void isUnderstoodWhole(String unit) throws IOException, InterruptedException {
    assertThat(verify(unit, text(unit))).isEqualTo("0");
  }

  /** The proof that a word which systemd does not know is seen. */
  @Test
  void aWordThatSystemdDoesNotKnowIsSeen() throws IOException, InterruptedException {
    assertThat(verify("linli-hub", text("linli-hub").replace("Restart=", "Restrat=")))
        .contains("Restrat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"linli-hub", "linli-edge-agent"})
  void startsAgainWhateverEndedItAndNeverGivesUp(String unit) throws IOException {
    assertThat(text(unit))
        .contains("\nRestart=always\n", "\nStartLimitIntervalSec=0\n", "LINLI_RESTART=no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"linli-hub", "linli-edge-agent"})
  void namesSettingsThatThereAre(String unit) throws IOException {
    String known =
        Files.readString(ROOT.resolve("docs/configuration.md"))
            + Files.readString(ROOT.resolve("launch"));
    assertThat(SETTING.matcher(text(unit)).results())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(known).contains(found.group()));
  }

  private static String text(String unit) throws IOException {
    return Files.readString(UNITS.resolve(unit + ".service"));
  }

  /** What systemd says of it, and its exit code. */
  private String verify(String unit, String text) throws IOException, InterruptedException {
    boolean there =
        new ProcessBuilder("sh", "-c", "command -v systemd-analyze").start().waitFor() == 0;
    Assumptions.assumeTrue(
        there || "true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS")),
        "no systemd-analyze on the PATH, and LINLI_REQUIRE_CONTAINERS does not ask for one");
    Path file = folder.resolve(unit + ".service");
    Files.writeString(file, text.replace("/opt/linli", ROOT.toString()));
    Process process =
        new ProcessBuilder("systemd-analyze", "verify", "--man=no", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + process.waitFor();
  }
}
