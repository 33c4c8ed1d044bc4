package org.linli.edge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.MessageAnswer;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.Sha256;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The fixed paths of ZKTeco's push protocol ("ADMS", "Cloud Server"), whose terminals can be told
 * an address and a port but no path. A terminal sends a record again until it is answered {@code
 * OK}, so it gets that for everything that is on disk, also as a dead letter. The serial number is
 * the device's id, and the profile {@code zkteco} reads the records.
 *
 * <pre>
 *   GET  cdata?options=all ─▶ its settings       POST registry, push ─▶ its code, its settings
 *   POST cdata?table=…     ─▶ OK: 2              GET  getrequest     ─▶ OK (no commands)
 * </pre>
 */
@RestController
final class IclockDoor {

  private static final String PROFILE = "zkteco";

  /** Records are handed on this many at a time, so that an upload may have any length. */
  private static final int RECORDS_AT_ONCE = 250;

  private static final int LONGEST_RECORD = 1_024;

  /**
   * Tables of people, fingerprints, photos and settings, which are not kept. Any other one may be
   * of records; what is none becomes a dead letter.
   */
  private static final Pattern NOT_KEPT =
      Pattern.compile(
          ".*(?:photo|pic|face|bio|finger|fvein|palm|template|user|card|option|workcode).*"
              + "|errorlog|rtstate|tabledata");

  /** Data that a controller was told to upload ({@code tablename} says which). */
  private static final String TABLE_DATA = "tabledata";

  /** The only such data that are records: events that the controller kept. */
  private static final String KEPT_EVENTS = "transaction";

  private static final String OK = "OK: ";
  private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String NO_SERIAL = "the serial number is missing: /iclock/…?SN=…";
  private static final int READ_AT_ONCE = 4_096;
  private static final int CODE = 16;
  private static final int SECONDS_AN_HOUR = 3_600;

  private final HttpIntakeSettings settings;
  private final Intake intake;
  private final InstantSource clock;
  private final ZoneId zone;

  IclockDoor(
      HttpIntakeSettings settings,
      Intake intake,
      InstantSource clock,
      @Value("${linli.profile.zone:Asia/Shanghai}") ZoneId zone) {
    this.settings = settings;
    this.intake = intake;
    this.clock = clock;
    this.zone = zone;
  }

  /** The terminal asks for its settings. */
  @GetMapping({"/iclock/cdata", "/iclock/cdata.aspx"})
  ResponseEntity<String> options(HttpServletRequest request) {
    String serial = parameter(request, "SN");
    if (!SERIAL.matcher(serial).matches()) {
      return answer(HttpStatus.BAD_REQUEST, NO_SERIAL);
    }
    return answer(
        parameter(request, "DeviceType").equalsIgnoreCase("acc")
            ? "registry=ok\r\n" + registration(serial) + "\r\n" + security(serial)
            : attendance(serial));
  }

  /** The terminal asks for commands; there are none. */
  @GetMapping({
    "/iclock/getrequest",
    "/iclock/getrequest.aspx",
    "/iclock/ping",
    "/iclock/ping.aspx"
  })
  ResponseEntity<String> poll() {
    return answer("OK");
  }

  @PostMapping({"/iclock/registry", "/iclock/registry.aspx"})
  ResponseEntity<String> register(HttpServletRequest request) throws IOException {
    discard(request.getInputStream());
    String serial = parameter(request, "SN");
    return SERIAL.matcher(serial).matches()
        ? answer(registration(serial))
        : answer(HttpStatus.BAD_REQUEST, NO_SERIAL);
  }

  @PostMapping({"/iclock/push", "/iclock/push.aspx"})
  ResponseEntity<String> push(HttpServletRequest request) throws IOException {
    discard(request.getInputStream());
    return answer(security(parameter(request, "SN")));
  }

  /** Results of commands, and photos. */
  @PostMapping({
    "/iclock/devicecmd",
    "/iclock/devicecmd.aspx",
    "/iclock/querydata",
    "/iclock/querydata.aspx",
    "/iclock/fdata",
    "/iclock/fdata.aspx"
  })
  ResponseEntity<String> result(HttpServletRequest request) throws IOException {
    discard(request.getInputStream());
    return answer("OK");
  }

  /** Records, in any number. */
  @PostMapping({"/iclock/cdata", "/iclock/cdata.aspx"})
  ResponseEntity<String> upload(HttpServletRequest request) throws IOException {
    request.setAttribute(RefusalLog.HANDED_ON, true);
    String serial = parameter(request, "SN");
    if (request.getHeader(HttpHeaders.ORIGIN) != null) {
      discard(request.getInputStream());
      Refusal refusal = new Refusal(RefusalReason.NOT_ALLOWED, "a web page may not send here");
      HttpReply reply = new HttpReply();
      intake.accept(
          Message.unreadable(source(request), new byte[0], clock.instant(), refusal, reply)
              .sentTo(new Address.Topic(request.getRequestURI(), "")));
      reply.await(settings.patience());
      return answer(HttpStatus.FORBIDDEN, refusal.detail());
    }
    String table = parameter(request, "table").toLowerCase(Locale.ROOT);
    String named = parameter(request, "tablename").toLowerCase(Locale.ROOT);
    if (table.equals(TABLE_DATA) && named.equals(KEPT_EVENTS)) {
      return records(serial, KEPT_EVENTS + "=", request);
    }
    if (NOT_KEPT.matcher(table).matches()) {
      discard(request.getInputStream());
      return told(hand(request, serial, new byte[0]), OK, 1);
    }
    return records(serial, OK, request);
  }

