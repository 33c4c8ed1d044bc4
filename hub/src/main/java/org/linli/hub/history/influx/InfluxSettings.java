package org.linli.hub.history.influx;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.hub.history.HistoryStartException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The InfluxDB that keeps events and series when linli.store is {@code influx}.
 *
 * @param url the address at which it answers
 * @param org organization that owns the bucket; not used by version 1
 * @param bucket bucket, or database in version 1, optionally followed by a slash and the retention
 *     policy; a missing database is created, a bucket must exist
 * @param token token with the right to read and write the bucket; none by default
 * @param username user name, if version 1 asks for one
 * @param password password of that user
 * @param compatibility {@code 2.x}, which is also spoken by 1.8, or {@code 1.x} for older ones
 * @param timeout longest wait for one answer
 * @param gzip whether to compress what is written: fewer bytes on the network, six times the
 *     processor time
 */
@ConfigurationProperties("linli.influx")
public record InfluxSettings(
    @DefaultValue("http://127.0.0.1:8086") String url,
    @DefaultValue("linli") String org,
    @DefaultValue("linli") String bucket,
    @Nullable String token,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("2.x") String compatibility,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("false") boolean gzip) {

  /** The interface of InfluxDB that is used. */
  enum Compatibility {
    V1,
    V2
  }

  /**
   * @throws HistoryStartException when it is neither
   */
  Compatibility version() {
    return switch (compatibility) {
      case "1.x" -> Compatibility.V1;
      case "2.x" -> Compatibility.V2;
      default ->
          throw new HistoryStartException(
              "LINLI_INFLUX_COMPATIBILITY (linli.influx.compatibility) is '%s', which is unknown."
                  .formatted(compatibility),
              "Set it to 2.x for InfluxDB 2 and 1.8, or to 1.x for older ones.");
    };
  }

  /**
   * @throws HistoryStartException when the bucket cannot be named in a query
   */
  void check() {
    if (!Literal.isPlain(bucket.replaceFirst("/", ""))) {
      throw new HistoryStartException(
          "LINLI_INFLUX_BUCKET (linli.influx.bucket) is '%s', which is no plain name."
              .formatted(bucket),
          "Use letters, digits and - _ . : @, and at most one slash before a retention policy.");
    }
  }

  /** Returns the bucket, or in version 1 the database. */
  String database() {
    int slash = bucket.indexOf('/');
    return slash < 0 ? bucket : bucket.substring(0, slash);
  }

  /** Returns the retention policy; null for the default one. */
  @Nullable String retentionPolicy() {
    int slash = bucket.indexOf('/');
    return slash < 0 ? null : bucket.substring(slash + 1);
  }

  /** Without secrets, so that they do not get into a log. */
  @Override
  public String toString() {
    return "InfluxSettings[url=%s, org=%s, bucket=%s, compatibility=%s, timeout=%s, gzip=%s]"
        .formatted(url, org, bucket, compatibility, timeout, gzip);
  }
}
