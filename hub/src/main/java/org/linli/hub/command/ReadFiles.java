package org.linli.hub.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.file.CommunityFile;
import org.linli.hub.registry.file.CommunityFiles;

/**
 * The communities of files that can be used.
 *
 * @param names what the file of each is called
 */
record ReadFiles(List<CommunityPlan> plans, List<String> names) {

  /**
   * Reads files and folders, and says what is wrong with them.
   *
   * @return empty if anything is wrong
   */
  static Optional<ReadFiles> of(List<Path> paths, Words words, PrintWriter err) {
    CommunityFiles files = CommunityFiles.read(paths);
    files.passedOver().forEach(other -> err.println(words.say("files.passed-over", other)));
    return switch (files.content()) {
      case CommunityFile.Read(List<CommunityPlan> plans) ->
          Optional.of(new ReadFiles(plans, files.names()));
      case CommunityFile.Refused(List<String> problems) -> {
        problems.forEach(err::println);
        err.println(words.say("files.refused"));
        yield Optional.empty();
      }
    };
  }
}
