package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.CommunityId;

class CommunityRecordsTest {

  private static final CommunityId EAST = new CommunityId("east");
  private static final CommunityId WEST = new CommunityId("west");
  private static final Within ALL = new Within.All("a test counts");
  private static final String COUNT =
      "SELECT COUNT(*) FROM similar_type WHERE {community} AND device = :device";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private TestRecords records;

  private record Reported(@Nullable CommunityId community, String type) {}

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    records
        .ofCommunities()
        .batch(
            """
            INSERT INTO similar_type ({community}, device, type, similar_to, first_at, events)
            VALUES (?, 'door-1', ?, 'door.forced', 0, 1)
            """,
            List.of(
                new Reported(EAST, "door.frced"),
                new Reported(WEST, "door.frced"),
                new Reported(WEST, "door.focred"),
                new Reported(null, "door.frced")),
            Reported::community,
            (statement, row) -> statement.setString(2, row.type()));
  }

  @AfterEach
  void close() {
    records.close();
  }

  private long count(Within within) {
    return records
        .ofCommunities()
        .read(within, COUNT)
        .param("device", "door-1")
        .query(Long.class)
        .single();
  }

  @Test
  void aStatementTouchesOnlyTheRowsThatItMayTouch() {
    assertThat(count(new Within.One(EAST))).isOne();
    assertThat(count(new Within.One(WEST))).isEqualTo(2);
    assertThat(count(new Within.Nobody())).isOne();
    assertThat(count(ALL)).isEqualTo(4);

    records
        .ofCommunities()
        .write(new Within.One(WEST), "DELETE FROM similar_type WHERE {community}")
        .update();

    assertThat(count(ALL)).isEqualTo(2);
    assertThat(count(new Within.One(EAST))).isOne();
  }

  @Test
  void deletesTheRowsOfEachOnesOwnCommunity() {
    records
        .ofCommunities()
        .batch(
            "DELETE FROM similar_type WHERE {community} AND type = ?",
            List.of(new Reported(WEST, "door.frced")),
            Reported::community,
            (statement, row) -> statement.setString(2, row.type()));

    assertThat(count(new Within.One(WEST))).isOne();
    assertThat(count(new Within.One(EAST))).isOne();
  }

  @Test
  void refusesAStatementThatDoesNotSayWhoseRowsItMeans() {
    CommunityRecords ofCommunities = records.ofCommunities();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ofCommunities.read(ALL, "SELECT COUNT(*) FROM similar_type"))
        .withMessageStartingWith("no {community} in: SELECT");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ofCommunities.write(
                    ALL, "INSERT INTO similar_type ({community}, device) VALUES ('', 'door-1')"));
    assertThatIllegalArgumentException().isThrownBy(() -> ofCommunities.readShared(COUNT));
    assertThatIllegalArgumentException().isThrownBy(() -> ofCommunities.writeShared(COUNT));
  }
}
