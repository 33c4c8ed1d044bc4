package org.linli.hub.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Which PostgreSQL database has the records, and as whom the hub comes to it. The address that was
 * set is never shown, because it may contain a password: {@link #toString} says host, port,
 * database and, if one is set, schema.
 */
final class DatabaseAddress {

  private static final String SCHEME = "jdbc:postgresql:";
  private static final String FORM =
      "Write LINLI_DATABASE_URL as jdbc:postgresql://HOST:PORT/DATABASE, and user and password into"
          + " LINLI_DATABASE_USER and LINLI_DATABASE_PASSWORD.";
  private static final int CONNECT_SECONDS = 10;

  /** By them the server ends a session about 25 s after its client is out of reach. */
  private static final List<String> SILENT_SESSIONS =
      List.of("tcp_keepalives_idle=10", "tcp_keepalives_interval=5", "tcp_keepalives_count=3");

  private static final int IMPATIENT_SECONDS = 4;

  /** Longer than a statement may take, so that the server gives up first and says why. */
  private static final int SOCKET_SECONDS = 40;

  private final String url;
  private final Properties parts;
  private final @Nullable String user;
  private final @Nullable String password;

  private DatabaseAddress(
      String url, Properties parts, @Nullable String user, @Nullable String password) {
    this.url = url;
    this.parts = parts;
    this.user = user;
    this.password = password;
  }

  /**
   * @param url as the driver takes it; user and password may be in it
   * @param user goes before the one in the address
   * @param password goes before the one in the address
   * @throws RecordsUnavailableException when it is no address of a PostgreSQL database
   */
  static DatabaseAddress of(String url, @Nullable String user, @Nullable String password) {
    String stripped = url.strip();
    // The driver would take the password in it for a port, and write it into the log.
    boolean hasUser = stripped.replaceFirst("\\?.*", "").contains("@");
    if (!stripped.startsWith(SCHEME) || hasUser) {
      throw new RecordsUnavailableException(
          hasUser
              ? "LINLI_DATABASE_URL has a user or a password before its host."
              : "LINLI_DATABASE_URL is no address of a PostgreSQL database: it does not begin with "
                  + SCHEME
                  + "//.",
          FORM);
    }
    Properties parts = parsed(stripped);
    if (parts == null) {
      throw new RecordsUnavailableException(
          "LINLI_DATABASE_URL is no address of a PostgreSQL database.", FORM);
    }
    return new DatabaseAddress(
        stripped,
        parts,
        isGiven(user) ? user : PGProperty.USER.getOrDefault(parts),
        isGiven(password) ? password : PGProperty.PASSWORD.getOrDefault(parts));
  }

  /** Its exceptions would show the address. */
  private static @Nullable Properties parsed(String url) {
    try {
      return Driver.parseURL(url, null);
    } catch (RuntimeException malformed) {
      return null;
    }
  }

  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  /**
   * Makes connections, one for each call.
   *
   * @param options settings of their sessions, as {@code name=value}
   */
  PGSimpleDataSource connections(List<String> options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
    source.setApplicationName("linli-hub");
    source.setConnectTimeout(CONNECT_SECONDS);
    // Also for a server that takes the connection and then says nothing.
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setTcpKeepAlive(true);
    // Messages of exceptions would have the values of the rows: names, comments, hashes.
    source.setLogServerErrorDetail(false);
    List<String> all = new ArrayList<>();
    String own = source.getOptions();
    if (own != null) {
      all.add(own);
    }
    // A session whose way was cut without a word would hold its locks for hours.
    SILENT_SESSIONS.forEach(option -> all.add("-c " + option));
    // What follows a backslash belongs to the value.
    options.forEach(option -> all.add("-c " + option.replace(" ", "\\ ")));
    source.setOptions(String.join(" ", all));
    return source;
  }

  /**
   * Makes connections for short questions: whoever hears nothing for some seconds gives up, also
   * where the server is gone without a word.
   */
  PGSimpleDataSource impatientConnections() {
    PGSimpleDataSource source = connections(List.of("statement_timeout=3000", "lock_timeout=3000"));
    source.setConnectTimeout(IMPATIENT_SECONDS);
    source.setLoginTimeout(IMPATIENT_SECONDS);
    source.setSocketTimeout(IMPATIENT_SECONDS);
    return source;
  }

  String database() {
    String name = PGProperty.PG_DBNAME.getOrDefault(parts);
    return name == null ? user() : name;
  }

  /** Returns as whom the hub comes; the name of the operating system's user if none is set. */
  String user() {
    return user == null ? System.getProperty("user.name") : user;
  }

  boolean hasPassword() {
    return password != null;
  }

  /** Returns the arguments by which PostgreSQL's own programs find the server. */
  String arguments() {
    return "-h " + first(PGProperty.PG_HOST) + " -p " + first(PGProperty.PG_PORT);
  }

  /** Returns the variables by which PostgreSQL's own programs come to it; one is the password. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("PGHOST", String.valueOf(PGProperty.PG_HOST.getOrDefault(parts)));
    variables.put("PGPORT", String.valueOf(PGProperty.PG_PORT.getOrDefault(parts)));
    variables.put("PGDATABASE", database());
    variables.put("PGUSER", user());
    put(variables, "PGPASSWORD", password);
    put(variables, "PGSSLMODE", PGProperty.SSL_MODE.getOrDefault(parts));
    put(variables, "PGSSLROOTCERT", PGProperty.SSL_ROOT_CERT.getOrDefault(parts));
    put(variables, "PGSSLCERT", PGProperty.SSL_CERT.getOrDefault(parts));
    put(variables, "PGSSLKEY", PGProperty.SSL_KEY.getOrDefault(parts));
    if ("primary".equals(PGProperty.TARGET_SERVER_TYPE.getOrDefault(parts))) {
      variables.put("PGTARGETSESSIONATTRS", "read-write");
    }
    variables.put("PGCONNECT_TIMEOUT", Integer.toString(CONNECT_SECONDS));
    variables.put("PGAPPNAME", "linli-hub");
    return variables;
  }

  private static void put(Map<String, String> variables, String name, @Nullable String value) {
    if (value != null) {
      variables.put(name, value);
    }
  }

  private String first(PGProperty list) {
    return String.valueOf(list.getOrDefault(parts)).split(",")[0];
  }

  /** Returns the hosts with their ports, without anything that may be secret. */
  String servers() {
    String[] hosts = String.valueOf(PGProperty.PG_HOST.getOrDefault(parts)).split(",");
    String[] ports = String.valueOf(PGProperty.PG_PORT.getOrDefault(parts)).split(",");
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < hosts.length; i++) {
      servers.add(hosts[i] + ":" + ports[Math.min(i, ports.length - 1)]);
    }
    return String.join(",", servers);
  }

  @Override
  public String toString() {
    String schema = PGProperty.CURRENT_SCHEMA.getOrDefault(parts);
    String place = servers() + "/" + database();
    return schema == null ? place : place + ", schema " + schema;
  }
}
