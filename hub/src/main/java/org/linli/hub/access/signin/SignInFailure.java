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

/** Sends somebody whose sign-in failed back to the form, with what to do. */
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

  /** The page that goes with it says the same to people. */
  static void comeBackLater(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader(
        HttpHeaders.RETRY_AFTER, String.valueOf(TooManyAtOnceException.RETRY_SECONDS));
  }

  /** The form comes again as a page, and is not taken for another sign-in. */
  private static HttpServletRequest asIfRead(HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getMethod() {
        return HttpMethod.GET.name();
      }
    };
  }
}
