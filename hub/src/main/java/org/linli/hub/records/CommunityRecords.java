package org.linli.hub.records;

import java.util.Collection;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * The only way to tables whose rows belong to communities (docs/decisions/0069). A statement on one
 * of them has the mark <code>{community}</code>, and says whose rows it may touch; this class turns
 * the mark into the condition and binds the community:
 *
 * <pre>
 *   SELECT id FROM alert WHERE {community} AND status = :status
 *   INSERT INTO similar_type ({community}, device) VALUES (:community, :device)
 * </pre>
 *
 * <p>A statement without the mark is refused, unless it is on a table that no community has rows in
 * ({@link #readShared}, {@link #writeShared}). That those tables have none is checked by a test,
 * which reads the statements of all classes.
 */
@Component
public final class CommunityRecords {

  private static final String MARK = "{community}";

  /** Within the list of columns of an INSERT. */
  private static final Pattern COLUMN = Pattern.compile("(\\bINTO \\w+\\s+\\(\\s*)\\{community}");

  private static final String PARAMETER = "community";
  private static final String OF_ALL = "1 = 1 /* of all communities */";

  private static final int ROWS_AT_ONCE = 500;

  private final JdbcTemplate writer;
  private final JdbcClient client;
  private final RecordsReader reader;

  public CommunityRecords(JdbcTemplate writer, RecordsReader reader) {
    this.writer = writer;
    this.client = JdbcClient.create(writer);
    this.reader = reader;
  }

  /** Returns a query of what is committed. Its parameters have names. */
  public StatementSpec read(Within within, String sql) {
    return bound(reader.sql(filled(sql, within, ":" + PARAMETER)), within);
  }

  /**
   * Returns a statement, or a query, within the caller's transaction. Its parameters have names.
   */
  public StatementSpec write(Within within, String sql) {
    return bound(client.sql(filled(sql, within, ":" + PARAMETER)), within);
  }

  /** Returns a query of what is committed, of a table that no community has rows in. */
  public StatementSpec readShared(String sql) {
    return reader.sql(withoutMark(sql));
  }

  /** Returns a statement on a table that no community has rows in. */
  public StatementSpec writeShared(String sql) {
    return client.sql(withoutMark(sql));
  }

  /**
   * Executes a statement for each row, within the caller's transaction. Its first parameter, in the
   * place of the mark, is the row's community.
   *
   * @param of whose a row is; null for nobody's
   * @param others sets the other parameters, from 2 on
   */
  public <T> void batch(
      String sql,
      Collection<T> rows,
      Function<T, @Nullable CommunityId> of,
      ParameterizedPreparedStatementSetter<T> others) {
    writer.batchUpdate(
        filled(sql, new Within.Nobody(), "?"),
        rows,
        ROWS_AT_ONCE,
        (statement, row) -> {
          statement.setString(1, stored(of.apply(row)));
          others.setValues(statement, row);
        });
  }

  /** Executes a statement for each row, on a table that no community has rows in. */
  public <T> void batchShared(
      String sql, Collection<T> rows, ParameterizedPreparedStatementSetter<T> parameters) {
    writer.batchUpdate(withoutMark(sql), rows, ROWS_AT_ONCE, parameters);
  }

  /** Returns a community as the records have it: empty for none. */
  public static String stored(@Nullable CommunityId community) {
    return community == null ? "" : community.value();
  }

  /** Returns the community that the records have. */
  public static @Nullable CommunityId read(String stored) {
    return stored.isEmpty() ? null : new CommunityId(stored);
  }

  private static String filled(String sql, Within within, String parameter) {
    if (!sql.contains(MARK)) {
      throw new IllegalArgumentException("no " + MARK + " in: " + sql);
    }
    String inserting = COLUMN.matcher(sql).replaceFirst("$1community");
    boolean ofAll = within instanceof Within.All;
    if (ofAll && !inserting.equals(sql)) {
      throw new IllegalArgumentException("a row that is inserted is of one community: " + sql);
    }
    return inserting.replace(MARK, ofAll ? OF_ALL : "community = " + parameter);
  }

  private static String withoutMark(String sql) {
    if (sql.contains(MARK)) {
      throw new IllegalArgumentException("say whose rows it may touch: " + sql);
    }
    return sql;
  }

  private static StatementSpec bound(StatementSpec statement, Within within) {
    return switch (within) {
      case Within.One(CommunityId id) -> statement.param(PARAMETER, id.value());
      case Within.Nobody() -> statement.param(PARAMETER, "");
      case Within.All _ -> statement;
    };
  }
}
