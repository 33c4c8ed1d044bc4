package org.linli.edge.profile.onvif;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Truth;
import org.linli.edge.profile.format.ValueCollector;

/** Items that say who somebody is, which events do not carry unless a setting says so. */
final class Personal {

  private static final Pattern NAMES =
      Pattern.compile(
          ".*(credential|holder|(?<!tem)plate|card|badge|person|people|human|employee|staff|user"
              + "|owner|visitor|guest|resident|tenant|member|student|customer|passport|phone|mobile"
              + "|email|e-mail|birth|gender|identity|idnumber|idno|pincode|password|face(id|name)"
              + "|firstname|lastname|fullname|surname|givenname|familyname).*|name|pin|age|sex"
              + "|.*姓名.*|.*卡号.*|.*工号.*|.*身份证.*|.*电话.*|.*手机.*|.*车牌.*");

  private Personal() {}

  static void describe(Map<String, List<String>> items, boolean people, ValueCollector values)
      throws Unreadable {
    for (Map.Entry<String, List<String>> item : items.entrySet()) {
      for (String value : item.getValue()) {
        if (people || !isPersonal(item.getKey(), value)) {
          values.put(item.getKey(), value);
        }
      }
    }
  }

  /** {@code IsPerson=true} says of nobody who it was. */
  private static boolean isPersonal(String item, String value) {
    String name = item.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", "");
    boolean isState = Items.named(item) != null && Truth.ofAlarmWord(value).isPresent();
    return !isState && !name.endsWith("count") && NAMES.matcher(name).matches();
  }
}
