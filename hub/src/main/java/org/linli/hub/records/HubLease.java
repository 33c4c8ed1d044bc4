package org.linli.hub.records;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionSystemException;

/**
 * The right of this hub to write the records, where several hubs have one database (decision 0078).
 * The first transaction takes it, by a fencing number that no hub had before, and each later one
 * carries that number. A hub that lost the right commits nothing any more, and ends. Thread-safe.
 */
final class HubLease implements CommitCheck {

  private static final Logger LOG = LoggerFactory.getLogger(HubLease.class);

  private static final String TAKE =
      "UPDATE hub_lease SET fence = hub_lease.fence + 1, renewals = 0, address = ?, holder = ?";

  private static final String TAKEN = "SELECT fence FROM hub_lease";

  /** Waits for whoever takes the right, and makes them wait, but not for who renews it. */
  private static final String CARRY =
      "SELECT 1 FROM hub_lease WHERE fence = ? AND holder = ? FOR KEY SHARE";

  private static final String RENEW =
      "UPDATE hub_lease SET renewals = hub_lease.renewals + 1 WHERE fence = ? AND holder = ?";

  /** The SQLSTATE of a statement that took too long. */
  private static final String GIVEN_UP = "57014";

  private static final long NONE = 0;

  /** A server that lost the newest number after a failover gives it again, to another hub. */
  private final String holder = UUID.randomUUID().toString();

  private final String address;
  private final DataSource connections;

  /** What was taken by the transaction in progress, of which there is one at a time. */
  private volatile long taking = NONE;

  private volatile long fence = NONE;
  private volatile boolean isLost;
  private @Nullable Connection renewing;

  /**
   * @param address of this hub's console
   * @param connections for renewals, beside the one that writes
   */
  HubLease(String address, DataSource connections) {
    this.address = address;
    this.connections = connections;
  }

  @Override
  public void before(Connection connection, boolean readOnly) {
    if (readOnly) {
      return;
    }
    try {
      if (isLost) {
        throw lost();
      } else if (fence == NONE) {
        taking = take(connection);
      } else if (!carries(connection)) {
        throw lost();
      }
    } catch (SQLException e) {
      throw new TransactionSystemException("The right to write the records is not known", e);
    }
  }

  @Override
  public void after(boolean readOnly) {
    if (!readOnly && fence == NONE) {
      fence = taking;
      LOG.atInfo().addKeyValue("fence", fence).log("This hub has the records");
    }
  }

  private long take(Connection connection) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setString(1, address);
      take.setString(2, holder);
      take.executeUpdate();
    }
    try (Statement statement = connection.createStatement();
        ResultSet taken = statement.executeQuery(TAKEN)) {
      taken.next();
      return taken.getLong(1);
    }
  }

  private boolean carries(Connection connection) throws SQLException {
    try (PreparedStatement carry = connection.prepareStatement(CARRY)) {
      carry.setLong(1, fence);
      carry.setString(2, holder);
      try (ResultSet found = carry.executeQuery()) {
        return found.next();
      }
    }
  }

  private RightLostException lost() {
    isLost = true;
    return new RightLostException();
  }

  /** Whether another hub has the records now. */
  boolean isLost() {
    return isLost;
  }

  /** Whether a transaction has taken the right. */
  boolean isTaken() {
    return fence != NONE;
  }

  /**
   * Shows the other hubs that this one is alive. To be called by one thread.
   *
   * @throws SQLException if the database does not answer
   */
  void renew() throws SQLException {
    Connection connection = renewing;
    if (connection == null) {
      connection = connections.getConnection();
      renewing = connection;
    }
    try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
      renew.setLong(1, fence);
      renew.setString(2, holder);
      isLost |= renew.executeUpdate() == 0;
    } catch (SQLException e) {
      // With all connections used up there would be no other one.
      if (!GIVEN_UP.equals(e.getSQLState())) {
        close();
      }
      throw e;
    }
  }

  /** Ends the connection of renewals. To be called by the thread that renews. */
  void close() {
    Connection connection = renewing;
    renewing = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException itIsGone) {
        LOG.debug("The connection was gone", itIsGone);
      }
    }
  }
}
