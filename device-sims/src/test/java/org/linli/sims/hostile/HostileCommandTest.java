package org.linli.sims.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.sims.RunningCommand;

class HostileCommandTest {

  @TempDir private Path folder = Path.of(".");

  @Test
  void listsEveryAttackWithItsDoorAndWhatItDoes() {
    RunningCommand run = RunningCommand.run("hostile", "--list");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(Attack.values().length);
    assertThat(run.out())
        .contains("vanishing-wills")
        .contains("gateway 1883")
        .contains("4,200 clients with a will of 16 KB that connect and vanish");
  }

  @Test
  void listsThoseThatWereAskedFor() {
    RunningCommand run =
        RunningCommand.run(
            "hostile", "--list", "--only=slow-forms,zip-bombs,properties", "--without=zip-bombs");

    assertThat(run.out().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly("slow-forms", "properties");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--only=slow-form|There is no attack \"slow-form\". Did you mean slow-forms? \"hostile"
            + " --list\" says which there are.",
        "--without=zip|There is no attack \"zip\". \"hostile --list\" says which there are.",
        "--each=0|--each is 1 to 600 seconds, not 0.",
        "--each=ten|--each: \"ten\" is no whole number such as 10, or too large.",
        "--each=99999999999|--each: \"99999999999\" is no whole number such as 10, or too large.",
        "--seed=abc|--seed: \"abc\" is no whole number such as 10, or too large.",
        "--eech=5|There is no option \"--eech\". Did you mean --each?",
        "--wihtout=zip-bombs|There is no option \"--wihtout\". Did you mean --without?",
        "--everything|There is no option \"--everything\".",
        "slow-forms|\"slow-forms\" is no option.",
        "--for=0s|--for is 1 to 604800 s, not 0.",
        "--for=soon|--for: \"soon\" is no duration such as 500ms, 60s, 5m or 2h",
        "--floor=0ms|--floor is 1 to 60000 ms, not 0.",
        "--quota=31|--quota is 32 to 10000 MB, not 31."
      })
  void refusesWhatItCannotUseInASentence(String option, String sentence) {
    RunningCommand run = RunningCommand.run("hostile", option);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines().findFirst().orElseThrow()).startsWith(sentence);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void saysWhatAnAddressIs() {
    RunningCommand run = RunningCommand.run("check", "--hub=http://a b");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("--hub: \"http://a b\" is no address such as http://127.0.0.1:8081.");
  }

  @Test
  void namesTheNearestCommand() {
    assertThat(RunningCommand.run("hostil").err())
        .startsWith("There is no command \"hostil\". Did you mean hostile?");
  }

  @Test
  void refusesToRunWithoutAnyAttack() {
    RunningCommand run = RunningCommand.run("hostile", "--only=qos-0", "--without=qos-0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("No attack is left: --without names all of --only.");
  }

  @Test
  void refusesAFolderThatIsThere() {
    RunningCommand run = RunningCommand.run("hostile", "--keep=" + folder);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(folder + " is there already: name a new folder with --keep.");
  }

  @Test
  void refusesToRunWhereTheProgramsWereNotBuilt() {
    RunningCommand run = RunningCommand.run("hostile", "--root=" + folder, "--only=qos-0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("hub.jar: run ./mvnw -Pquick -DskipTests package first.");
  }
}
