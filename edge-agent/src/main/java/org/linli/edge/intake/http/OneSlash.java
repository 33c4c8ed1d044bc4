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
 * Reads several slashes in the path of a post as one: some equipment puts one between the address
 * and the path that a person entered with its own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OneSlash extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain others)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    if (!path.contains("//") || !request.getMethod().equals("POST")) {
      others.doFilter(request, response);
      return;
    }
    String plain = path.replaceAll("/{2,}", "/");
    others.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public String getRequestURI() {
            return plain;
          }
        },
        response);
  }
}