  /**
   * @param thanks what the answer begins with, before the number of records
   */
  private ResponseEntity<String> records(String serial, String thanks, HttpServletRequest request)
      throws IOException {
    InputStream in = request.getInputStream();
    ByteArrayOutputStream some = new ByteArrayOutputStream();
    byte[] read = new byte[READ_AT_ONCE];
    int records = 0;
    int inSome = 0;
    int inRecord = 0;
    for (int length = in.read(read); length >= 0; length = in.read(read)) {
      for (int i = 0; i < length; i++) {
        boolean isEnd = read[i] == '\n';
        inRecord = isEnd ? 0 : inRecord + 1;
        if (inRecord <= LONGEST_RECORD) {
          some.write(read[i]);
        }
        records += inRecord == 1 ? 1 : 0;
        inSome += isEnd ? 1 : 0;
        if (inSome == RECORDS_AT_ONCE) {
          MessageAnswer answer = hand(request, serial, some.toByteArray());
          if (answer instanceof MessageAnswer.Unavailable) {
            return told(answer, thanks, records);
          }
          some.reset();
          inSome = 0;
        }
      }
    }
    return told(hand(request, serial, some.toByteArray()), thanks, records);
  }

  private MessageAnswer hand(HttpServletRequest request, String serial, byte[] records) {
    HttpReply reply = new HttpReply();
    intake.accept(
        new Message(
            source(request),
            new Address.ToProfile(PROFILE, serial, MediaType.TEXT_PLAIN_VALUE),
            records,
            clock.instant(),
            reply));
    return reply.await(settings.patience());
  }

  private ResponseEntity<String> told(MessageAnswer answer, String thanks, int records) {
    return switch (answer) {
      case MessageAnswer.Taken() -> answer(thanks + records);
      // It is a dead letter. Were it not acknowledged, it would come for ever, and no other record
      // after it.
      case MessageAnswer.Refused(var refusal) -> answer(thanks + records);
      case MessageAnswer.Unavailable(var why) -> answer(HttpStatus.SERVICE_UNAVAILABLE, why);
    };
  }

  private static ResponseEntity<String> answer(String text) {
    return answer(HttpStatus.OK, text);
  }

  private static ResponseEntity<String> answer(HttpStatus status, String text) {
    return ResponseEntity.status(status)
        .contentType(MediaType.TEXT_PLAIN)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(text + "\r\n");
  }

  /** Settings of an attendance terminal: it uploads at once, and everything it still has. */
  private String attendance(String serial) {
    return String.join(
        "\r\n",
        List.of(
            "GET OPTION FROM: " + serial,
            "Stamp=None",
            "ATTLOGStamp=None",
            "OPERLOGStamp=None",
            "ATTPHOTOStamp=9999",
            "ErrorDelay=30",
            "Delay=30",
            "TransTimes=00:00;14:05",
            "TransInterval=1",
            "TransFlag=TransData AttLog\tOpLog",
            "TimeZone=" + hours(),
            "Realtime=1",
            "Encrypt=None",
            "ServerVer=2.4.1",
            "PushProtVer=2.4.1"));
  }

  private static String registration(String serial) {
    return "RegistryCode=" + Sha256.hexOf("linli " + serial).substring(0, CODE);
  }

  /** Settings of a door controller or an access terminal. */
  private static String security(String serial) {
    return String.join(
        "\r\n",
        List.of(
            "ServerVersion=3.1.2",
            "ServerName=Linli",
            "PushVersion=3.1.2",
            "PushProtVer=3.1.2",
            "ErrorDelay=30",
            "RequestDelay=30",
            "TransTimes=00:00\t14:00",
            "TransInterval=1",
            "TransTables=Transaction",
            "Realtime=1",
            "SessionID=" + Sha256.hexOf("session " + serial).substring(0, CODE),
            "TimeoutSec=20"));
  }

  /** The zone's present offset in whole hours, as the protocol writes it. */
  private int hours() {
    Instant now = clock.instant();
    return zone.getRules().getOffset(now).getTotalSeconds() / SECONDS_AN_HOUR;
  }

  /**
   * A parameter of the query; empty if there is none. The web server would look for it in the body
   * too, of terminals that say that they send a form, and then nothing would be left to read.
   */
  private static String parameter(HttpServletRequest request, String name) {
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    for (String one : query.split("&")) {
      if (one.regionMatches(true, 0, name + "=", 0, name.length() + 1)) {
        try {
          return URLDecoder.decode(one.substring(name.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
          return "";
        }
      }
    }
    return "";
  }

  private static void discard(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  private static String source(HttpServletRequest request) {
    return "http://" + request.getRemoteAddr();
  }
}
