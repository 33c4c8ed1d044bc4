package org.linli.hub.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a query or a form that cannot be read, or is larger than {@code
 * server.tomcat.max-http-form-post-size}, before other code asks for a parameter and fails.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + FormLimit.AFTER_CHARACTER_ENCODING)
class FormLimit extends OncePerRequestFilter {

  static final int AFTER_CHARACTER_ENCODING = 10;

  private static final String TOO_LARGE =
      "提交的内容太长，最多 16 KB。\nThe form is too large; at most 16 KB are taken.\n";
  private static final String UNREADABLE = "无法读取提交的参数。\nThe query or the form cannot be read.\n";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      request.getParameterMap();
    } catch (InvalidParameterException refused) {
      if (!response.isCommitted()) {
        refuse(response, refused.getErrorCode());
      }
      return;
    }
    chain.doFilter(request, response);
  }

  /** Sends no page: a page would ask for a parameter, such as the language, and fail with it. */
  private static void refuse(HttpServletResponse response, int status) throws IOException {
    boolean isLarge = status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
    response.setStatus(status);
    response.setHeader("Connection", "close");
    response.setContentType("text/plain;charset=UTF-8");
    response
        .getOutputStream()
        .write((isLarge ? TOO_LARGE : UNREADABLE).getBytes(StandardCharsets.UTF_8));
  }
}
