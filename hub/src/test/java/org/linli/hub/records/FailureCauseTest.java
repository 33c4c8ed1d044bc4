package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class FailureCauseTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "SQLITE_FULL, STORE",
    "SQLITE_BUSY, STORE",
    "SQLITE_BUSY_SNAPSHOT, STORE",
    "SQLITE_LOCKED, STORE",
    "SQLITE_IOERR, STORE",
    "SQLITE_IOERR_FSYNC, STORE",
    "SQLITE_CORRUPT, STORE",
    "SQLITE_NOTADB, STORE",
    "SQLITE_CANTOPEN, STORE",
    "SQLITE_READONLY, STORE",
    "SQLITE_READONLY_DBMOVED, STORE",
    "SQLITE_NOMEM, STORE",
    "SQLITE_CONSTRAINT, CODE",
    "SQLITE_CONSTRAINT_UNIQUE, CODE",
    "SQLITE_CONSTRAINT_TRIGGER, CODE",
    "SQLITE_MISMATCH, CODE",
    "SQLITE_TOOBIG, CODE",
    "SQLITE_RANGE, CODE",
    "SQLITE_ERROR, CODE",
    "SQLITE_MISUSE, CODE",
  })
  void isToldByWhatSqliteSays(SQLiteErrorCode said, FailureCause cause) {
    assertThat(
            FailureCause.of(
                new UncategorizedSQLException(
                    "task", "SELECT", new SQLiteException("as SQLite says", said))))
        .isEqualTo(cause);
  }

  /** As PostgreSQL says it, and Spring passes it on. */
  @ParameterizedTest
  @CsvSource({
    "08006, STORE, the connection broke",
    "53100, STORE, the disk is full",
    "53300, STORE, too many connections",
    "57014, STORE, the time limit of a statement",
    "57P01, STORE, an operator stops the server",
    "58030, STORE, the disk fails",
    "40001, STORE, another transaction was first",
    "40P01, STORE, two transactions wait for each other",
    "55P03, STORE, a lock is not to be had",
    "55006, STORE, the database is in use",
    "25006, STORE, the server has become a copy",
    "XX000, STORE, the server itself has a defect",
    "XX001, STORE, a page is damaged",
    "54000, CODE, a key is longer than its index takes",
    "22021, CODE, U+0000",
    "23505, CODE, it is there already",
    "25P02, CODE, the transaction has failed before",
    "42P01, CODE, there is no such table",
    "0A000, CODE, a prepared statement returns other columns",
    "P0001, CODE, a trigger refuses it",
  })
  void isToldBySqlState(String state, FailureCause cause, String said) {
    SQLException thrown = new SQLException(said, state);
    DataAccessException translated =
        new SQLStateSQLExceptionTranslator().translate("task", "SELECT", thrown);

    assertThat(
            FailureCause.of(
                translated == null
                    ? new UncategorizedSQLException("task", "SELECT", thrown)
                    : translated))
        .isEqualTo(cause);
  }

  @Test
  void isTheStoreWhereItCannotBeReached() {
    assertThat(
            FailureCause.of(new CannotGetJdbcConnectionException("none", new SQLException("none"))))
        .isEqualTo(FailureCause.STORE);
    assertThat(FailureCause.of(new IllegalStateException(new UnexpectedRollbackException("gone"))))
        .isEqualTo(FailureCause.STORE);
  }

  @Test
  void isTheCodeWhereItUsesTheStoreWrongly() {
    assertThat(FailureCause.of(new EmptyResultDataAccessException(1))).isEqualTo(FailureCause.CODE);
    assertThat(FailureCause.of(new IllegalTransactionStateException("none")))
        .isEqualTo(FailureCause.CODE);
    assertThat(FailureCause.of(new StackOverflowError())).isEqualTo(FailureCause.CODE);
  }

  @Test
  void isTheMachineWhereMemoryIsOut() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    assertThat(FailureCause.of(new ExceptionInInitializerError(error)))
        .isEqualTo(FailureCause.MACHINE);
    assertThat(
            catchThrowable(
                () ->
                    FailureCause.defectOf(
                        () -> {
                          throw new IllegalStateException(error);
                        })))
        .isSameAs(error);
  }

  @Test
  void isTheCodeWhereARealRecordRefuses() {
    try (TestRecords records = new TestRecords(folder)) {
      records.client().sql("CREATE TABLE t (x INTEGER CHECK (x < 3))").update();
      assertThat(
              FailureCause.defectOf(
                  () -> records.client().sql("INSERT INTO t VALUES (4)").update()))
          .isNotNull();
      assertThat(
              FailureCause.defectOf(
                  () -> records.client().sql("INSERT INTO u VALUES (4)").update()))
          .isNotNull();
    }
  }

  @Test
  void endsWhereCausesGoRound() {
    IllegalStateException first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));
    assertThat(FailureCause.of(first)).isEqualTo(FailureCause.CODE);
  }
}
