package org.linli.edge.intake.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads several slashes in a path as one. Firmware puts its own slash before the path that was
 * entered, and sends {@code POST //intake/hikvision/cam-1}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SingleSlashes extends OncePerRequestFilter {

  private static final String SEVERAL = "//";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain others)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    others.doFilter(path.contains(SEVERAL) ? new Single(request, path) : request, response);
  }

  private static final class Single extends HttpServletRequestWrapper {
    private final String path;

    Single(HttpServletRequest request, String path) {
      super(request);
      this.path = path.replaceAll("/{2,}", "/");
    }

    @Override
    public String getRequestURI() {
      return path;
    }
  }
}
