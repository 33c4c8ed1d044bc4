package org.linli.hub.registry;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which communities the hub watches over.
 *
 * @param communityFile a community as YAML, or a folder with a file of each (LINLI_COMMUNITY_FILE),
 *     described in docs/community-file.md; the sample community if it is not set
 */
@ConfigurationProperties("linli")
public record RegistrySettings(@Nullable Path communityFile) {}
