package org.linli.hub.access.signin;

import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;

/** One-time links for tests, as the hub issues them. */
public final class NewLinks {

  private NewLinks() {}

  public static Supplier<String> of(ApplicationContext hub) {
    return () -> "/first-sign-in?code=" + hub.getBean(SignInLinks.class).issue();
  }
}
