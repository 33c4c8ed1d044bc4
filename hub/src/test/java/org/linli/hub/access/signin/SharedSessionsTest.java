package org.linli.hub.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.RunningHub;
import org.linli.hub.records.PostgresServer;
import org.linli.hub.records.TestDatabase;

/** Sessions of hubs with one database, which is a real PostgreSQL. */
@Tag("slow")
class SharedSessionsTest {

  @TempDir Path folder;

  @Test
  void whoSignedInAtOneHubIsSignedInAtTheOneThatTakesOver() {
    PostgresServer server = TestDatabase.server();
    String database = "sessions_" + System.nanoTime();
    server.run("postgres", "CREATE DATABASE " + database);
    String[] settings = {
      "--linli.database-url=" + server.url(database),
      "--linli.database-user=" + PostgresServer.SUPERUSER
    };
    RunningHub.Visitor visitor;
    try (RunningHub first = RunningHub.start(folder.resolve("first"), settings)) {
      visitor = first.signedInVisitor();
    }
    try (RunningHub second = RunningHub.start(folder.resolve("second"), settings)) {
      assertThat(visitor.goesOnAt(second).get("/").statusCode()).isEqualTo(200);
      assertThat(second.visitor().get("/").statusCode()).as("a stranger").isEqualTo(302);
      assertThat(folder.resolve("second").resolve(SessionRows.NAME)).doesNotExist();
      assertThat(server.ask(database, "SELECT COUNT(*) FROM session")).isEqualTo("1");
    }
  }
}
