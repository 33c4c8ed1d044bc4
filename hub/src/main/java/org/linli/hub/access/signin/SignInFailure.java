package org.linli.hub.access.signin;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Sends a person whose sign-in failed back to the form, with a message that says what to do. */
@Component
class SignInFailure implements AuthenticationFailureHandler {

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    switch (failure) {
      case TooManyAtOnceException _ -> {
        comeBackLater(response);
        request.getRequestDispatcher("/sign-in?busy").forward(asIfRead(request), response);
      }
      case TooManyTriesException tooMany ->
          response.sendRedirect("/sign-in?wait=" + Math.max(1, tooMany.remaining().toSeconds()));
      default -> response.sendRedirect("/sign-in?failed");
    }
  }

  /** Sets status and header for programs; the page says the same to people. */
  static void comeBackLater(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader(
        HttpHeaders.RETRY_AFTER, String.valueOf(TooManyAtOnceException.RETRY_SECONDS));
  }

  /** The form is rendered as a page, and must not be processed as another sign-in. */
  private static HttpServletRequest asIfRead(HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getMethod() {
        return HttpMethod.GET.name();
      }
    };
  }
}
