package org.linli.sims.process;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who watches the hub's stream of server-sent events. */
final class StreamListener implements AutoCloseable {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> listening;

  StreamListener(Neighbourhood neighbourhood) {
    HttpRequest request =
        HttpRequest.newBuilder(neighbourhood.hubUri().resolve("/api/v1/stream"))
            .header("Authorization", "Bearer " + Neighbourhood.TOKEN)
            .header("Accept", "text/event-stream")
            .build();
    HttpResponse<Stream<String>> response =
        client.sendAsync(request, BodyHandlers.ofLines()).join();
    listening = CompletableFuture.runAsync(() -> listen(response.body()));
  }

  /** Every alert that was told of, as it stood then. */
  List<JsonNode> alerts() {
    return alerts;
  }

  @Override
  public void close() {
    client.shutdownNow();
    listening.cancel(true);
  }

  private void listen(Stream<String> lines) {
    String[] event = {""};
    lines.forEach(
        line -> {
          if (line.startsWith("event:")) {
            event[0] = line.substring("event:".length()).strip();
          } else if (line.startsWith("data:") && event[0].equals("alert")) {
            alerts.add(JsonMapper.shared().readTree(line.substring("data:".length())));
          }
        });
  }
}
