package org.linli.hub.records;

/** Has the history receive everything again that the archive in the records keeps. */
public final class HistoryAgain {

  /** Takes effect when the hub starts next. */
  public static final String STATEMENT =
      """
      UPDATE archive
      SET again_next = (SELECT COALESCE(MIN(id), 1) FROM journal), again_last = carried
      WHERE id = 1 AND carried > 0
      """;

  private HistoryAgain() {}
}
