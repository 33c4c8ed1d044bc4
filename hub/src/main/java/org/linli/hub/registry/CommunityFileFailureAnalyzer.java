package org.linli.hub.registry;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains, in place of a stack trace, what is wrong in the community file of a hub that was just
 * started.
 */
class CommunityFileFailureAnalyzer extends AbstractFailureAnalyzer<CommunityFileException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, CommunityFileException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Correct the file and start again, or remove LINLI_COMMUNITY_FILE to start with the sample"
            + " community. docs/community-file.md explains every field.",
        cause);
  }
}
