package org.linli.hub.history.influx;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.InfluxQLQuery;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import com.influxdb.exceptions.BadRequestException;
import com.influxdb.exceptions.ForbiddenException;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.exceptions.RequestEntityTooLargeException;
import com.influxdb.exceptions.UnprocessableEntityException;
import com.influxdb.query.InfluxQLQueryResult;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import org.linli.hub.history.HistoryStartException;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.hub.history.influx.InfluxSettings.Compatibility;
import org.linli.hub.journal.EventsRefusedException;
import org.linli.hub.journal.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client connection. It uses the line protocol for writing and InfluxQL for reading, which
 * every version from 1 to 2 understands.
 */
final class InfluxConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InfluxConnection.class);

  private final InfluxSettings settings;
  private final Compatibility version;
  private final InfluxDBClient client;
  private volatile boolean databaseSeen;

  private InfluxConnection(InfluxSettings settings, Compatibility version, InfluxDBClient client) {
    this.settings = settings;
    this.version = version;
    this.client = client;
  }

  /**
   * Creates a connection that connects with the first write or query, so that a hub starts while
   * its store is away.
   *
   * @throws HistoryStartException when a setting makes no sense
   */
  static InfluxConnection to(InfluxSettings settings) {
    settings.check();
    Compatibility version = settings.version();
    try {
      InfluxDBClient client = InfluxDBClientFactory.create(options(settings, version));
      return new InfluxConnection(
          settings, version, settings.gzip() ? client.enableGzip() : client);
    } catch (InfluxException e) {
      throw new HistoryStartException(
          "LINLI_INFLUX_URL (linli.influx.url) is '%s', which is no address of an InfluxDB."
              .formatted(settings.url()),
          "Set it to one such as http://127.0.0.1:8086.",
          e);
    }
  }

  private static InfluxDBClientOptions options(InfluxSettings settings, Compatibility version) {
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .connectTimeout(settings.timeout())
            .readTimeout(settings.timeout())
            .writeTimeout(settings.timeout())
            .addInterceptor(new StatementErrors());
    InfluxDBClientOptions.Builder options =
        InfluxDBClientOptions.builder()
            .url(settings.url())
            .org(settings.org())
            .bucket(settings.bucket())
            .precision(WritePrecision.NS);
    switch (version) {
      case V2 -> {
        if (settings.token() != null) {
          options.authenticateToken(settings.token().toCharArray());
        }
      }
      case V1 -> {
        http.addInterceptor(new VersionOneWrites(settings.database(), settings.retentionPolicy()));
        if (settings.username() != null && settings.password() != null) {
          String credentials = Credentials.basic(settings.username(), settings.password());
          http.addInterceptor(
              chain ->
                  chain.proceed(
                      chain.request().newBuilder().header("Authorization", credentials).build()));
        }
      }
    }
    return options.okHttpClient(http).build();
  }

  /**
   * @param harmless a point that any InfluxDB accepts. Only if this one is accepted are the others
   *     at fault, and not the configuration.
   * @throws EventsRefusedException when InfluxDB refuses some of it and accepts the harmless one
   * @throws StoreUnavailableException when it did not confirm all of it for any other reason
   */
  void write(List<Point> points, Point harmless) {
    try {
      haveDatabase();
      client.getWriteApiBlocking().writePoints(points);
    } catch (BadRequestException
        | RequestEntityTooLargeException
        | UnprocessableEntityException refusal) {
      write(harmless);
      throw new EventsRefusedException("InfluxDB: " + refusal.getMessage(), refusal);
    } catch (InfluxException e) {
      throw unavailable(e);
    }
  }

  private void write(Point harmless) {
    try {
      client.getWriteApiBlocking().writePoint(harmless);
    } catch (InfluxException e) {
      throw unavailable(e);
    }
  }

  private StoreUnavailableException unavailable(InfluxException e) {
    return new StoreUnavailableException(
        "InfluxDB at %s does not take events into %s: %s"
            .formatted(settings.url(), settings.bucket(), e.getMessage()),
        e);
  }

  /**
   * @param statement InfluxQL in which every name from outside went through {@link Literal}
   * @throws HistoryUnavailableException when there is no answer
   */
  List<InfluxQLQueryResult.Series> query(String statement) {
    try {
      haveDatabase();
      return select(statement);
    } catch (InfluxException e) {
      throw new HistoryUnavailableException(
          "InfluxDB at %s does not answer for %s: %s"
              .formatted(settings.url(), settings.bucket(), e.getMessage()),
          e);
    }
  }

  private List<InfluxQLQueryResult.Series> select(String statement) {
    InfluxQLQuery query =
        new InfluxQLQuery(statement, settings.database(), InfluxQLQuery.AcceptHeader.JSON)
            .setPrecision(InfluxQLQuery.InfluxQLPrecision.NANOSECONDS);
    String policy = settings.retentionPolicy();
    if (policy != null) {
      query.setRetentionPolicy(policy);
    }
    InfluxQLQueryResult result = client.getInfluxQLQueryApi().query(query);
    return result == null
        ? List.of()
        : result.getResults().stream().flatMap(one -> one.getSeries().stream()).toList();
  }

  /**
   * Creates the database, because version 1 accepts writes only into an existing one. Creating it
   * again changes nothing. If this user may not create one, an administrator has already done so.
   */
  private void haveDatabase() {
    if (version == Compatibility.V2 || databaseSeen) {
      return;
    }
    try {
      select("CREATE DATABASE " + Literal.identifier(settings.database()));
    } catch (ForbiddenException notAnAdministrator) {
      LOG.atInfo()
          .addKeyValue("database", settings.database())
          .log("InfluxDB's user may not create databases; taking it to be there");
    }
    databaseSeen = true;
  }

  @Override
  public void close() {
    client.close();
  }
}
