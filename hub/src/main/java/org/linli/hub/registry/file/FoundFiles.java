package org.linli.hub.registry.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linli.program.yaml.YamlProblems;

/** Finds and loads the files that are to be read together. */
final class FoundFiles {

  private final YamlProblems problems;
  private final SortedMap<String, byte[]> contents = new TreeMap<>();
  private final Set<Path> taken = new HashSet<>();
  private final List<String> passedOver = new ArrayList<>();
  private int bytes;
  private boolean isFull;

  FoundFiles(int mostProblems) {
    this.problems = new YamlProblems(mostProblems);
  }

  /** Adds a file, or the community files of a folder. */
  void add(Path path) {
    if (isOrganisation(path)) {
      return;
    }
    Path real = real(path);
    if (real == null) {
      return;
    }
    if (Files.isDirectory(real)) {
      addFolder(path);
    } else {
      addFile(path, real);
    }
  }

  /** Returns the path without links; null if it leads nowhere. */
  private @Nullable Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      problems.add(path.toString(), whyNot(path, e));
      return null;
    }
  }

  private static String whyNot(Path path, IOException e) {
    if (e instanceof AccessDeniedException) {
      return "this user may not read it; change its owner or its permissions.";
    }
    if (Files.isSymbolicLink(path)) {
      return "it is a symbolic link that leads to no file (" + reason(e) + "); correct the link.";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file.";
    }
    return "it cannot be read (" + reason(e) + ").";
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException missing
        ? "there is no " + missing.getFile()
        : String.valueOf(e.getMessage());
  }

  private void addFolder(Path folder) {
    Set<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (isOrganisation(entry)) {
          continue;
        }
        if (!isCommunityFile(entry)) {
          passOver(entry);
        } else if (found.size() < CommunityFiles.MAX_FILES) {
          found.add(entry);
        } else {
          refuseMore(folder);
          return;
        }
      }
    } catch (DirectoryIteratorException e) {
      problems.add(folder.toString(), "it cannot be read (" + e.getMessage() + ").");
      return;
    } catch (IOException e) {
      problems.add(folder.toString(), whyNot(folder, e));
      return;
    }
    if (found.isEmpty()) {
      problems.add(
          folder.toString(),
          "no file in this folder ends in .yml or .yaml; put a file of each community there.");
    }
    for (Path file : found) {
      Path real = real(file);
      if (real != null) {
        addFile(file, real);
      }
    }
  }

  private static boolean isOrganisation(Path path) {
    return path.endsWith(CommunityFiles.ORGANISATION) && !Files.isDirectory(path);
  }

  private static boolean isCommunityFile(Path entry) {
    String name = entry.getFileName().toString();
    return !name.startsWith(".")
        && (name.endsWith(".yml") || name.endsWith(".yaml"))
        && !Files.isDirectory(entry);
  }

  private void passOver(Path entry) {
    if (passedOver.size() < CommunityFiles.MAX_PASSED_OVER) {
      passedOver.add(entry.toString());
    }
  }

  private void addFile(Path file, Path real) {
    if (isFull || !taken.add(real)) {
      return;
    }
    if (!Files.isRegularFile(real)) {
      problems.add(file.toString(), "it is neither a file nor a folder.");
      return;
    }
    if (contents.size() == CommunityFiles.MAX_FILES) {
      refuseMore(file);
      return;
    }
    try (InputStream in = Files.newInputStream(real)) {
      byte[] content = CommunityFile.FORM.bytes(in);
      if (bytes + content.length > CommunityFiles.MAX_BYTES) {
        refuseMore(file);
        return;
      }
      bytes += content.length;
      contents.put(file.toString(), content);
    } catch (IOException e) {
      problems.add(file.toString(), whyNot(file, e));
    }
  }

  private void refuseMore(Path at) {
    isFull = true;
    problems.add(
        at.toString(),
        "with it there are more than %d files or %d MB, the most that is read together; is it the right folder?"
            .formatted(CommunityFiles.MAX_FILES, CommunityFiles.MAX_BYTES / (1024 * 1024)));
  }

  YamlProblems problems() {
    return problems;
  }

  /** Returns the content of each file by its name. */
  SortedMap<String, byte[]> contents() {
    return Collections.unmodifiableSortedMap(contents);
  }

  List<String> passedOver() {
    return passedOver.stream().sorted().toList();
  }
}
