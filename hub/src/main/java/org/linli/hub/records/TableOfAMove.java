package org.linli.hub.records;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Makes the table that keeps hubs away, in the transaction of the step that makes the others. */
final class TableOfAMove implements Callback {

  private static final String MAKE =
      "CREATE TABLE IF NOT EXISTS unfinished_move (begun SMALLINT NOT NULL)";

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute(MAKE);
    } catch (SQLException e) {
      throw new FlywayException("The table of a move cannot be made", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "table-of-a-move";
  }
}
