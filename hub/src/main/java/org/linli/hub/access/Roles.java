package org.linli.hub.access;

import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** What a caller may do. */
public final class Roles {

  /** May do everything. */
  public static final String ADMINISTRATOR = "ADMINISTRATOR";

  public static final List<GrantedAuthority> ALL_RIGHTS =
      List.copyOf(AuthorityUtils.createAuthorityList("ROLE_" + ADMINISTRATOR));

  private Roles() {}
}
