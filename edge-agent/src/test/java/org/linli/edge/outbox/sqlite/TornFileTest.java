package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.padded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.profile.StateChange;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.Lane;

/** What a disk can make of the file while the agent is down. */
class TornFileTest {

  private static final int ROWS = 40;
  private static final int PAGE = 4096;
  private static final List<String> IDS =
      IntStream.rangeClosed(1, ROWS).mapToObj(i -> "a" + i).toList();

  private static byte[] whole;

  @TempDir private static Path written;
  @TempDir private Path folder;

  @BeforeAll
  static void write() throws IOException {
    try (OpenedOutbox opened = new OpenedOutbox(written)) {
      for (String id : IDS) {
        Offered offered = new Offered();
        opened.offer(offered, offered.changing(state(id), padded(bulk("lift-1", id), 3)));
        Offered letter = new Offered();
        assertThat(opened.offer(letter, letter.unreadable("{\"smoke\": tru, \"" + id)))
            .startsWith("refused");
      }
    }
    whole = Files.readAllBytes(written.resolve("outbox.db"));
  }

  private static StateChange.Known state(String id) {
    DeviceId device = new DeviceId("lift-" + id);
    return new StateChange.Known(
        "test", device, "s".repeat(190), "open", null, IDS.indexOf(id) + 1);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("outbox.db"), content);
  }

  private static byte[] flipped(int at) {
    byte[] bytes = whole.clone();
    bytes[at] ^= (byte) 0xFF;
    return bytes;
  }

  private void refuses(byte[] content, String sentence) throws IOException {
    Path file = file(content);
    assertThatExceptionOfType(OutboxNotOpenedException.class)
        .isThrownBy(() -> new OpenedOutbox(folder).close())
        .withMessageMatching("The (outbox|file) \\S*/outbox.db " + sentence + "\\.")
        .satisfies(refused -> assertThat(refused.action()).containsIgnoringCase("move it away"));
    assertThat(file).as("left as it is").hasBinaryContent(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 2_000, PAGE, 10 * PAGE, 10 * PAGE + 77})
  void refusesAFileThatWasCut(int length) throws IOException {
    refuses(Arrays.copyOf(whole, length), "cannot be opened: .*malformed.*");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
           0, is no SQLite database
          16, cannot be opened: .*not a database.*
          20, cannot be opened: its header is damaged
          28, cannot be opened: .*malformed.*
          36, 'cannot be opened: its header is damaged, it counts -?[0-9]+ empty pages'
          47, cannot be opened: .*unsupported file format.*
          59, cannot be opened: .*malformed.*
          60, cannot be opened: its header is damaged
          """)
  void refusesAHeaderInWhichAByteIsAnother(int at, String sentence) throws IOException {
    refuses(flipped(at), sentence);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 40, 92})
  void losesNothingToAByteThatMeansNothing(int at) throws IOException {
    file(flipped(at));
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      assertThat(everything(opened)).isEqualTo(IDS);
    }
  }

  /**
   * The second half of some pages, one after the other: whatever it held, nothing goes without a
   * word.
   */
  @Test
  void saysItWhereAPageIsTorn(@TempDir Path folders) throws IOException {
    int readable = 0;
    int unreadable = 0;
    long givenUp = 0;
    for (int page = 1; page < whole.length / PAGE; page += 7) {
      byte[] content = whole.clone();
      Arrays.fill(content, page * PAGE + PAGE / 2, (page + 1) * PAGE, (byte) 0x5A);
      Path torn = Files.createDirectory(folders.resolve("page-" + page));
      Files.write(torn.resolve("outbox.db"), content);
      try (OpenedOutbox opened = new OpenedOutbox(torn)) {
        List<String> read = everything(opened);
        assertThat(read.size() + opened.outbox().ledger().shed())
            .as("read or given up, with page %d torn", page)
            .isEqualTo(ROWS);
        givenUp += opened.outbox().ledger().shed();
        readable++;
      } catch (OutboxNotOpenedException | OutboxUnavailableException refused) {
        assertThat(refused).as("page %d", page).hasMessageContaining("outbox.db");
        unreadable++;
      }
    }
    assertThat(givenUp).as("events given up, of rows that a page was torn of").isPositive();
    assertThat(readable).isPositive();
    assertThat(unreadable).isPositive();
  }

  /** Neither what is known of states nor an alarm that is still to be told costs an event. */
  @ParameterizedTest
  @ValueSource(strings = {"device_state", "unreadable_alarm"})
  void losesNoEventToATornPageOfWhatIsKnown(String table, @TempDir Path folders) throws Exception {
    List<Integer> pages = pages(table);
    assertThat(pages).isNotEmpty();
    for (int page : pages) {
      for (int from : new int[] {0, PAGE / 2}) {
        byte[] content = whole.clone();
        Arrays.fill(content, (page - 1) * PAGE + from, page * PAGE, (byte) 0x5A);
        Path torn = Files.createDirectory(folders.resolve("page-" + page + "-" + from));
        Files.write(torn.resolve("outbox.db"), content);
        try (OpenedOutbox opened = new OpenedOutbox(torn)) {
          assertThat(everything(opened)).as("page %d from %d", page, from).isEqualTo(IDS);
          assertThat(opened.outbox().states().take()).hasSizeLessThanOrEqualTo(ROWS);
          Offered next = new Offered();
          String answer = opened.offer(next, next.changing(state("a1"), bulk("lift-1", "next")));
          assertThat(answer).as("page %d from %d", page, from).isEqualTo("taken");
        }
      }
    }
  }

  private static List<Integer> pages(String table) throws SQLException {
    List<Integer> pages = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + written.resolve("outbox.db"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT pageno FROM dbstat WHERE name = '" + table + "'")) {
      while (rows.next()) {
        pages.add(rows.getInt(1));
      }
    }
    return pages;
  }

  private static List<String> everything(OpenedOutbox opened) {
    List<String> ids = new ArrayList<>();
    Optional<Batch> next = opened.outbox().next(Lane.BULK, 0, Batch.MAX_EVENTS);
    while (next.isPresent()) {
      ids.addAll(OpenedOutbox.ids(next.get().events()));
      next = opened.outbox().next(Lane.BULK, next.get().last(), Batch.MAX_EVENTS);
    }
    return ids;
  }
}
