package org.linli.hub.console.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.linli.hub.RunningHub;

/** Listens to the stream and keeps what it hears. */
public final class StreamReader implements AutoCloseable {

  public record Heard(String id, String event, String data, long atNanos) {}

  private final InputStream body;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private volatile String lastId = "";
  private volatile boolean ended;

  private StreamReader(InputStream body) {
    this.body = body;
    Thread.ofVirtual().name("stream-reader").start(this::read);
  }

  public static StreamReader open(RunningHub hub) {
    return open(HttpClient.newHttpClient(), hub.withToken("/api/v1/stream"));
  }

  static StreamReader openAfter(RunningHub hub, String lastEventId) {
    return open(
        HttpClient.newHttpClient(),
        hub.withToken("/api/v1/stream").header("Last-Event-ID", lastEventId));
  }

  static StreamReader open(HttpClient client, HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError("the stream answers " + response.statusCode());
      }
      return new StreamReader(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String event = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          comments.add(line);
        } else if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !data.isEmpty()) {
          heard.add(new Heard(lastId, event, data, System.nanoTime()));
          event = "";
          data = "";
        }
      }
    } catch (IOException closed) {
      // The test closed it, or the hub did: either way it has ended.
    } finally {
      ended = true;
    }
  }

  String lastId() {
    return lastId;
  }

  boolean hasEnded() {
    return ended;
  }

  List<String> comments() {
    return comments;
  }

  public List<Heard> heard(String event) {
    return heard(one -> one.event().equals(event));
  }

  List<Heard> heard(Predicate<Heard> wanted) {
    return new ArrayList<>(heard.stream().filter(wanted).toList());
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
