package org.linli.edge.local;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Controls who may read the gateway's own information: the page, the ledger, the devices, the dead
 * letters and the metrics. Requests from the gateway's own machine may. Others need the local
 * token, as {@code Authorization: Bearer} or, in a browser, as the password of any name. Devices
 * send without it, and the probes {@code /actuator/health/liveness} and {@code /readiness} are open
 * to everybody.
 */
@Component
final class LocalAccess extends OncePerRequestFilter {

  /** Requests with other methods come from devices, or check the token themselves. */
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private static final List<String> OPEN = List.of("/linli/", "/intake/", "/iclock/");

  private static final Set<String> PROBES =
      Set.of("/actuator/health/liveness", "/actuator/health/readiness");

  /** Headers with which a proxy on this machine names its client. */
  private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "Via");

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";
  private static final String PROBLEM =
      "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"%s\"}";

  private final LocalSettings settings;

  LocalAccess(LocalSettings settings) {
    this.settings = settings;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain others)
      throws ServletException, IOException {
    if (settings.localOpen()
        || !READING.contains(request.getMethod())
        || OPEN.stream().anyMatch(open -> isBelow(open, request))
        || PROBES.contains(request.getRequestURI())
        || isHere(request)
        || isToken(request.getHeader(HttpHeaders.AUTHORIZATION))) {
      others.doFilter(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Linli gateway\"");
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response
        .getWriter()
        .write(
            PROBLEM.formatted(
                settings.hasToken()
                    ? "send the token of linli.local-token as Authorization: Bearer TOKEN, or as"
                        + " the password in a browser"
                    : "only the gateway's own machine may read this: set linli.local-token"
                        + " (LINLI_LOCAL_TOKEN) and send it, or ask there"));
  }

  /** Compares the path as it was written and as it is understood. */
  private static boolean isBelow(String open, HttpServletRequest request) {
    return request.getRequestURI().startsWith(open) && request.getServletPath().startsWith(open);
  }

  /** Whether the request comes from this machine, to a name of it, and not through a proxy. */
  private static boolean isHere(HttpServletRequest request) throws IOException {
    return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
        && isOfThisMachine(request.getServerName())
        && FORWARDED.stream().allMatch(name -> request.getHeader(name) == null);
  }

  /** A web page may use another name that leads here, to read what its visitor can read. */
  private static boolean isOfThisMachine(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.equals("[0:0:0:0:0:0:0:1]");
  }

  private boolean isToken(@Nullable String authorization) {
    if (authorization == null) {
      return false;
    }
    String lower = authorization.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BEARER)) {
      return settings.isToken(authorization.substring(BEARER.length()).strip());
    }
    return lower.startsWith(BASIC)
        && settings.isToken(password(authorization.substring(BASIC.length()).strip()));
  }

  private static String password(String encoded) {
    try {
      String both = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return both.substring(both.indexOf(':') + 1);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
