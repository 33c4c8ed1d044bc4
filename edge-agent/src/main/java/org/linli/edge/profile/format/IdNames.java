package org.linli.edge.profile.format;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fields that name something. A number in one of them that is not written as JSON writes numbers is
 * a text that lacks its quotes: {@code 00123} and {@code 123} are two devices.
 */
final class IdNames {

  /** As the last word of a name. */
  private static final Set<String> WORDS =
      Set.of(
          "id",
          "ids",
          "uid",
          "uuid",
          "guid",
          "sn",
          "serial",
          "card",
          "pin",
          "mac",
          "eui",
          "imei",
          "imsi",
          "iccid",
          "device",
          "dev",
          "name",
          "addr",
          "address",
          "no",
          "nr",
          "number",
          "gateway",
          "node",
          "station",
          "employee",
          "plate",
          "tag",
          "terminal",
          "room",
          "house",
          "flat",
          "phone",
          "tel",
          "mobile");

  /** The same where it is written together with the word before. */
  private static final Set<String> ENDS =
      Set.of(
          "deviceid",
          "devid",
          "gatewayid",
          "nodeid",
          "sensorid",
          "cardid",
          "userid",
          "personid",
          "clientid",
          "doorid",
          "houseid",
          "roomid",
          "terminalid",
          "serialno",
          "serialnumber",
          "cardno",
          "cardnumber",
          "deviceno",
          "devno",
          "devsn",
          "devicesn",
          "deviceserial",
          "deviceserialno",
          "deviceserialnumber",
          "devicename",
          "devname",
          "devicecode",
          "devcode",
          "deveui",
          "deviceaddr",
          "devaddr",
          "macaddr",
          "macaddress",
          "employeeno",
          "userno",
          "personno",
          "roomno",
          "houseno",
          "phoneno",
          "phonenumber");

  private static final Set<Character> CHINESE = Set.of('号', '码', '标', '识');

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|[^\\p{L}\\p{N}]+");

  /**
   * Longer than any of these words with the one before; what stands before that decides nothing.
   */
  private static final int TAIL = 32;

  /** No measurement has so many digits with zeros before them. */
  private static final int OF_NO_MEASUREMENT = 8;

  private IdNames() {}

  /**
   * Whether a number that was written in its own way is a text.
   *
   * @param name of its field
   * @param json the number as JSON writes it, or another word of JSON
   */
  static boolean isText(String name, String written, String json) {
    char first = json.charAt(0);
    boolean isNumber = first == '-' || Character.isDigit(first);
    boolean isPadded = written.length() >= OF_NO_MEASUREMENT && written.charAt(0) == '0';
    return isNumber && (isPadded && isDigits(written) || isOfId(name));
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(Character::isDigit);
  }

  private static boolean isOfId(String name) {
    if (name.isEmpty()) {
      return false;
    }
    if (CHINESE.contains(name.charAt(name.length() - 1))) {
      return true;
    }
    String[] words = BETWEEN_WORDS.split(name.substring(Math.max(0, name.length() - TAIL)));
    String last = words.length == 0 ? "" : words[words.length - 1].toLowerCase(Locale.ROOT);
    return WORDS.contains(last) || ENDS.contains(last);
  }
}
