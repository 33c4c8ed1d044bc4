package org.linli.hub.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Prevents redirections to another host: every redirection is a path of this hub, whatever a
 * request's {@code Host} or a cookie says.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OwnPathsOnly extends OncePerRequestFilter {

  private static final String LOCATION = "Location";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, new PathsOnly(response));
  }

  /**
   * Returns the path, query and fragment of an address; the start page if it has no path of ours.
   */
  static String pathOf(String address) {
    try {
      UriComponents uri = UriComponentsBuilder.fromUriString(address).build();
      String path = "/" + String.valueOf(uri.getPath()).replaceFirst("^[/\\\\]+", "");
      if (uri.getPath() == null || uri.getPath().isEmpty()) {
        path = "/";
      }
      return path
          + (uri.getQuery() == null ? "" : "?" + uri.getQuery())
          + (uri.getFragment() == null ? "" : "#" + uri.getFragment());
    } catch (IllegalArgumentException noAddress) {
      return "/";
    }
  }

  private static final class PathsOnly extends HttpServletResponseWrapper {

    private PathsOnly(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
      super.sendRedirect(pathOf(location), status, clearBuffer);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
      super.sendRedirect(pathOf(location));
    }

    @Override
    public void setHeader(String name, String value) {
      super.setHeader(name, LOCATION.equalsIgnoreCase(name) ? pathOf(value) : value);
    }

    @Override
    public void addHeader(String name, String value) {
      super.addHeader(name, LOCATION.equalsIgnoreCase(name) ? pathOf(value) : value);
    }
  }
}
