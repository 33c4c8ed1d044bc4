package org.linli.hub.access.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Sends somebody whose sign-in failed back to the form, with what to do. */
@Component
class SignInFailure implements AuthenticationFailureHandler {

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    response.sendRedirect(
        failure instanceof TooManyTriesException tooMany
            ? "/sign-in?wait=" + Math.max(1, tooMany.remaining().toSeconds())
            : "/sign-in?failed");
  }
}
