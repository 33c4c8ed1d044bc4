package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.RunningHub;

/** Whoever guesses from elsewhere keeps nobody out at an address that is known to be theirs. */
class LockedOutTest {

  private static final String OWN = "127.0.0.2";

  @Test
  void theAdministratorComesInFromWhereHeCameBefore(@TempDir Path folder) {
    RunningHub hub = RunningHub.start(folder);
    try {
      hub.visitor().signIn(hub.newLink(), RunningHub.ADMINISTRATOR, RunningHub.PASSWORD);
      assertThat(tries(hub, OWN, RunningHub.ADMINISTRATOR, RunningHub.PASSWORD)).endsWith("/");

      guessFromEverywhere(hub, 10);
      assertThat(tries(hub, "127.0.0.99", RunningHub.ADMINISTRATOR, RunningHub.PASSWORD))
          .as("from an address that was never seen the account has to wait")
          .contains("wait=");
      assertThat(tries(hub, OWN, RunningHub.ADMINISTRATOR, RunningHub.PASSWORD)).endsWith("/");

      hub.close();
      hub = hub.startAgain();
      guessFromEverywhere(hub, 20);
      assertThat(tries(hub, OWN, RunningHub.ADMINISTRATOR, RunningHub.PASSWORD))
          .as("also after a restart")
          .endsWith("/");
      assertThat(tries(hub, "127.0.0.1", RunningHub.ADMINISTRATOR, RunningHub.PASSWORD))
          .as("and where the link was used")
          .endsWith("/");
      for (int i = 0; i < SignInThrottle.TRIES_OF_ADDRESS; i++) {
        hub.clock().advance(Duration.ofSeconds(1));
        assertThat(tries(hub, OWN, RunningHub.ADMINISTRATOR, "a wrong one")).contains("failed");
      }
      assertThat(tries(hub, OWN, RunningHub.ADMINISTRATOR, RunningHub.PASSWORD))
          .as("nobody guesses without end there either")
          .contains("wait=");
    } finally {
      hub.close();
    }
  }

  private static void guessFromEverywhere(RunningHub hub, int network) {
    for (int i = 0; i < SignInThrottle.TRIES_OF_ACCOUNT; i++) {
      assertThat(
              tries(
                  hub, "127.0." + network + "." + (1 + i), RunningHub.ADMINISTRATOR, "guess " + i))
          .contains("failed");
    }
  }

  private static String tries(RunningHub hub, String address, String name, String password) {
    HttpResponse<String> answer =
        hub.visitorFrom(address).submit("/sign-in", Map.of("name", name, "password", password));
    return answer.headers().firstValue("Location").orElse("");
  }
}
