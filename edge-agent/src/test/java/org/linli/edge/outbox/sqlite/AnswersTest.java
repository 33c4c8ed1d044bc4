package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.outbox.sqlite.Answers.Verdict;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.life.LifeWord;
import org.linli.program.thread.LivingThreads;

/** What the writer does with a message that it refuses although a profile read it. */
class AnswersTest {

  @Test
  void looksForAWordOfLifeInTheBeginningOfALargeMessageOnly() throws Exception {
    assertThat(wordIn("SOS" + " ".repeat(1_000_000))).isEqualTo("SOS");
    assertThat(wordIn(" ".repeat(1_000_000) + "SOS")).isNull();
  }

  private static @Nullable String wordIn(String payload) throws Exception {
    Offered reply = new Offered();
    Message message =
        new Message(
            "mqtt://client-1",
            new Address.Topic("vendor/17", "client-1"),
            payload.getBytes(StandardCharsets.UTF_8),
            Offered.AT,
            reply);
    Answers answers =
        new Answers(
            List.of(
                new Interpreted.Understood(message, List.of(Offered.measurement("box-1", null)))),
            List.of(),
            new LivingThreads(InstantSource.system()).guard("writer"));
    List<Interpreted> admitted =
        answers.admitted(
            (each, holds) ->
                new Verdict.Refuse(new Refusal(RefusalReason.TOO_MANY_DEVICES, "no room")));
    LifeWord word = ((Interpreted.Refused) admitted.getFirst()).lifeWord();
    return word == null ? null : word.word();
  }
}
