package org.linli.hub.history.influx;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Lets the client write to an InfluxDB before 1.8, which has no {@code /api/v2/write}: the same
 * lines go to {@code /write}, to the database and retention policy that the bucket names. Precision
 * is omitted, because {@code /write} expects nanoseconds by default.
 */
final class VersionOneWrites implements Interceptor {

  private static final String WRITE_PATH = "/api/v2/write";

  private final String database;
  private final @Nullable String retentionPolicy;

  VersionOneWrites(String database, @Nullable String retentionPolicy) {
    this.database = database;
    this.retentionPolicy = retentionPolicy;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String path = request.url().encodedPath();
    if (!path.endsWith(WRITE_PATH)) {
      return chain.proceed(request);
    }
    HttpUrl.Builder url =
        request
            .url()
            .newBuilder()
            .encodedPath(path.substring(0, path.length() - WRITE_PATH.length()) + "/write")
            .query(null)
            .addQueryParameter("db", database);
    if (retentionPolicy != null) {
      url.addQueryParameter("rp", retentionPolicy);
    }
    return chain.proceed(request.newBuilder().url(url.build()).build());
  }
}
