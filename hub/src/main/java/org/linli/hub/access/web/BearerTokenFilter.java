package org.linli.hub.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.linli.hub.access.Caller;
import org.linli.hub.access.Roles;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates a request by its {@code Authorization: Bearer} header (RFC 6750 section 2.1), for
 * this one request. A wrong token is refused even if there is also a session, because a client that
 * sends a token means it.
 */
class BearerTokenFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final AdminToken token;

  BearerTokenFilter(AdminToken token) {
    this.token = token;
  }

  /** Returns the token of a request, if it has one. A browser never adds it by itself. */
  static Optional<String> tokenOf(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> offered = tokenOf(request);
    if (offered.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    if (!token.matches(offered.get())) {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"linli\", error=\"invalid_token\"");
      response.sendError(
          HttpServletResponse.SC_UNAUTHORIZED,
          "The API token is not the one in LINLI_ADMIN_TOKEN.");
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            new Caller.Automation(), null, Roles.ALL_RIGHTS));
    SecurityContextHolder.setContext(context);
    chain.doFilter(request, response);
  }
}
