package org.linli.hub.records;

import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;

/** What PostgreSQL means when it gives no connection, and what a person does about it. */
final class PostgresRefusal {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private PostgresRefusal() {}

  /** Returns it in words that never contain the password. */
  static RecordsUnavailableException of(DatabaseAddress address, SQLException e) {
    String said = String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    String state = String.valueOf(e.getSQLState());
    return switch (state) {
      case "28P01" ->
          refused(
              "PostgreSQL at %s does not let user '%s' in with this password."
                  .formatted(address.servers(), address.user()),
              "Correct LINLI_DATABASE_USER and LINLI_DATABASE_PASSWORD.",
              e);
      case "28000" ->
          refused(
              "PostgreSQL at %s does not let user '%s' into database %s (%s)."
                  .formatted(address.servers(), address.user(), address.database(), said),
              "Correct LINLI_DATABASE_USER, or the server's pg_hba.conf.",
              e);
      case "3D000" ->
          refused(
              "PostgreSQL at %s has no database %s."
                  .formatted(address.servers(), address.database()),
              "Create it: " + create(address, address.database()),
              e);
      case "53300" ->
          refused(
              "PostgreSQL at %s takes no more connections (%s).".formatted(address.servers(), said),
              "Raise its max_connections, or see who uses them. A hub needs up to 14.",
              e);
      case LOCK_NOT_AVAILABLE ->
          new RecordsTakenException(
              "Another hub keeps its records in database %s.".formatted(address),
              "Stop that hub first, or name another database. A hub that is started again stands by"
                  + " until that one is gone.",
              e);
      case "57P03" ->
          refused(
              "PostgreSQL at %s is not ready (%s).".formatted(address.servers(), said),
              "It starts or shuts down; its log says why. A hub that has not started is to be"
                  + " started again once it is ready.",
              e);
      case "08004" ->
          refused(
              "PostgreSQL at %s does not take this connection (%s)."
                  .formatted(address.servers(), said),
              address.hasPassword()
                  ? "Correct LINLI_DATABASE_URL, or the server's pg_hba.conf."
                  : "Set LINLI_DATABASE_PASSWORD.",
              e);
      default ->
          refused(
              state.startsWith("08")
                  ? "PostgreSQL at %s cannot be reached (%s).".formatted(address.servers(), said)
                  : "The database %s cannot be used (%s).".formatted(address, said),
              "See that it runs and takes connections from this machine, or correct"
                  + " LINLI_DATABASE_URL.",
              e);
    };
  }

  /** Returns the command that creates a database for the records. */
  static String create(DatabaseAddress address, String name) {
    return "createdb %s -T template0 -E UTF8 --locale=C -O %s %s"
        .formatted(address.arguments(), address.user(), name);
  }

  private static RecordsUnavailableException refused(String what, String action, SQLException e) {
    return new RecordsUnavailableException(what, action, e);
  }
}
