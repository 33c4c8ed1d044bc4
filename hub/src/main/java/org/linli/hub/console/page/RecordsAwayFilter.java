package org.linli.hub.console.page;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.Availability;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 with {@code Retry-After} where the database of the records cannot be reached, whether
 * a page, the API, a session or the sign-in wanted it. {@link ErrorPages} makes the answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class RecordsAwayFilter extends OncePerRequestFilter {

  /** The attribute by which the page for people tells this from other reasons of a 503. */
  static final String AWAY = RecordsAwayFilter.class.getName();

  private static final String SECONDS = "5";

  private static final String SENTENCE =
      "The hub's database cannot be reached now, and nothing was changed. Try again in a moment;"
          + " the hub's log and its health page say why.";

  private final String sessionCookie;

  RecordsAwayFilter(ServerProperties server) {
    this.sessionCookie = String.valueOf(server.getServlet().getSession().getCookie().getName());
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      boolean isAway = request.getAttribute(AWAY) != null;
      chain.doFilter(isAway ? new WithoutSession(request, sessionCookie) : request, response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } catch (RuntimeException | ServletException e) {
      if (response.isCommitted() || !Availability.explains(e)) {
        throw e;
      }
      response.reset();
      response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
      request.setAttribute(AWAY, true);
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, SENTENCE);
    }
  }

  /** Nobody can be looked up in the records, and the answer is the same for everybody. */
  private static final class WithoutSession extends HttpServletRequestWrapper {

    private final String cookie;

    private WithoutSession(HttpServletRequest request, String cookie) {
      super(request);
      this.cookie = cookie;
    }

    @Override
    public Cookie @Nullable [] getCookies() {
      Cookie[] all = super.getCookies();
      return all == null
          ? null
          : Arrays.stream(all).filter(one -> !one.getName().equals(cookie)).toArray(Cookie[]::new);
    }
  }
}
