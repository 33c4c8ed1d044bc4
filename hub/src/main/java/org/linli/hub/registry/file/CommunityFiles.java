package org.linli.hub.registry.file;

import java.nio.file.Path;
import java.util.List;
import org.linli.hub.registry.CommunityPlan;

/**
 * Files and folders of community files, read together. Of a folder the files {@code *.yml} and
 * {@code *.yaml} count, but no hidden ones and no folders in it.
 *
 * @param content what is in them
 * @param names what each file is called, in the order of the communities
 * @param passedOver what else is in the folders, the first {@value #MAX_PASSED_OVER}
 */
public record CommunityFiles(CommunityFile content, List<String> names, List<String> passedOver) {

  /** What a folder has beside them: what stands above communities. It is read by itself. */
  public static final String ORGANISATION = "organisation.yml";

  /** How many files may be read together: a district has some hundred communities. */
  public static final int MAX_FILES = 1_000;

  /** How many bytes all of them may have: room for some four hundred thousand devices. */
  public static final int MAX_BYTES = 64 * 1024 * 1024;

  /** How many problems are told at once. */
  public static final int MAX_PROBLEMS = 1_000;

  static final int MAX_PASSED_OVER = 100;

  public CommunityFiles {
    names = List.copyOf(names);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * Reads all. Nothing is thrown: what cannot be read is among the problems.
   *
   * @param paths files and folders; what is named twice is read once
   */
  public static CommunityFiles read(List<Path> paths) {
    return read(paths, MAX_PROBLEMS);
  }

  /**
   * The same with fewer problems.
   *
   * @param mostProblems how many are told at once, at least one
   */
  public static CommunityFiles read(List<Path> paths, int mostProblems) {
    FoundFiles found = new FoundFiles(mostProblems);
    paths.forEach(found::add);
    if (found.contents().isEmpty() && found.problems().isEmpty()) {
      found
          .problems()
          .add(ORGANISATION, "it is about communities; name their files, or the folder, with it.");
    }
    List<CommunityPlan> plans = PlanReader.readAll(found.contents(), found.problems());
    return new CommunityFiles(
        found.problems().isEmpty()
            ? new CommunityFile.Read(plans)
            : new CommunityFile.Refused(found.problems().sentencesWithFile()),
        List.copyOf(found.contents().keySet()),
        found.passedOver());
  }
}
