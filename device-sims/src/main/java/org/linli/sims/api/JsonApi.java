package org.linli.sims.api;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.linli.sims.console.CannotRunException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server's JSON API over HTTP. */
public final class JsonApi implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String who;
  private final URI base;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param who the server's name in messages, for example "hub"
   * @param token sent as bearer token; empty for none
   */
  public JsonApi(String who, URI base, String token) {
    this.who = who;
    this.base = base;
    this.token = token;
  }

  /**
   * The server's answer to a GET.
   *
   * @throws CannotRunException when it does not answer, refuses the token or answers no JSON
   */
  public JsonNode get(String path) throws CannotRunException, InterruptedException {
    HttpResponse<String> response = send(path);
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw CannotRunException.unusable(
          "The %s at %s refuses %s: set LINLI_ADMIN_TOKEN here to what it was started with (./demo keeps its own in target/demo/token), or give that with --token."
              .formatted(who, base, token.isEmpty() ? "requests without a token" : "the token"));
    }
    if (response.statusCode() != 200) {
      throw CannotRunException.unreachable(
          "The %s at %s answers %s with HTTP %d."
              .formatted(who, base, path, response.statusCode()));
    }
    try {
      return JsonMapper.shared().readTree(response.body());
    } catch (JacksonException e) {
      throw CannotRunException.unreachable(
          "What answers at %s is no %s: %s gave no JSON.".formatted(base, who, path));
    }
  }

  /**
   * Every item of a list that the server returns in pages, in the server's order.
   *
   * @param question a path with at least one parameter, such as a limit
   * @throws CannotRunException as {@link #get}, and when the pages do not end
   */
  public List<JsonNode> everyItem(String question) throws CannotRunException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(cursor.isEmpty() ? question : question + "&cursor=" + cursor);
      page.path("items").forEach(items::add);
      String next =
          page.path("next").isString()
              ? URLEncoder.encode(page.path("next").asString(), StandardCharsets.UTF_8)
              : "";
      if (!next.isEmpty() && next.equals(cursor)) {
        throw CannotRunException.unreachable(
            "The %s's pages do not end: the one after cursor %s is itself.".formatted(who, cursor));
      }
      cursor = next;
    } while (!cursor.isEmpty());
    return items;
  }

  /** Starts a request for a path, with the token, for a method other than {@link #get}. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  public HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpResponse<String> send(String path) throws CannotRunException, InterruptedException {
    try {
      return client.send(request(path).timeout(PATIENCE).GET().build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw CannotRunException.unreachable(
          "No %s answers at %s".formatted(who, base),
          "start one, or say where it is with --%s."
              .formatted(who.equals("gateway") ? "agent" : who));
    }
  }
}
