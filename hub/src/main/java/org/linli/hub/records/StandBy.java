package org.linli.hub.records;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.Turn.Sight;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Lets a hub wait at its start while another one has the records of the same PostgreSQL database,
 * and go on as soon as that one is gone (decision 0078). Meanwhile its port tells people and
 * balancers where to go.
 */
public final class StandBy
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(StandBy.class));

  private static final Logger LOG = LoggerFactory.getLogger(StandBy.class);

  private static final Duration EVERY = Duration.ofMillis(250);

  private final Consumer<Environment> check;

  /**
   * @param check of what can be checked without the records; what it throws refuses the start of a
   *     hub that would have to wait
   */
  public StandBy(Consumer<Environment> check) {
    this.check = check;
  }

  /** Settings that cannot be read and a database out of reach are left to the start to report. */
  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment environment = context.getEnvironment();
    RecordsSettings settings;
    DatabaseAddress address;
    try {
      settings = Binder.get(environment).bindOrCreate("linli", RecordsSettings.class);
      address = settings.database();
    } catch (BindException | RecordsUnavailableException unreadable) {
      LOG.debug("The start reports it", unreadable);
      return;
    }
    if (address == null) {
      return;
    }
    try (Waiting waiting =
        new Waiting(address, environment, ConsoleAddress.of(environment, settings), check)) {
      Turn turn = waiting.untilItMayStart();
      if (turn != null) {
        context.getBeanFactory().registerSingleton("turn", turn);
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  /** One wait. */
  private static final class Waiting implements AutoCloseable {

    private final DatabaseAddress address;
    private final Environment environment;
    private final Consumer<Environment> check;
    private final TurnWatch watch;
    private final StandByAnswers answers;
    private @Nullable Turn turn;
    private boolean isAway;

    Waiting(
        DatabaseAddress address, Environment environment, String own, Consumer<Environment> check) {
      this.address = address;
      this.environment = environment;
      this.check = check;
      this.watch = new TurnWatch();
      this.answers = new StandByAnswers(own);
    }

    /** Returns what keeps other hubs waiting; null if the database is not to be reached. */
    @Nullable Turn untilItMayStart() throws InterruptedException {
      while (true) {
        try {
          if (mayStart()) {
            return turn;
          }
          isAway = false;
        } catch (SQLException e) {
          lost(e);
          if (!answers.isServing()) {
            return null;
          }
        }
        TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
      }
    }

    private boolean mayStart() throws SQLException {
      if (turn == null) {
        turn = new Turn(address.impatientConnections().getConnection());
        if (!turn.hasSchema()) {
          // The start reports it.
          return true;
        }
      }
      long began = System.nanoTime();
      Sight sight = turn.look();
      switch (watch.decide(sight, began)) {
        case TAKE_OVER -> {
          if (answers.isServing()) {
            LOG.info("The other hub is gone; this one takes over");
          }
          return true;
        }
        case END_WRITERS -> {
          if (turn.takesWrites()) {
            limited
                .atWarn("silent")
                .addKeyValue("hub", sight.address())
                .log("The hub that has the records is silent; its connection is ended");
            turn.endWriters();
          }
        }
        case WAIT -> standBy(sight);
      }
      return false;
    }

    private void standBy(Sight sight) {
      answers.sendTo(sight.address());
      if (answers.isServing()) {
        return;
      }
      check.accept(environment);
      ServerProperties server = ConsoleAddress.server(environment);
      int port = ConsoleAddress.port(server);
      try {
        answers.serve(server.getAddress(), port, Ssl.isEnabled(server.getSsl()));
      } catch (IOException e) {
        throw new PortInUseException(port, e);
      }
      LOG.atInfo()
          .addKeyValue("database", address)
          .addKeyValue("hub", sight.address())
          .log("Another hub has the records. This one stands by, and takes over when that is gone");
    }

    private void lost(SQLException e) {
      if (turn != null) {
        turn.close();
        turn = null;
      }
      if (!isAway && answers.isServing()) {
        isAway = true;
        LOG.atWarn()
            .addKeyValue("database", address)
            .addKeyValue("why", e.getMessage())
            .log("The database does not answer; this hub stands by until it does");
      }
    }

    @Override
    public void close() {
      answers.close();
    }
  }
}
