package org.linli.sims.link;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Devices that speak HTTP: a POST for each event, done when 204 arrives. */
public final class HttpLinks implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI gateway;
  private final boolean resends;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(threads)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * @param resends whether an event without an answer is sent again, with the same id
   */
  public HttpLinks(URI gateway, boolean resends) {
    this.gateway = gateway;
    this.resends = resends;
  }

  /** A device that waits for each answer; devices share the TCP connections. */
  public Link open(String name, int mostWaiting) {
    return new AskingLink("http-" + name, this::ask, resends, mostWaiting, () -> {});
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }

  private AskingLink.Outcome ask(Sending sending) throws InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(gateway.resolve("/" + sending.letter().address()))
            .timeout(PATIENCE)
            .header("Content-Type", sending.letter().media().type())
            .POST(BodyPublishers.ofByteArray(sending.letter().payload()))
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
