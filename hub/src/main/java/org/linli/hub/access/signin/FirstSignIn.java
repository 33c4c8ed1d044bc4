package org.linli.hub.access.signin;

import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import org.linli.hub.access.AccessSettings;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Makes the first sign-in possible. While there is no administrator, each start prints a new
 * one-time link and keeps it in {@link LinkFile}. The setting {@code linli.new-sign-in-link} does
 * so for an administrator who lost the password. The link goes to the console, not to the log,
 * which other people read.
 */
@Component
class FirstSignIn {

  private final Administrators administrators;
  private final SignInLinks links;
  private final LinkFile file;
  private final AccessSettings settings;
  private final ServerProperties server;
  private final Environment environment;
  private final PrintStream console;

  FirstSignIn(
      Administrators administrators,
      SignInLinks links,
      LinkFile file,
      AccessSettings settings,
      ServerProperties server,
      Environment environment,
      PrintStream console) {
    this.administrators = administrators;
    this.links = links;
    this.file = file;
    this.settings = settings;
    this.server = server;
    this.environment = environment;
    this.console = console;
  }

  @EventListener(ApplicationReadyEvent.class)
  void offerLink() {
    if (administrators.find().isPresent() && !settings.newSignInLink()) {
      file.delete();
      return;
    }
    String link = address() + "/first-sign-in?code=" + links.issue();
    file.write(link);
    console.printf(
        "%nOpen this link once, within %s, to choose a name and a password:%n%n    %s%n%n",
        inWords(settings.signInLinkLifetime()), link);
    console.flush();
  }

  private String address() {
    InetAddress bound = server.getAddress();
    String host =
        bound == null || bound.isAnyLocalAddress() || bound.isLoopbackAddress()
            ? "127.0.0.1"
            : bound.getHostAddress();
    return "%s://%s:%s"
        .formatted(
            Ssl.isEnabled(server.getSsl()) ? "https" : "http",
            host.contains(":") ? "[" + host + "]" : host,
            environment.getRequiredProperty("local.server.port"));
  }

  private static String inWords(Duration duration) {
    long minutes = Math.max(1, duration.toMinutes());
    return minutes % 60 == 0
        ? minutes / 60 + (minutes == 60 ? " hour" : " hours")
        : minutes + (minutes == 1 ? " minute" : " minutes");
  }
}
