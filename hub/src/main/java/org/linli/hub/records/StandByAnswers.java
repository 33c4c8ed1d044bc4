package org.linli.hub.records;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a hub that stands by answers at its port: people are sent to the hub that has the records,
 * balancers learn that this one is alive and not ready, as of Spring Boot's health endpoints.
 */
final class StandByAnswers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StandByAnswers.class);

  private static final String HEALTH = "/actuator/health";
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final int WAITING = 50;
  private static final int MOST_CONNECTIONS = 200;
  private static final int LONGEST_SECONDS = 10;

  private static final String PAGE =
      """
      <!doctype html><html lang="zh-CN"><meta charset="utf-8">
      <meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">
      <title>邻里 Linli</title>
      <style>body{font:1.1rem/1.6 sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}</style>
      <h1>这台主机正在待命</h1>
      <p>平台由另一台主机运行；那台停止后，本机会自动接替。请使用那一台的网址。</p>
      <h2 lang="en">This hub stands by</h2>
      <p lang="en">Another hub is at work, and this one takes over when that stops. Use the address of that one.</p>
      </html>
      """;

  private final String own;
  private volatile String other = "";
  private volatile boolean isServing;
  private @Nullable HttpServer server;

  /**
   * @param own address of this hub
   */
  StandByAnswers(String own) {
    this.own = own;
  }

  /**
   * Begins to answer.
   *
   * @param address to listen at; null for every address
   * @param isEncrypted whether the console is served with TLS, which this is not: nobody is
   *     answered then
   * @throws IOException if the port is in use
   */
  void serve(@Nullable InetAddress address, int port, boolean isEncrypted) throws IOException {
    isServing = true;
    if (isEncrypted) {
      return;
    }
    bound("sun.net.httpserver.maxReqTime", LONGEST_SECONDS);
    bound("sun.net.httpserver.maxRspTime", LONGEST_SECONDS);
    bound("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    HttpServer made = HttpServer.create(new InetSocketAddress(address, port), WAITING);
    made.createContext("/", this::answer);
    made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    made.start();
    server = made;
    LOG.atInfo()
        .addKeyValue("port", made.getAddress().getPort())
        .log("Standing by; people are sent to the other hub");
  }

  /** It has no other way to be told, and reads them once. */
  private static void bound(String property, int most) {
    System.setProperty(property, Integer.toString(most));
  }

  /** Whether this hub stands by. */
  boolean isServing() {
    return isServing;
  }

  /**
   * @param address of the hub that has the records; empty if it is not known
   */
  void sendTo(String address) {
    other = address;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      String query = exchange.getRequestURI().getRawQuery();
      if (path.equals(HEALTH + "/liveness")) {
        reply(exchange, 200, "application/json", "{\"status\":\"UP\"}");
      } else if (path.startsWith(HEALTH)) {
        reply(exchange, 503, "application/json", "{\"status\":\"OUT_OF_SERVICE\"}");
      } else if (READS.contains(exchange.getRequestMethod())
          && path.startsWith("/")
          && !other.isEmpty()
          && !other.equals(own)) {
        String where = query == null ? other + path : other + path + "?" + query;
        exchange.getResponseHeaders().set("Location", where);
        reply(exchange, 307, "text/plain; charset=utf-8", other + "\n");
      } else {
        exchange.getResponseHeaders().set("Retry-After", "5");
        reply(exchange, 503, "text/html; charset=utf-8", PAGE);
      }
    }
  }

  private static void reply(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : bytes.length);
    if (!isHead) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    HttpServer made = server;
    if (made != null) {
      made.stop(0);
    }
  }
}
