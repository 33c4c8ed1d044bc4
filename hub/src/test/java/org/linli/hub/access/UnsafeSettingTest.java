package org.linli.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.hub.RunningHub;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The hub does not start with a setting that would let the wrong people in. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class UnsafeSettingTest {

  @TempDir Path data;

  @Test
  void refusesAShortTokenWithoutPrintingIt(CapturedOutput output) {
    assertThatThrownBy(() -> RunningHub.start(data, "--linli.admin-token=hunter2hunter2x"))
        .hasRootCauseInstanceOf(UnsafeSettingException.class);

    assertThat(output)
        .contains(
            "The API token in LINLI_ADMIN_TOKEN (linli.admin-token) has 15 characters, at least 16"
                + " are needed.")
        .doesNotContain("hunter2")
        .doesNotContain("\tat ");
  }

  @Test
  void refusesToServePlainTextBeyondTheMachine(CapturedOutput output) {
    assertThatThrownBy(() -> RunningHub.start(data, "--server.address=0.0.0.0"))
        .hasRootCauseInstanceOf(UnsafeSettingException.class);

    assertThat(output)
        .contains("would be served in plain text on 0.0.0.0 (server.address)")
        .contains("linli.allow-plain-text=true")
        .doesNotContain("\tat ");
  }
}
