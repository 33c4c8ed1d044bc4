package org.linli.edge.intake.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.Refusals.Door;
import org.linli.edge.intake.Refusals.Unkept;

/**
 * Counts the requests that the web server refuses and that became no message: other paths and
 * methods, requests that break HTTP, and readers without the token. It is an access log, because
 * the web server calls those for requests that reach no other code of ours.
 */
final class RefusalLog extends ValveBase implements AccessLog {

  /** Attribute of a request that was handed on as a message, whose refusal is counted there. */
  static final String HANDED_ON = "org.linli.edge.intake.http.handed-on";

  /** Attribute of a request whose body did not come to its end. */
  static final String BROKE_OFF = "org.linli.edge.intake.http.broke-off";

  private static final int CLIENT_ERRORS = 400;

  private final Refusals refusals;

  RefusalLog(Refusals refusals) {
    super(true);
    this.refusals = refusals;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
  }

  @Override
  public void log(Request request, Response response, long time) {
    int status = response.getStatus();
    if (request.getAttribute(BROKE_OFF) != null) {
      refusals.count(Door.HTTP, Unkept.INCOMPLETE);
      return;
    }
    if (!isRefusal(status) || request.getAttribute(HANDED_ON) != null) {
      return;
    }
    Optional<RefusalReason> reason = reason(status);
    Optional<String> sender = sender(request);
    if (reason.isEmpty()) {
      refusals.count(Door.HTTP, Unkept.MALFORMED);
    } else if (sender.isEmpty()) {
      refusals.count(Door.HTTP, reason.get());
    } else {
      refusals.count(Door.HTTP, reason.get(), sender.get());
    }
  }

  /**
   * Where it came from and where it went, without its query, which may hold a password: it may be a
   * device that can do nothing but GET.
   */
  private static Optional<String> sender(Request request) {
    String path = request.getRequestURI();
    return path == null || path.isEmpty()
        ? Optional.empty()
        : Optional.of("http://" + request.getRemoteAddr() + path);
  }

  /** What fails here, or is refused for now only, is none. */
  private static boolean isRefusal(int status) {
    return status >= CLIENT_ERRORS
        && status != HttpServletResponse.SC_INTERNAL_SERVER_ERROR
        && status != HttpServletResponse.SC_SERVICE_UNAVAILABLE;
  }

  /** Empty for a request that broke a rule of HTTP or of a query. */
  private static Optional<RefusalReason> reason(int status) {
    return switch (status) {
      case 401, 403 -> Optional.of(RefusalReason.NOT_ALLOWED);
      case 404 -> Optional.of(RefusalReason.UNKNOWN_ADDRESS);
      case 405, 501 -> Optional.of(RefusalReason.WRONG_METHOD);
      case 413, 414, 431 -> Optional.of(RefusalReason.TOO_LARGE);
      case 406, 415 -> Optional.of(RefusalReason.UNSUPPORTED_FORMAT);
      default -> Optional.empty();
    };
  }

  @Override
  public void setRequestAttributesEnabled(boolean enabled) {}

  @Override
  public boolean getRequestAttributesEnabled() {
    return false;
  }
}
