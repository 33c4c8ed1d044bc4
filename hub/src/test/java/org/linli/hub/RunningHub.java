package org.linli.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linli.event.GatewayId;
import org.linli.hub.access.signin.NewLinks;
import org.linli.hub.access.signin.QuickHashes;
import org.linli.hub.console.stream.StreamOfTests;
import org.linli.hub.records.Elapsed;
import org.linli.hub.records.TestDatabase;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole hub on free ports, with its own data folder, and a client that keeps cookies. */
public final class RunningHub implements AutoCloseable {

  public static final String TOKEN = "a-token-that-only-tests-know";
  public static final String ADMINISTRATOR = "王芳";
  public static final String PASSWORD = "正确的马电池订书钉 horse";

  private static final JsonMapper JSON = new JsonMapper();

  private final ConfigurableApplicationContext context;
  private final Path data;
  private final String[] settings;
  private final TestClock clock;
  private final String port;
  private final HttpClient client = HttpClient.newHttpClient();
  private ReportingGateway gateway = new ReportingGateway(this, ReportingGateway.ID);

  private RunningHub(ConfigurableApplicationContext context, Path data, String[] settings) {
    this.context = context;
    this.data = data;
    this.settings = settings;
    this.clock = context.getBean(TestClock.class);
    this.port = context.getEnvironment().getRequiredProperty("local.server.port");
  }

  static class WithTestClock {
    @Bean
    @Primary
    TestClock testClock() {
      return new TestClock();
    }

    @Bean
    @Primary
    Elapsed testElapsed(TestClock clock) {
      return clock.elapsed();
    }
  }

  public static RunningHub start(Path data, String... settings) {
    return startWith(WithTestClock.class, data, settings);
  }

  /**
   * @param beans has what takes the place of a part of the hub, beside its clock
   */
  public static RunningHub startWith(Class<?> beans, Path data, String... settings) {
    return startOf(List.of(QuickHashes.class, beans), data, settings);
  }

  /** A hub on which a check of a password takes as long as on one that is used. */
  public static RunningHub startWithSlowHashes(Path data, String... settings) {
    return startOf(List.of(), data, settings);
  }

  private static RunningHub startOf(List<Class<?>> parts, Path data, String... settings) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("--linli.data", data.toString());
    arguments.put("--linli.gateway.port", "0");
    arguments.put("--server.port", "0");
    arguments.put("--linli.admin-token", TOKEN);
    arguments.putAll(TestDatabase.settings(data));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      arguments.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(HubApplication.class, WithTestClock.class, StreamOfTests.class)
            .sources(parts.toArray(Class<?>[]::new))
            .run(
                arguments.entrySet().stream()
                    .map(argument -> argument.getKey() + "=" + argument.getValue())
                    .toArray(String[]::new));
    return new RunningHub(context, data, settings);
  }

  /**
   * Starts this hub, which was closed, once more: same records, same settings, same address, same
   * gateway.
   */
  public RunningHub startAgain() {
    RunningHub again =
        start(
            data,
            Stream.concat(Stream.of(settings), Stream.of("--server.port=" + port))
                .toArray(String[]::new));
    again.gateway = gateway.goesOnAt(again);
    return again;
  }

  public TestClock clock() {
    return clock;
  }

  /** A gateway that reports to this hub. */
  public ReportingGateway gateway() {
    return gateway;
  }

  /** Another gateway that reports to this hub, which has reported nothing yet. */
  public ReportingGateway gateway(String id) {
    return new ReportingGateway(this, new GatewayId(id));
  }

  /** Has something happen that a part of the hub would tell the others. */
  public void publish(Object event) {
    context.publishEvent(event);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /** What is gone once nothing holds this hub any more. */
  WeakReference<Object> whole() {
    return new WeakReference<>(context);
  }

  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Where pages and API are. */
  public String port() {
    return port;
  }

  public Path linkFile() {
    return data.resolve("first-sign-in");
  }

  /** The one-time link, as a path of this hub. */
  public String oneTimeLink() {
    try {
      URI link = URI.create(Files.readString(linkFile()).strip());
      return link.getRawPath() + "?" + link.getRawQuery();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new one-time link, as a path of this hub. */
  public String newLink() {
    return NewLinks.of(context).get();
  }

  /** Somebody with a browser. */
  public Visitor visitor() {
    return new Visitor(this);
  }

  /** Somebody with a browser at another address of this machine, such as 127.0.0.7. */
  public Visitor visitorFrom(String address) {
    return new Visitor(
        this,
        HttpClient.newBuilder()
            .localAddress(InetAddress.ofLiteral(address))
            .cookieHandler(new CookieManager())
            .build());
  }

  /** The administrator with a browser, by a new one-time link. */
  public Visitor signedInVisitor() {
    return signedInVisitor(ADMINISTRATOR);
  }

  /** The administrator, who wants to be called so from now on. */
  public Visitor signedInVisitor(String name) {
    return visitor().signIn(newLink(), name, PASSWORD);
  }

  /** A program with the API token. */
  public HttpResponse<String> api(String path) {
    return send(client, withToken(path).GET());
  }

  public JsonNode json(String path) {
    HttpResponse<String> response = api(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answers " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  public HttpResponse<String> post(String path, String body) {
    return send(
        client,
        withToken(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  public HttpRequest.Builder withToken(String path) {
    return HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + TOKEN);
  }

  public static JsonNode read(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  public static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
    client.shutdownNow();
    LogMetrics.letGo();
  }

  /** A browser without a screen: keeps cookies, fills forms in. */
  public static final class Visitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final RunningHub hub;
    private final HttpClient client;

    private Visitor(RunningHub hub) {
      this(hub, HttpClient.newBuilder().cookieHandler(new CookieManager()).build());
    }

    private Visitor(RunningHub hub, HttpClient client) {
      this.hub = hub;
      this.client = client;
    }

    /** The same browser with its cookies, after the hub was started again. */
    public Visitor goesOnAt(RunningHub startedAgain) {
      return new Visitor(startedAgain, client);
    }

    public HttpClient client() {
      return client;
    }

    public HttpResponse<String> get(String path) {
      return send(client, HttpRequest.newBuilder(hub.at(path)).header("Accept", "text/html").GET());
    }

    /** Sends the form of a page: its hidden CSRF token and these fields. */
    public HttpResponse<String> submit(String page, Map<String, String> fields) {
      return post(page, csrfOf(page), fields);
    }

    /** The CSRF token that a page carries; empty when it has none. */
    public String csrfOf(String page) {
      Matcher hidden = CSRF.matcher(get(page).body());
      return hidden.find() ? hidden.group(1) : "";
    }

    public HttpResponse<String> post(String path, String csrf, Map<String, String> fields) {
      String body =
          fields.entrySet().stream()
                  .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                  .collect(Collectors.joining("&"))
              + "&_csrf="
              + encoded(csrf);
      return send(
          client,
          HttpRequest.newBuilder(hub.at(path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(body)));
    }

    /** As a script of a page would. */
    public HttpResponse<String> postJson(String path, String body) {
      return send(
          client,
          HttpRequest.newBuilder(hub.at(path))
              .header("Content-Type", "application/json")
              .header("X-XSRF-TOKEN", csrfOf("/"))
              .POST(BodyPublishers.ofString(body)));
    }

    /** Uses a one-time link, and is signed in. */
    public Visitor signIn(String link, String name, String password) {
      HttpResponse<String> response =
          submit(link, Map.of("name", name, "password", password, "repeated", password));
      if (response.statusCode() != 302) {
        throw new AssertionError("the one-time link answers " + response.statusCode());
      }
      return this;
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
