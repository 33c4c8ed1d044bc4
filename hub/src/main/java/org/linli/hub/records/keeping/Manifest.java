package org.linli.hub.records.keeping;

import java.time.Instant;
import java.util.List;

/**
 * What a backup says of itself: the last member of its file.
 *
 * @param format of the file; a reader refuses one that it does not know
 * @param program which version made it
 * @param at when
 * @param database {@code sqlite} or {@code postgresql}
 * @param schema the schema of PostgreSQL that it has; empty for SQLite
 * @param step the last step of the migration that the records have gone
 * @param archiveIsWhole whether everything that the history ever received can be built from it
 * @param archiveFrom when the oldest batch of the archive arrived, in milliseconds; 0 if it is
 *     empty
 */
public record Manifest(
    int format,
    String program,
    Instant at,
    String database,
    String schema,
    String step,
    boolean archiveIsWhole,
    long archiveFrom,
    List<Member> members) {

  /** The format that this version writes, and the only one that it reads. */
  static final int FORMAT = 1;

  static final String NAME = "manifest.json";
  static final String SQLITE = "sqlite";
  static final String POSTGRESQL = "postgresql";

  public Manifest {
    members = List.copyOf(members);
  }

  /**
   * @param size in bytes, unpacked
   * @param sha256 in hexadecimal digits
   */
  public record Member(String name, long size, String sha256) {}
}
