package org.linli.hub.trial;

import java.util.List;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of letters: at most one for each alert. */
@Repository
class Letters {

  private static final String WRITE =
      """
      INSERT INTO trial_letter (alert, person, sent) VALUES (?, ?, 0)
      ON CONFLICT (alert) DO NOTHING
      """;

  private final JdbcClient writer;
  private final RecordsReader reader;

  Letters(JdbcClient writer, RecordsReader reader) {
    this.writer = writer;
    this.reader = reader;
  }

  /** A letter about an alert to the person who is responsible. */
  record Letter(String alert, String person) {}

  /** Writes a letter in the caller's transaction, unless there is one about that alert. */
  void write(Letter letter) {
    writer.sql(WRITE).param(letter.alert()).param(letter.person()).update();
  }

  /** Returns letters that are still to be sent. */
  List<Letter> due() {
    return reader
        .sql("SELECT alert, person FROM trial_letter WHERE sent = 0 ORDER BY alert LIMIT 100")
        .query((row, _) -> new Letter(row.getString("alert"), row.getString("person")))
        .list();
  }

  /** Notes in the caller's transaction that a letter is sent. */
  void sent(Letter letter) {
    writer.sql("UPDATE trial_letter SET sent = 1 WHERE alert = ?").param(letter.alert()).update();
  }

  long count() {
    return reader.sql("SELECT COUNT(*) FROM trial_letter").query(Long.class).single();
  }
}
