package org.linli.hub.history.influx;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Throws an error for an answer that the client would read as empty: InfluxDB reports a failed
 * statement within a response of status 200.
 */
final class StatementErrors implements Interceptor {

  private static final Pattern ERROR =
      Pattern.compile(
          "^\\{\"results\":\\[\\{(?:\"statement_id\":\\d+,)?\"error\":\"(.*)", Pattern.DOTALL);
  private static final long ENOUGH = 300;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (response.isSuccessful() && chain.request().url().encodedPath().endsWith("/query")) {
      Matcher error = ERROR.matcher(response.peekBody(ENOUGH).string());
      if (error.find()) {
        response.close();
        throw new IOException("InfluxDB answered: " + error.group(1));
      }
    }
    return response;
  }
}
