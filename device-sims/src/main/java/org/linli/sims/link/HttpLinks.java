package org.linli.sims.link;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Devices that speak HTTP: a POST for each event, done when 204 came. */
public final class HttpLinks implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI gateway;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  public HttpLinks(URI gateway) {
    this.gateway = gateway;
  }

  /** A device that waits for each answer; the connections below are shared. */
  public Link open(String name, int mostWaiting) {
    return new AskingLink("http-" + name, this::ask, mostWaiting, () -> {});
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private AskingLink.Outcome ask(Sending sending) throws InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(gateway.resolve("/" + sending.address()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(sending.json()))
            .build();
    try {
      HttpResponse<String> response = client.send(post, BodyHandlers.ofString());
      int status = response.statusCode();
      if (status / 100 == 2) {
        return new AskingLink.Outcome.Acknowledged();
      }
      return status / 100 == 4 && status != 429
          ? new AskingLink.Outcome.Refused("HTTP " + status + " " + response.body())
          : new AskingLink.Outcome.Failed("HTTP " + status + " from " + gateway);
    } catch (IOException e) {
      return new AskingLink.Outcome.Failed("no HTTP answer from " + gateway);
    }
  }
}
