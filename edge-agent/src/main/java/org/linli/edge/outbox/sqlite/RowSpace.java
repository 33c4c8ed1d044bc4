package org.linli.edge.outbox.sqlite;

/**
 * How much of the file a row takes, by SQLite's format of a table's pages
 * (https://www.sqlite.org/fileformat2.html, section 1.6): a part of its record lies on a page that
 * it shares with other rows, and the rest on pages of its own.
 */
final class RowSpace {

  private static final int PAGE_BYTES = 4_096;

  /** The longest part of a record on a shared page. */
  private static final int MOST_ON_LEAF = PAGE_BYTES - 35;

  private static final int LEAST_ON_LEAF = (PAGE_BYTES - 12) * 32 / 255 - 23;

  /** Bytes of the record on a page of its own; the others name the next page. */
  private static final int ON_OWN_PAGE = PAGE_BYTES - 4;

  private RowSpace() {}

  /**
   * Bytes that become free when a row is given up.
   *
   * @param record bytes of the whole row
   * @param left bytes that stay of it
   */
  static long freed(long record, long left) {
    return taken(record) - taken(left);
  }

  private static long taken(long record) {
    if (record <= 0) {
      return 0;
    }
    if (record <= MOST_ON_LEAF) {
      return onLeaf(record);
    }
    long rest = LEAST_ON_LEAF + (record - LEAST_ON_LEAF) % ON_OWN_PAGE;
    long local = rest <= MOST_ON_LEAF ? rest : LEAST_ON_LEAF;
    long own = (record - local + ON_OWN_PAGE - 1) / ON_OWN_PAGE;
    return own * PAGE_BYTES + onLeaf(local);
  }

  /** A page holds as many of such parts as fit, and what is left over is nobody's. */
  private static long onLeaf(long bytes) {
    return PAGE_BYTES / Math.max(1, (PAGE_BYTES - 8) / (bytes + 12));
  }
}
