package org.linli.edge.profile.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.Unreadable;
import tools.jackson.databind.JsonNode;

class TwiceSaidTest {

  private final TestFaults faults = new TestFaults();
  private final List<String> marks = faults.notes;

  private JsonNode read(String json) throws Unreadable {
    return Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), faults);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':true,'a':false} | {'a':true}",
        "{'a':false,'a':true} | {'a':true}",
        "{'a':false,'a':true,'a':false} | {'a':true}",
        "{'a':'alarm','a':'normal'} | {'a':'alarm'}",
        "{'a':'leak','a':'normal'} | {'a':'leak'}",
        "{'a':1,'a':null} | {'a':1}",
        "{'a':null,'a':0} | {'a':0}",
        "{'a':21.5,'a':22} | {'a':22}",
        "{'d':{'a':true,'x':1},'d':{'a':false}} | {'d':{'a':true,'x':1}}",
      })
  void believesWhatTellsAnAlarm(String json, String settled) throws Unreadable {
    assertThat(read(json)).isEqualTo(read(settled));
    assertThat(marks).hasSize(1).allMatch(each -> each.endsWith("twice with different values"));
  }

  @Test
  void joinsListsAndMarksNothingThatIsTheSame() throws Unreadable {
    assertThat(read("{'l':[1],'l':[2],'a':1,'a':1,'o':{'x':1},'o':{'y':2}}"))
        .isEqualTo(read("{'l':[1,2],'a':1,'o':{'x':1,'y':2}}"));
    assertThat(marks).isEmpty();
  }

  @Test
  void tellsAFewOfManyAndShowsNoValue() throws Unreadable {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 50_000; i++) {
      json.append("'k").append(i % 100).append("':").append(i + 2).append(',');
    }

    assertThat(read(json.append("'code':4711,'code':4712}").toString()).size()).isEqualTo(101);
    assertThat(marks).hasSize(4).noneMatch(each -> each.contains("4711"));
  }
}
